CREATE TABLE "call_scripts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid,
	"tongue" text NOT NULL,
	"text" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_scripts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "call_scripts_tongue_known" CHECK ("call_scripts"."tongue" in ('fr', 'darija_arabic', 'darija_latin'))
);
--> statement-breakpoint
CREATE TABLE "call_settings" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_attempts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lease_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"duration_seconds" integer,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"set_aside" text,
	"reached" boolean NOT NULL,
	"event_id" uuid NOT NULL,
	CONSTRAINT "call_attempts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "call_attempts_outcome_known" CHECK ("call_attempts"."outcome" in ('confirmed', 'no_answer', 'busy', 'callback', 'wrong_number', 'cancelled', 'duplicate', 'thinking')),
	CONSTRAINT "call_attempts_set_aside_known" CHECK ("call_attempts"."set_aside" in ('taken_over', 'order_moved'))
);
--> statement-breakpoint
CREATE TABLE "call_claims" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"order_id" uuid,
	"way" text NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_claims_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "call_claims_way_known" CHECK ("call_claims"."way" in ('next', 'order', 'phone', 'take_over'))
);
--> statement-breakpoint
CREATE TABLE "call_leases" (
	"merchant_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"order_id" uuid,
	"way" text NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"dialled_at" timestamp with time zone,
	CONSTRAINT "call_leases_merchant_id_customer_id_pk" PRIMARY KEY("merchant_id","customer_id"),
	CONSTRAINT "call_leases_way_known" CHECK ("call_leases"."way" in ('next', 'order', 'phone', 'take_over'))
);
--> statement-breakpoint
CREATE TABLE "call_pauses" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "call_pauses_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "call_pauses_reason_known" CHECK ("call_pauses"."reason" in ('break', 'meal', 'prayer', 'meeting', 'training', 'end_of_shift'))
);
--> statement-breakpoint
CREATE TABLE "customer_blocks" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"mode" text NOT NULL,
	"reason" text NOT NULL,
	"author_id" uuid,
	"author_name" text,
	"blocked_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"lifted_at" timestamp with time zone,
	"lifted_by_id" uuid,
	CONSTRAINT "customer_blocks_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "customer_blocks_mode_known" CHECK ("customer_blocks"."mode" in ('cod', 'all'))
);
--> statement-breakpoint
CREATE TABLE "customer_merges" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"merged_at" timestamp with time zone NOT NULL,
	"member_id" uuid,
	"memory" jsonb,
	"undone_at" timestamp with time zone,
	CONSTRAINT "customer_merges_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "customer_tags" (
	"merchant_id" uuid NOT NULL,
	"tag" text NOT NULL,
	"customer_id" uuid NOT NULL,
	CONSTRAINT "customer_tags_merchant_id_tag_customer_id_pk" PRIMARY KEY("merchant_id","tag","customer_id")
);
--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"merchant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"shape" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_mappings_merchant_id_kind_shape_pk" PRIMARY KEY("merchant_id","kind","shape"),
	CONSTRAINT "import_mappings_kind_known" CHECK ("import_mappings"."kind" in ('customers'))
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"merchant_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"choice" text,
	"outcome" text,
	"reasons" jsonb,
	"done" boolean DEFAULT false NOT NULL,
	"customer_id" uuid,
	"phone" text,
	"email" text collate "C",
	"trace" jsonb,
	"undo" text,
	CONSTRAINT "import_rows_merchant_id_import_id_row_pk" PRIMARY KEY("merchant_id","import_id","row"),
	CONSTRAINT "import_rows_choice_known" CHECK ("import_rows"."choice" in ('skip', 'fill', 'overwrite')),
	CONSTRAINT "import_rows_outcome_known" CHECK ("import_rows"."outcome" in ('created', 'updated', 'unchanged', 'refused')),
	CONSTRAINT "import_rows_undo_known" CHECK ("import_rows"."undo" in ('removed', 'restored', 'kept'))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"status" text NOT NULL,
	"problem" text,
	"sample" jsonb NOT NULL,
	"suggested" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"shape" text NOT NULL,
	"remembered" boolean NOT NULL,
	"duplicates" text NOT NULL,
	"digest" text NOT NULL,
	"kept_rows" integer DEFAULT 0 NOT NULL,
	"carries_out" boolean DEFAULT false NOT NULL,
	"next_row" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"removed" integer DEFAULT 0 NOT NULL,
	"restored" integer DEFAULT 0 NOT NULL,
	"left_alone" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "imports_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "imports_kind_known" CHECK ("imports"."kind" in ('customers')),
	CONSTRAINT "imports_status_known" CHECK ("imports"."status" in ('reading', 'read', 'trying', 'tried', 'running', 'stopped', 'done', 'undoing', 'undone', 'failed')),
	CONSTRAINT "imports_duplicates_known" CHECK ("imports"."duplicates" in ('skip', 'fill', 'overwrite'))
);
--> statement-breakpoint
CREATE TABLE "segment_members" (
	"merchant_id" uuid NOT NULL,
	"segment" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "segment_members_merchant_id_segment_customer_id_pk" PRIMARY KEY("merchant_id","segment","customer_id")
);
--> statement-breakpoint
CREATE TABLE "segments" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text,
	"name" text,
	"rule" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "segments_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"assignee_id" uuid,
	"last_at" timestamp with time zone NOT NULL,
	"last_message_id" uuid,
	"last_inbound_at" timestamp with time zone,
	"unread_count" integer DEFAULT 0 NOT NULL,
	"waiting_since" timestamp with time zone,
	"proposal" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "conversations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "conversations_proposal_known" CHECK ("conversations"."proposal" in ('yes', 'no'))
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"kind" text NOT NULL,
	"text" text,
	"details" jsonb NOT NULL,
	"meta_id" text collate "C",
	"quoted_id" uuid,
	"chosen" text,
	"status" text NOT NULL,
	"problem" text,
	"meta_code" integer,
	"billed_as" text,
	"author_id" uuid,
	"order_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"read_at" timestamp with time zone,
	CONSTRAINT "messages_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "messages_direction_known" CHECK ("messages"."direction" in ('in', 'out', 'note')),
	CONSTRAINT "messages_kind_known" CHECK ("messages"."kind" in ('text', 'template', 'button', 'image', 'audio', 'video', 'document', 'sticker', 'location', 'contacts', 'reaction', 'system', 'unsupported')),
	CONSTRAINT "messages_status_known" CHECK ("messages"."status" in ('queued', 'sending', 'unknown', 'accepted', 'sent', 'delivered', 'read', 'failed', 'received'))
);
--> statement-breakpoint
CREATE TABLE "quick_replies" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "quick_replies_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "whatsapp_contacts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"phone" text,
	"user_id" text,
	"profile_name" text,
	"opted_out_at" timestamp with time zone,
	"unreachable_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "whatsapp_contacts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "whatsapp_numbers" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"phone_number_id" text NOT NULL,
	"business_account_id" text NOT NULL,
	"credentials" "bytea" NOT NULL,
	"status" text NOT NULL,
	"problem" text,
	"display_phone" text,
	"verified_name" text,
	"quality" text NOT NULL,
	"limit_tier" text,
	"checks" jsonb NOT NULL,
	"paused_until" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"webhook_verified_at" timestamp with time zone,
	"last_event_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "whatsapp_numbers_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "whatsapp_numbers_status_known" CHECK ("whatsapp_numbers"."status" in ('connecting', 'connected', 'reconnect', 'action_needed', 'disconnected')),
	CONSTRAINT "whatsapp_numbers_quality_known" CHECK ("whatsapp_numbers"."quality" in ('green', 'yellow', 'red', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "whatsapp_store_numbers" (
	"merchant_id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"number_id" uuid NOT NULL,
	CONSTRAINT "whatsapp_store_numbers_merchant_id_store_id_pk" PRIMARY KEY("merchant_id","store_id")
);
--> statement-breakpoint
CREATE TABLE "whatsapp_templates" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"business_account_id" text NOT NULL,
	"name" text collate "C" NOT NULL,
	"language" text NOT NULL,
	"meta_id" text,
	"category" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"quality" text,
	"header" text,
	"body" text NOT NULL,
	"footer" text,
	"buttons" jsonb NOT NULL,
	"variables" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "whatsapp_templates_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "whatsapp_templates_state_known" CHECK ("whatsapp_templates"."state" in ('submitting', 'pending', 'in_appeal', 'approved', 'rejected', 'paused', 'disabled', 'limited', 'deleted', 'other'))
);
--> statement-breakpoint
ALTER TABLE "inbound" DROP CONSTRAINT "inbound_connection_kind_known";--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "address_line" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "district" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "landmark" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "city_text" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "city_id" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "region_code" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "tags" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "marketing_consent" boolean;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "consent_source" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "consent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "block_mode" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "blocked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "orders_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "delivered_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "returned_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "cancelled_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "delivered_centimes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "first_order_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "last_order_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "active_at" timestamp with time zone GENERATED ALWAYS AS (coalesce(last_order_at, created_at)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "delivered_permille" integer GENERATED ALWAYS AS (case when delivered_count + returned_count = 0 then -1 else delivered_count * 1000 / (delivered_count + returned_count) end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "returned_permille" integer GENERATED ALWAYS AS (case when delivered_count + returned_count = 0 then -1 else returned_count * 1000 / (delivered_count + returned_count) end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "kind" text DEFAULT 'orders' NOT NULL;--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD COLUMN "fate" text;--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD COLUMN "decided_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "attempt_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "next_attempt_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_kind" text DEFAULT 'new' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_rank" smallint GENERATED ALWAYS AS (case call_kind when 'said_yes' then 0 when 'callback' then 1 when 'check' then 2 when 'new' then 3 when 'retry' then 4 end) STORED;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_sort" timestamp with time zone GENERATED ALWAYS AS (case when call_kind = 'new' then coalesce(late_at, 'infinity'::timestamptz)
        else coalesce(next_attempt_at, state_since) end) STORED;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_member_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_at" timestamp with time zone GENERATED ALWAYS AS (case when phone is null or ended_at is not null or to_complete @> '["test_order"]'::jsonb
          or to_complete @> '["phone_wrong"]'::jsonb then null
        when state in ('new', 'to_confirm') then coalesce(next_attempt_at, state_since)
        when state = 'unreachable' then next_attempt_at end) STORED;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "block_mode" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "blocked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "merges_identical" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "delivery" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "call_scripts" ADD CONSTRAINT "call_scripts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_scripts" ADD CONSTRAINT "call_scripts_merchant_id_product_id_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","product_id") REFERENCES "public"."products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_settings" ADD CONSTRAINT "call_settings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_attempts" ADD CONSTRAINT "call_attempts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_attempts" ADD CONSTRAINT "call_attempts_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_claims" ADD CONSTRAINT "call_claims_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_claims" ADD CONSTRAINT "call_claims_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_leases" ADD CONSTRAINT "call_leases_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_leases" ADD CONSTRAINT "call_leases_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_pauses" ADD CONSTRAINT "call_pauses_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_pauses" ADD CONSTRAINT "call_pauses_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_blocks" ADD CONSTRAINT "customer_blocks_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_blocks" ADD CONSTRAINT "customer_blocks_merchant_id_customer_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","customer_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_merchant_id_kept_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","kept_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_merchant_id_merged_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","merged_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_tags" ADD CONSTRAINT "customer_tags_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_tags" ADD CONSTRAINT "customer_tags_merchant_id_customer_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","customer_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_merchant_id_import_id_imports_merchant_id_id_fk" FOREIGN KEY ("merchant_id","import_id") REFERENCES "public"."imports"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment_members" ADD CONSTRAINT "segment_members_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segment_members" ADD CONSTRAINT "segment_members_merchant_id_customer_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","customer_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "segments" ADD CONSTRAINT "segments_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_merchant_id_number_id_whatsapp_numbers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","number_id") REFERENCES "public"."whatsapp_numbers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_merchant_id_contact_id_whatsapp_contacts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","contact_id") REFERENCES "public"."whatsapp_contacts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_merchant_id_assignee_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","assignee_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_merchant_id_conversation_id_conversations_merchant_id_id_fk" FOREIGN KEY ("merchant_id","conversation_id") REFERENCES "public"."conversations"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_merchant_id_author_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","author_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_replies" ADD CONSTRAINT "quick_replies_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_contacts" ADD CONSTRAINT "whatsapp_contacts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_numbers" ADD CONSTRAINT "whatsapp_numbers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_store_numbers" ADD CONSTRAINT "whatsapp_store_numbers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_store_numbers" ADD CONSTRAINT "whatsapp_store_numbers_merchant_id_store_id_stores_merchant_id_id_fk" FOREIGN KEY ("merchant_id","store_id") REFERENCES "public"."stores"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_store_numbers" ADD CONSTRAINT "whatsapp_store_numbers_merchant_id_number_id_whatsapp_numbers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","number_id") REFERENCES "public"."whatsapp_numbers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_templates" ADD CONSTRAINT "whatsapp_templates_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_scripts_product" ON "call_scripts" USING btree ("merchant_id","product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_scripts_of_product" ON "call_scripts" USING btree ("merchant_id","product_id","tongue") WHERE product_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "call_scripts_of_all" ON "call_scripts" USING btree ("merchant_id","tongue") WHERE product_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "call_attempts_lease" ON "call_attempts" USING btree ("merchant_id","lease_id","order_id");--> statement-breakpoint
