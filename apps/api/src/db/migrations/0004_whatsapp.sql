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
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_connection_kind_known" CHECK ("inbound"."connection_kind" in ('store', 'carrier_account', 'whatsapp_number'));