CREATE INDEX "call_attempts_order" ON "call_attempts" USING btree ("merchant_id","order_id","at");--> statement-breakpoint
CREATE INDEX "call_attempts_customer" ON "call_attempts" USING btree ("merchant_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "call_attempts_member" ON "call_attempts" USING btree ("merchant_id","member_id","at");--> statement-breakpoint
CREATE INDEX "call_attempts_at" ON "call_attempts" USING btree ("merchant_id","at");--> statement-breakpoint
CREATE INDEX "call_claims_customer" ON "call_claims" USING btree ("merchant_id","customer_id","claimed_at");--> statement-breakpoint
CREATE INDEX "call_claims_member" ON "call_claims" USING btree ("merchant_id","member_id","claimed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "call_leases_member" ON "call_leases" USING btree ("merchant_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_leases_id" ON "call_leases" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_pauses_open" ON "call_pauses" USING btree ("merchant_id","member_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "call_pauses_member" ON "call_pauses" USING btree ("merchant_id","member_id","started_at");--> statement-breakpoint
CREATE INDEX "customer_blocks_customer" ON "customer_blocks" USING btree ("merchant_id","customer_id","blocked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_blocks_standing" ON "customer_blocks" USING btree ("merchant_id","customer_id") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "customer_merges_kept" ON "customer_merges" USING btree ("merchant_id","kept_id","merged_at");--> statement-breakpoint
CREATE INDEX "customer_merges_merged" ON "customer_merges" USING btree ("merchant_id","merged_id","merged_at");--> statement-breakpoint
CREATE INDEX "customer_merges_member" ON "customer_merges" USING btree ("merchant_id","member_id");--> statement-breakpoint
CREATE INDEX "customer_tags_customer" ON "customer_tags" USING btree ("merchant_id","customer_id");--> statement-breakpoint
CREATE INDEX "import_rows_outcome" ON "import_rows" USING btree ("merchant_id","import_id","outcome","row");--> statement-breakpoint
CREATE INDEX "import_rows_phone" ON "import_rows" USING btree ("merchant_id","import_id","phone","row") WHERE phone is not null;--> statement-breakpoint
CREATE INDEX "import_rows_email" ON "import_rows" USING btree ("merchant_id","import_id","email","row") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "import_rows_customer" ON "import_rows" USING btree ("merchant_id","customer_id") WHERE customer_id is not null;--> statement-breakpoint
CREATE INDEX "imports_created" ON "imports" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "imports_digest" ON "imports" USING btree ("merchant_id","digest","created_at");--> statement-breakpoint
CREATE INDEX "imports_age" ON "imports" USING btree ("created_at","merchant_id");--> statement-breakpoint
CREATE INDEX "segment_members_customer" ON "segment_members" USING btree ("merchant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "segments_key" ON "segments" USING btree ("merchant_id","key") WHERE key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_pair" ON "conversations" USING btree ("merchant_id","number_id","contact_id");--> statement-breakpoint
CREATE INDEX "conversations_contact" ON "conversations" USING btree ("merchant_id","contact_id");--> statement-breakpoint
CREATE INDEX "conversations_newest" ON "conversations" USING btree ("merchant_id","last_at","id");--> statement-breakpoint
CREATE INDEX "conversations_assignee" ON "conversations" USING btree ("merchant_id","assignee_id","last_at","id");--> statement-breakpoint
CREATE INDEX "conversations_unread" ON "conversations" USING btree ("merchant_id","last_at","id") WHERE unread_count > 0;--> statement-breakpoint
CREATE INDEX "conversations_waiting" ON "conversations" USING btree ("merchant_id","last_at","id") WHERE waiting_since is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "messages_meta" ON "messages" USING btree ("merchant_id","meta_id");--> statement-breakpoint
CREATE INDEX "messages_conversation" ON "messages" USING btree ("merchant_id","conversation_id","at","id");--> statement-breakpoint
CREATE INDEX "messages_queued" ON "messages" USING btree ("merchant_id","conversation_id") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "messages_author" ON "messages" USING btree ("merchant_id","author_id");--> statement-breakpoint
CREATE INDEX "messages_order" ON "messages" USING btree ("merchant_id","order_id") WHERE "messages"."order_id" is not null;--> statement-breakpoint
CREATE INDEX "quick_replies_named" ON "quick_replies" USING btree ("merchant_id","name","id");--> statement-breakpoint
CREATE UNIQUE INDEX "whatsapp_contacts_phone" ON "whatsapp_contacts" USING btree ("merchant_id","phone");--> statement-breakpoint
CREATE UNIQUE INDEX "whatsapp_contacts_user" ON "whatsapp_contacts" USING btree ("merchant_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "whatsapp_numbers_line" ON "whatsapp_numbers" USING btree ("merchant_id","phone_number_id");--> statement-breakpoint
CREATE INDEX "whatsapp_numbers_by_id" ON "whatsapp_numbers" USING btree ("id","merchant_id");--> statement-breakpoint
CREATE INDEX "whatsapp_numbers_account" ON "whatsapp_numbers" USING btree ("merchant_id","business_account_id");--> statement-breakpoint
CREATE INDEX "whatsapp_store_numbers_number" ON "whatsapp_store_numbers" USING btree ("merchant_id","number_id");--> statement-breakpoint
CREATE UNIQUE INDEX "whatsapp_templates_name" ON "whatsapp_templates" USING btree ("merchant_id","business_account_id","name","language");--> statement-breakpoint
CREATE INDEX "whatsapp_templates_listed" ON "whatsapp_templates" USING btree ("merchant_id","name","id");--> statement-breakpoint
CREATE INDEX "whatsapp_templates_meta" ON "whatsapp_templates" USING btree ("merchant_id","meta_id");--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_merchant_id_merged_into_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","merged_into_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_call_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","call_member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("merchant_id","email") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "customers_active" ON "customers" USING btree ("merchant_id","active_at","id");--> statement-breakpoint
CREATE INDEX "customers_city" ON "customers" USING btree ("merchant_id","city_id","active_at","id");--> statement-breakpoint
CREATE INDEX "customers_orders" ON "customers" USING btree ("merchant_id","orders_count","id");--> statement-breakpoint
CREATE INDEX "customers_delivered" ON "customers" USING btree ("merchant_id","delivered_permille","id");--> statement-breakpoint
CREATE INDEX "customers_returned" ON "customers" USING btree ("merchant_id","returned_permille","id");--> statement-breakpoint
CREATE INDEX "customers_blocked" ON "customers" USING btree ("merchant_id","active_at","id") WHERE block_mode is not null;--> statement-breakpoint
CREATE INDEX "customers_merged" ON "customers" USING btree ("merchant_id","merged_into_id");--> statement-breakpoint
CREATE INDEX "orders_calls" ON "orders" USING btree ("merchant_id","call_rank","call_sort","call_at","id") WHERE call_at is not null;--> statement-breakpoint
CREATE INDEX "orders_call_member" ON "orders" USING btree ("merchant_id","call_member_id") WHERE call_member_id is not null;--> statement-breakpoint
CREATE INDEX "orders_blocked" ON "orders" USING btree ("merchant_id","created_at","id") WHERE block_mode is not null;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_block_known" CHECK ("customers"."block_mode" in ('cod', 'all'));--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_kind_known" CHECK ("exports"."kind" in ('orders', 'customers'));--> statement-breakpoint
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_connection_kind_known" CHECK ("inbound"."connection_kind" in ('store', 'carrier_account', 'whatsapp_number'));--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD CONSTRAINT "order_duplicates_fate_known" CHECK ("order_duplicates"."fate" in ('kept', 'cancelled', 'both_real'));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_call_kind_known" CHECK ("orders"."call_kind" in ('said_yes', 'callback', 'check', 'new', 'retry'));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_block_known" CHECK ("orders"."block_mode" in ('cod', 'all'));