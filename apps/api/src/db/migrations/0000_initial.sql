CREATE TABLE "carrier_accounts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"carrier" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"problem" text,
	"credentials" "bytea" NOT NULL,
	"settings" jsonb NOT NULL,
	"places_synced_at" timestamp with time zone,
	"last_event_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "carrier_accounts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "carrier_accounts_carrier_known" CHECK ("carrier_accounts"."carrier" in ('sendit', 'manual')),
	CONSTRAINT "carrier_accounts_status_known" CHECK ("carrier_accounts"."status" in ('connecting', 'connected', 'reconnect', 'disabled'))
);
--> statement-breakpoint
CREATE TABLE "carrier_places" (
	"merchant_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"place_id" text NOT NULL,
	"city" text NOT NULL,
	"name" text collate "C" NOT NULL,
	"arabic_name" text,
	"search_name" text collate "C" NOT NULL,
	"delivered_fee_centimes" bigint,
	"delay" text,
	"pickup" boolean NOT NULL,
	"vanished_at" timestamp with time zone,
	"city_id" text,
	"district" text,
	"strength" text,
	CONSTRAINT "carrier_places_merchant_id_carrier_account_id_place_id_pk" PRIMARY KEY("merchant_id","carrier_account_id","place_id"),
	CONSTRAINT "carrier_places_strength_known" CHECK ("carrier_places"."strength" in ('exact', 'weak', 'chosen'))
);
--> statement-breakpoint
CREATE TABLE "carrier_sessions" (
	"merchant_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"session" "bytea",
	"hour_start" timestamp with time zone NOT NULL,
	"calls" integer NOT NULL,
	"paused_until" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "carrier_sessions_merchant_id_carrier_account_id_pk" PRIMARY KEY("merchant_id","carrier_account_id")
);
--> statement-breakpoint
CREATE TABLE "unknown_statuses" (
	"merchant_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"carrier_status" text collate "C" NOT NULL,
	"count" integer NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"mapped_to" text,
	"mapped_at" timestamp with time zone,
	CONSTRAINT "unknown_statuses_merchant_id_carrier_account_id_carrier_status_pk" PRIMARY KEY("merchant_id","carrier_account_id","carrier_status"),
	CONSTRAINT "unknown_statuses_mapped_known" CHECK ("unknown_statuses"."mapped_to" in ('draft', 'created', 'awaiting_pickup', 'picked_up', 'in_transit', 'out_for_delivery', 'attempt_failed', 'postponed', 'action_needed', 'delivered', 'refused', 'returning', 'returned', 'cancelled', 'lost', 'unknown'))
);
--> statement-breakpoint
CREATE TABLE "collection_operation_lines" (
	"merchant_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"parcel_id" uuid NOT NULL,
	"status" text NOT NULL,
	"collected_at" timestamp with time zone,
	"note" text,
	"previous_operation_id" uuid,
	"entry_id" uuid,
	CONSTRAINT "collection_operation_lines_merchant_id_operation_id_parcel_id_pk" PRIMARY KEY("merchant_id","operation_id","parcel_id"),
	CONSTRAINT "collection_operation_lines_status_known" CHECK ("collection_operation_lines"."status" in ('due', 'collected', 'in_dispute'))
);
--> statement-breakpoint
CREATE TABLE "collection_operations" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"status" text NOT NULL,
	"count" integer NOT NULL,
	"sum_centimes" bigint NOT NULL,
	"note" text,
	"mode" text,
	"reference" text,
	"created_at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "collection_operations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "collection_operations_status_known" CHECK ("collection_operations"."status" in ('due', 'collected', 'in_dispute'))
);
--> statement-breakpoint
CREATE TABLE "collections" (
	"merchant_id" uuid NOT NULL,
	"parcel_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"status" text NOT NULL,
	"amount_centimes" bigint NOT NULL,
	"delivered_at" timestamp with time zone NOT NULL,
	"collected_at" timestamp with time zone,
	"note" text,
	"operation_id" uuid,
	"due_entry_id" uuid NOT NULL,
	"settled_entry_id" uuid,
	CONSTRAINT "collections_merchant_id_parcel_id_pk" PRIMARY KEY("merchant_id","parcel_id"),
	CONSTRAINT "collections_status_known" CHECK ("collections"."status" in ('due', 'collected', 'in_dispute'))
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"reverses" uuid,
	CONSTRAINT "ledger_entries_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "ledger_entries_kind_known" CHECK ("ledger_entries"."kind" in ('delivered', 'collected', 'reversal'))
);
--> statement-breakpoint
CREATE TABLE "ledger_lines" (
	"merchant_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"account" text collate "C" NOT NULL,
	"amount_centimes" bigint NOT NULL,
	CONSTRAINT "ledger_lines_merchant_id_entry_id_position_pk" PRIMARY KEY("merchant_id","entry_id","position")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"phone" text,
	"name" text NOT NULL,
	"alternate_phone" text,
	"email" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"erased_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "customers_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "search_terms" (
	"merchant_id" uuid NOT NULL,
	"term" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	CONSTRAINT "search_terms_merchant_id_term_kind_subject_id_pk" PRIMARY KEY("merchant_id","term","kind","subject_id"),
	CONSTRAINT "search_terms_kind_known" CHECK ("search_terms"."kind" in ('phone', 'name', 'email', 'number', 'reference', 'tracking'))
);
--> statement-breakpoint
CREATE TABLE "inbound" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"connection_kind" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"delivery_key" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"topic" text NOT NULL,
	"trust" text NOT NULL,
	"subject" text collate "C",
	"subject_version" text collate "C",
	"sent_at" timestamp with time zone,
	"size_bytes" integer NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"processed_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"outcome" text,
	"order_id" uuid,
	CONSTRAINT "inbound_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "inbound_connection_kind_known" CHECK ("inbound"."connection_kind" in ('store', 'carrier_account')),
	CONSTRAINT "inbound_kind_known" CHECK ("inbound"."kind" in ('hook', 'poll')),
	CONSTRAINT "inbound_trust_known" CHECK ("inbound"."trust" in ('signed', 'unsigned'))
);
--> statement-breakpoint
CREATE TABLE "inbound_bodies" (
	"merchant_id" uuid NOT NULL,
	"inbound_id" uuid NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "inbound_bodies_merchant_id_inbound_id_pk" PRIMARY KEY("merchant_id","inbound_id")
);
--> statement-breakpoint
CREATE TABLE "customer_keys" (
	"merchant_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"key" "bytea" NOT NULL,
	CONSTRAINT "customer_keys_merchant_id_customer_id_pk" PRIMARY KEY("merchant_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"job" text NOT NULL,
	"payload" jsonb NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"attempts" integer NOT NULL,
	"subject_kind" text,
	"subject_id" uuid,
	"failed_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_as" text,
	CONSTRAINT "dead_letters_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"merchant_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"order_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"data" jsonb,
	"undoable" boolean DEFAULT false NOT NULL,
	"origin" jsonb,
	CONSTRAINT "events_merchant_id_sequence_pk" PRIMARY KEY("merchant_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "idempotency_answers" (
	"merchant_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"status" integer NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_answers_merchant_id_actor_id_key_pk" PRIMARY KEY("merchant_id","actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "merchant_counters" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"event_sequence" bigint DEFAULT 0 NOT NULL,
	"order_number" bigint DEFAULT 10000 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_values" (
	"merchant_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "sealed_values_merchant_id_event_id_pk" PRIMARY KEY("merchant_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"full_name" text NOT NULL,
	"email" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"disabled_at" timestamp with time zone,
	"sessions_ended_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "members_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text,
	"name" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"scope" jsonb NOT NULL,
	"masks" jsonb NOT NULL,
	"move_into" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "roles_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "roles_key_known" CHECK ("roles"."key" in ('owner', 'manager', 'confirmation_agent', 'delivery_agent', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "effects" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"carrier_account_id" uuid,
	"status" text NOT NULL,
	"problem" text,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "effects_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "effects_kind_known" CHECK ("effects"."kind" in ('create_parcel')),
	CONSTRAINT "effects_status_known" CHECK ("effects"."status" in ('pending', 'done', 'failed', 'cancelled', 'reversing', 'reversed'))
);
--> statement-breakpoint
CREATE TABLE "order_duplicates" (
	"merchant_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"found_at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_duplicates_merchant_id_order_id_other_id_pk" PRIMARY KEY("merchant_id","order_id","other_id"),
	CONSTRAINT "order_duplicates_verdict_known" CHECK ("order_duplicates"."verdict" in ('certain', 'likely', 'second_item'))
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"merchant_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"id" uuid NOT NULL,
	"external_id" text,
	"product_id" uuid,
	"variant_id" uuid,
	"sku" text,
	"name" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_price_centimes" bigint NOT NULL,
	CONSTRAINT "order_lines_merchant_id_order_id_position_pk" PRIMARY KEY("merchant_id","order_id","position")
);
--> statement-breakpoint
CREATE TABLE "order_tags" (
	"merchant_id" uuid NOT NULL,
	"tag" text NOT NULL,
	"order_id" uuid NOT NULL,
	CONSTRAINT "order_tags_merchant_id_tag_order_id_pk" PRIMARY KEY("merchant_id","tag","order_id")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"store_id" uuid,
	"external_id" text,
	"source" text,
	"source_reference" text,
	"source_currency" text DEFAULT 'MAD' NOT NULL,
	"shop_updated_at" timestamp with time zone,
	"shop_marks" jsonb,
	"shop_changed_afterwards" boolean DEFAULT false NOT NULL,
	"utm" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"stage_id" uuid NOT NULL,
	"state" text,
	"state_since" timestamp with time zone NOT NULL,
	"late_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"reason_id" uuid,
	"first_new_at" timestamp with time zone,
	"first_unreachable_at" timestamp with time zone,
	"first_to_confirm_at" timestamp with time zone,
	"first_confirmed_at" timestamp with time zone,
	"first_shipped_at" timestamp with time zone,
	"first_delivered_at" timestamp with time zone,
	"first_delivery_failed_at" timestamp with time zone,
	"first_returned_at" timestamp with time zone,
	"first_cancelled_at" timestamp with time zone,
	"undo_event_id" uuid,
	"assignee_id" uuid,
	"customer_id" uuid NOT NULL,
	"contact_name" text NOT NULL,
	"phone" text,
	"phone_verdict" text,
	"phone_text" text,
	"alternate_phone" text,
	"email" text,
	"address_line" text,
	"district" text,
	"landmark" text,
	"city_text" text,
	"city_id" text,
	"region_code" text,
	"address_key" text,
	"subtotal_centimes" bigint NOT NULL,
	"shipping_fee_centimes" bigint NOT NULL,
	"discount_centimes" bigint NOT NULL,
	"deposit_centimes" bigint NOT NULL,
	"adjustment_centimes" bigint NOT NULL,
	"total_centimes" bigint NOT NULL,
	"cod_amount_centimes" bigint,
	"payment_method" text,
	"payment_status" text,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"to_complete" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"is_incomplete" boolean GENERATED ALWAYS AS (to_complete <> '[]'::jsonb) STORED NOT NULL,
	"duplicate_count" integer DEFAULT 0 NOT NULL,
	"flag" text,
	"note" text,
	"allow_open" boolean,
	"allow_try" boolean,
	"fragile" boolean,
	"exchange_of_order_id" uuid,
	"ship_not_before" date,
	"deliver_to" text DEFAULT 'home' NOT NULL,
	"parcel_id" uuid,
	"parcel_status" text,
	"parcel_since" timestamp with time zone,
	"tracking_number" text,
	"carrier_account_id" uuid,
	"cash_status" text DEFAULT 'not_due' NOT NULL,
	"cash_since" timestamp with time zone,
	"return_status" text,
	"return_since" timestamp with time zone,
	"erased_at" timestamp with time zone,
	CONSTRAINT "orders_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "orders_state_known" CHECK ("orders"."state" in ('new', 'unreachable', 'to_confirm', 'confirmed', 'shipped', 'delivered', 'delivery_failed', 'returned', 'cancelled')),
	CONSTRAINT "orders_phone_verdict_known" CHECK ("orders"."phone_verdict" in ('good', 'doubtful', 'impossible')),
	CONSTRAINT "orders_parcel_known" CHECK ("orders"."parcel_status" in ('draft', 'created', 'awaiting_pickup', 'picked_up', 'in_transit', 'out_for_delivery', 'attempt_failed', 'postponed', 'action_needed', 'delivered', 'refused', 'returning', 'returned', 'cancelled', 'lost', 'unknown')),
	CONSTRAINT "orders_cash_known" CHECK ("orders"."cash_status" in ('not_due', 'due', 'collected', 'remitted', 'banked', 'in_dispute', 'written_off')),
	CONSTRAINT "orders_return_known" CHECK ("orders"."return_status" in ('none', 'expected', 'in_transit', 'received', 'partially_received', 'missing', 'claimed')),
	CONSTRAINT "orders_deliver_to_known" CHECK ("orders"."deliver_to" in ('home', 'agency'))
);
--> statement-breakpoint
CREATE TABLE "label_sheets" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"format" text NOT NULL,
	"status" text NOT NULL,
	"parcel_ids" jsonb NOT NULL,
	"pdf" "bytea",
	"problem" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "label_sheets_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "label_sheets_status_known" CHECK ("label_sheets"."status" in ('pending', 'ready', 'failed')),
	CONSTRAINT "label_sheets_format_known" CHECK ("label_sheets"."format" in ('a4', '100x150'))
);
--> statement-breakpoint
CREATE TABLE "parcels" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"leg" text NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"reference" text collate "C" NOT NULL,
	"tracking_number" text collate "C",
	"place_id" text NOT NULL,
	"status" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"carrier_status" text,
	"carrier_comment" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"picked_up" boolean DEFAULT false NOT NULL,
	"wanted_state" text,
	"wanted_since" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"live" boolean DEFAULT true NOT NULL,
	"booking" text NOT NULL,
	"booking_since" timestamp with time zone NOT NULL,
	"booking_tries" integer DEFAULT 0 NOT NULL,
	"booking_reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"cod_amount_centimes" bigint NOT NULL,
	"fee_centimes" bigint,
	"read_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "parcels_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "parcels_status_known" CHECK ("parcels"."status" in ('draft', 'created', 'awaiting_pickup', 'picked_up', 'in_transit', 'out_for_delivery', 'attempt_failed', 'postponed', 'action_needed', 'delivered', 'refused', 'returning', 'returned', 'cancelled', 'lost', 'unknown')),
	CONSTRAINT "parcels_leg_known" CHECK ("parcels"."leg" in ('outbound', 'exchange', 'return')),
	CONSTRAINT "parcels_wanted_known" CHECK ("parcels"."wanted_state" in ('new', 'unreachable', 'to_confirm', 'confirmed', 'shipped', 'delivered', 'delivery_failed', 'returned', 'cancelled')),
	CONSTRAINT "parcels_booking_known" CHECK ("parcels"."booking" in ('intended', 'calling', 'unknown', 'accepted', 'rejected', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "pickups" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"status" text NOT NULL,
	"code" text,
	"problem" text,
	"parcel_ids" jsonb NOT NULL,
	"note" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "pickups_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "pickups_status_known" CHECK ("pickups"."status" in ('requested', 'unknown', 'accepted', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "tracking_events" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"parcel_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"carrier_status" text collate "C" NOT NULL,
	"status" text,
	"comment" text,
	"attempts" integer,
	"source" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "tracking_events_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "tracking_events_status_known" CHECK ("tracking_events"."status" in ('draft', 'created', 'awaiting_pickup', 'picked_up', 'in_transit', 'out_for_delivery', 'attempt_failed', 'postponed', 'action_needed', 'delivered', 'refused', 'returning', 'returned', 'cancelled', 'lost', 'unknown')),
	CONSTRAINT "tracking_events_source_known" CHECK ("tracking_events"."source" in ('webhook', 'poll', 'booking', 'cancel'))
);
--> statement-breakpoint
CREATE TABLE "pipelines" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reasons" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"state" text NOT NULL,
	"key" text,
	"name_fr" text NOT NULL,
	"name_en" text NOT NULL,
	"name_ar" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "reasons_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "reasons_state_known" CHECK ("reasons"."state" in ('cancelled', 'delivery_failed', 'returned'))
);
--> statement-breakpoint
CREATE TABLE "stage_transitions" (
	"merchant_id" uuid NOT NULL,
	"from_stage_id" uuid NOT NULL,
	"to_stage_id" uuid NOT NULL,
	CONSTRAINT "stage_transitions_merchant_id_from_stage_id_to_stage_id_pk" PRIMARY KEY("merchant_id","from_stage_id","to_stage_id")
);
--> statement-breakpoint
CREATE TABLE "stages" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name_fr" text NOT NULL,
	"name_en" text NOT NULL,
	"name_ar" text NOT NULL,
	"description" text,
	"colour" text NOT NULL,
	"position" integer NOT NULL,
	"state" text,
	"active" boolean DEFAULT true NOT NULL,
	"terminal" boolean DEFAULT false NOT NULL,
	"leads_anywhere" boolean DEFAULT false NOT NULL,
	"role_keys" jsonb,
	"requires" jsonb NOT NULL,
	"age_limit_minutes" integer,
	"effects" jsonb NOT NULL,
	CONSTRAINT "stages_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "stages_state_known" CHECK ("stages"."state" in ('new', 'unreachable', 'to_confirm', 'confirmed', 'shipped', 'delivered', 'delivery_failed', 'returned', 'cancelled')),
	CONSTRAINT "stages_colour_known" CHECK ("stages"."colour" in ('green', 'orange', 'yellow', 'blue', 'brown', 'purple', 'emerald', 'red', 'rose', 'grey'))
);
--> statement-breakpoint
CREATE TABLE "merchants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"language" text NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "password_resets" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rate_counters" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"tries" integer NOT NULL,
	"last_try_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"merchant_id" uuid,
	"remembered" boolean NOT NULL,
	"user_agent" text NOT NULL,
	"address" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	CONSTRAINT "sessions_end_known" CHECK ("sessions"."end_reason" in ('signed_out', 'ended', 'password_changed', 'token_reused', 'no_membership'))
);
--> statement-breakpoint
CREATE TABLE "sign_ups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"full_name" text NOT NULL,
	"merchant_name" text NOT NULL,
	"language" text NOT NULL,
	"country" text NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"tries_left" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"full_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"language" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_heartbeats" (
	"id" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"worker_ids" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stores" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"platform" text NOT NULL,
	"name" text NOT NULL,
	"shop" text,
	"status" text NOT NULL,
	"unsigned" boolean DEFAULT false NOT NULL,
	"settings" jsonb NOT NULL,
	"problem" text,
	"credentials" "bytea",
	"consent_hash" "bytea",
	"consent_until" timestamp with time zone,
	"refreshing_until" timestamp with time zone,
	"connected_at" timestamp with time zone,
	"last_event_at" timestamp with time zone,
	"last_checked_at" timestamp with time zone,
	"last_missed_at" timestamp with time zone,
	"failed_checks" integer DEFAULT 0 NOT NULL,
	"read_until" timestamp with time zone,
	"subscribed_at" timestamp with time zone,
	"erase_after" timestamp with time zone,
	"erased_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "stores_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "stores_platform_known" CHECK ("stores"."platform" in ('shopify', 'youcan', 'woocommerce', 'lightfunnels', 'generic', 'manual')),
	CONSTRAINT "stores_status_known" CHECK ("stores"."status" in ('connecting', 'connected', 'webhook_only', 'reconnect', 'uninstalled', 'disconnected')),
	CONSTRAINT "stores_problem_known" CHECK ("stores"."problem" in ('credentials_refused', 'oauth_refused', 'scope_missing', 'shop_unreachable', 'api_version_retired'))
);
--> statement-breakpoint
ALTER TABLE "carrier_accounts" ADD CONSTRAINT "carrier_accounts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_places" ADD CONSTRAINT "carrier_places_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_places" ADD CONSTRAINT "carrier_places_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_sessions" ADD CONSTRAINT "carrier_sessions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_sessions" ADD CONSTRAINT "carrier_sessions_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unknown_statuses" ADD CONSTRAINT "unknown_statuses_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unknown_statuses" ADD CONSTRAINT "unknown_statuses_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_operation_lines" ADD CONSTRAINT "collection_operation_lines_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_operation_lines" ADD CONSTRAINT "collection_operation_lines_merchant_id_operation_id_collection_operations_merchant_id_id_fk" FOREIGN KEY ("merchant_id","operation_id") REFERENCES "public"."collection_operations"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_operation_lines" ADD CONSTRAINT "collection_operation_lines_merchant_id_parcel_id_parcels_merchant_id_id_fk" FOREIGN KEY ("merchant_id","parcel_id") REFERENCES "public"."parcels"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_operations" ADD CONSTRAINT "collection_operations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_merchant_id_parcel_id_parcels_merchant_id_id_fk" FOREIGN KEY ("merchant_id","parcel_id") REFERENCES "public"."parcels"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_merchant_id_reverses_ledger_entries_merchant_id_id_fk" FOREIGN KEY ("merchant_id","reverses") REFERENCES "public"."ledger_entries"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_lines" ADD CONSTRAINT "ledger_lines_merchant_id_entry_id_ledger_entries_merchant_id_id_fk" FOREIGN KEY ("merchant_id","entry_id") REFERENCES "public"."ledger_entries"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_terms" ADD CONSTRAINT "search_terms_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_bodies" ADD CONSTRAINT "inbound_bodies_merchant_id_inbound_id_inbound_merchant_id_id_fk" FOREIGN KEY ("merchant_id","inbound_id") REFERENCES "public"."inbound"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_keys" ADD CONSTRAINT "customer_keys_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dead_letters" ADD CONSTRAINT "dead_letters_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_answers" ADD CONSTRAINT "idempotency_answers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merchant_counters" ADD CONSTRAINT "merchant_counters_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_values" ADD CONSTRAINT "sealed_values_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_merchant_id_role_id_roles_merchant_id_id_fk" FOREIGN KEY ("merchant_id","role_id") REFERENCES "public"."roles"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_merchant_id_invited_by_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","invited_by") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_merchant_id_role_id_roles_merchant_id_id_fk" FOREIGN KEY ("merchant_id","role_id") REFERENCES "public"."roles"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "effects" ADD CONSTRAINT "effects_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "effects" ADD CONSTRAINT "effects_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD CONSTRAINT "order_duplicates_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD CONSTRAINT "order_duplicates_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD CONSTRAINT "order_duplicates_merchant_id_other_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","other_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_tags" ADD CONSTRAINT "order_tags_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_tags" ADD CONSTRAINT "order_tags_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_store_id_stores_merchant_id_id_fk" FOREIGN KEY ("merchant_id","store_id") REFERENCES "public"."stores"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_stage_id_stages_merchant_id_id_fk" FOREIGN KEY ("merchant_id","stage_id") REFERENCES "public"."stages"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_reason_id_reasons_merchant_id_id_fk" FOREIGN KEY ("merchant_id","reason_id") REFERENCES "public"."reasons"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_customer_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","customer_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_assignee_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","assignee_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_exchange_of_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","exchange_of_order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_sheets" ADD CONSTRAINT "label_sheets_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_sheets" ADD CONSTRAINT "label_sheets_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcels" ADD CONSTRAINT "parcels_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcels" ADD CONSTRAINT "parcels_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcels" ADD CONSTRAINT "parcels_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pickups" ADD CONSTRAINT "pickups_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pickups" ADD CONSTRAINT "pickups_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_events" ADD CONSTRAINT "tracking_events_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_events" ADD CONSTRAINT "tracking_events_merchant_id_parcel_id_parcels_merchant_id_id_fk" FOREIGN KEY ("merchant_id","parcel_id") REFERENCES "public"."parcels"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipelines" ADD CONSTRAINT "pipelines_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reasons" ADD CONSTRAINT "reasons_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_transitions" ADD CONSTRAINT "stage_transitions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_transitions" ADD CONSTRAINT "stage_transitions_merchant_id_from_stage_id_stages_merchant_id_id_fk" FOREIGN KEY ("merchant_id","from_stage_id") REFERENCES "public"."stages"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_transitions" ADD CONSTRAINT "stage_transitions_merchant_id_to_stage_id_stages_merchant_id_id_fk" FOREIGN KEY ("merchant_id","to_stage_id") REFERENCES "public"."stages"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stages" ADD CONSTRAINT "stages_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stores" ADD CONSTRAINT "stores_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "carrier_accounts_created" ON "carrier_accounts" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "carrier_accounts_by_id" ON "carrier_accounts" USING btree ("id","merchant_id");--> statement-breakpoint
CREATE INDEX "carrier_accounts_by_status" ON "carrier_accounts" USING btree ("status","merchant_id","id");--> statement-breakpoint
CREATE INDEX "carrier_places_name" ON "carrier_places" USING btree ("merchant_id","carrier_account_id","name","place_id");--> statement-breakpoint
CREATE INDEX "carrier_places_city" ON "carrier_places" USING btree ("merchant_id","carrier_account_id","city_id","district");--> statement-breakpoint
CREATE INDEX "carrier_places_strength" ON "carrier_places" USING btree ("merchant_id","carrier_account_id","strength","name","place_id");--> statement-breakpoint
CREATE INDEX "collection_operation_lines_parcel" ON "collection_operation_lines" USING btree ("merchant_id","parcel_id");--> statement-breakpoint
CREATE INDEX "collections_delivered" ON "collections" USING btree ("merchant_id","delivered_at","parcel_id");--> statement-breakpoint
CREATE INDEX "collections_status" ON "collections" USING btree ("merchant_id","status","delivered_at","parcel_id");--> statement-breakpoint
CREATE INDEX "collections_account" ON "collections" USING btree ("merchant_id","carrier_account_id","status","delivered_at","parcel_id");--> statement-breakpoint
CREATE INDEX "collections_order" ON "collections" USING btree ("merchant_id","order_id");--> statement-breakpoint
CREATE INDEX "ledger_entries_subject" ON "ledger_entries" USING btree ("merchant_id","subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_entries_reverses" ON "ledger_entries" USING btree ("merchant_id","reverses");--> statement-breakpoint
CREATE INDEX "ledger_lines_account" ON "ledger_lines" USING btree ("merchant_id","account","entry_id","amount_centimes");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_phone" ON "customers" USING btree ("merchant_id","phone");--> statement-breakpoint
CREATE INDEX "search_terms_subject" ON "search_terms" USING btree ("merchant_id","subject_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "inbound_delivery" ON "inbound" USING btree ("merchant_id","connection_id","delivery_key");--> statement-breakpoint
CREATE INDEX "inbound_connection" ON "inbound" USING btree ("merchant_id","connection_id","id");--> statement-breakpoint
CREATE INDEX "inbound_subject" ON "inbound" USING btree ("merchant_id","connection_id","subject");--> statement-breakpoint
CREATE INDEX "inbound_order" ON "inbound" USING btree ("merchant_id","order_id") WHERE "inbound"."order_id" is not null;--> statement-breakpoint
CREATE INDEX "inbound_pending" ON "inbound" USING btree ("received_at") WHERE ("inbound"."processed_at" is null and "inbound"."failed_at" is null);--> statement-breakpoint
CREATE INDEX "dead_letters_open" ON "dead_letters" USING btree ("merchant_id","settled_at","failed_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_id" ON "events" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE INDEX "events_time" ON "events" USING btree ("merchant_id","occurred_at","sequence");--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("merchant_id","subject_kind","subject_id","sequence");--> statement-breakpoint
CREATE INDEX "events_order" ON "events" USING btree ("merchant_id","order_id","sequence");--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("merchant_id","type","sequence");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("merchant_id","actor_id","sequence");--> statement-breakpoint
CREATE INDEX "idempotency_answers_age" ON "idempotency_answers" USING btree ("merchant_id","created_at");--> statement-breakpoint
CREATE INDEX "sealed_values_customer" ON "sealed_values" USING btree ("merchant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("merchant_id","token_hash");--> statement-breakpoint
CREATE INDEX "invitations_by_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitations_email" ON "invitations" USING btree ("merchant_id","email");--> statement-breakpoint
CREATE INDEX "invitations_role" ON "invitations" USING btree ("merchant_id","role_id");--> statement-breakpoint
CREATE INDEX "invitations_inviter" ON "invitations" USING btree ("merchant_id","invited_by");--> statement-breakpoint
CREATE UNIQUE INDEX "members_user" ON "members" USING btree ("merchant_id","user_id");--> statement-breakpoint
CREATE INDEX "members_of_user" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "members_role" ON "members" USING btree ("merchant_id","role_id");--> statement-breakpoint
CREATE UNIQUE INDEX "roles_key" ON "roles" USING btree ("merchant_id","key");--> statement-breakpoint
CREATE INDEX "effects_event" ON "effects" USING btree ("merchant_id","event_id");--> statement-breakpoint
CREATE INDEX "effects_order" ON "effects" USING btree ("merchant_id","order_id","id");--> statement-breakpoint
CREATE INDEX "order_duplicates_other" ON "order_duplicates" USING btree ("merchant_id","other_id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_lines_id" ON "order_lines" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE INDEX "order_tags_order" ON "order_tags" USING btree ("merchant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_number" ON "orders" USING btree ("merchant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_external" ON "orders" USING btree ("merchant_id","store_id","external_id");--> statement-breakpoint
CREATE INDEX "orders_created" ON "orders" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_total" ON "orders" USING btree ("merchant_id","total_centimes","id");--> statement-breakpoint
CREATE INDEX "orders_since" ON "orders" USING btree ("merchant_id","state_since","id");--> statement-breakpoint
CREATE INDEX "orders_stage" ON "orders" USING btree ("merchant_id","stage_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_stage_since" ON "orders" USING btree ("merchant_id","stage_id","state_since","id");--> statement-breakpoint
CREATE INDEX "orders_state" ON "orders" USING btree ("merchant_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_assignee" ON "orders" USING btree ("merchant_id","assignee_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("merchant_id","customer_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_store" ON "orders" USING btree ("merchant_id","store_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_city" ON "orders" USING btree ("merchant_id","city_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_region" ON "orders" USING btree ("merchant_id","region_code","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_cash" ON "orders" USING btree ("merchant_id","cash_status","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_return" ON "orders" USING btree ("merchant_id","return_status","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_parcel" ON "orders" USING btree ("merchant_id","parcel_status","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_carrier" ON "orders" USING btree ("merchant_id","carrier_account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_phone_verdict" ON "orders" USING btree ("merchant_id","phone_verdict","created_at","id");--> statement-breakpoint
CREATE INDEX "orders_placed" ON "orders" USING btree ("merchant_id","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_updated" ON "orders" USING btree ("merchant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "orders_late" ON "orders" USING btree ("merchant_id","late_at") WHERE late_at is not null;--> statement-breakpoint
CREATE INDEX "orders_incomplete" ON "orders" USING btree ("merchant_id","created_at","id") WHERE is_incomplete;--> statement-breakpoint
CREATE INDEX "orders_duplicate" ON "orders" USING btree ("merchant_id","created_at","id") WHERE duplicate_count > 0;--> statement-breakpoint
CREATE INDEX "orders_address" ON "orders" USING btree ("merchant_id","address_key","created_at") WHERE address_key is not null;--> statement-breakpoint
CREATE INDEX "orders_alternate" ON "orders" USING btree ("merchant_id","alternate_phone","created_at") WHERE alternate_phone is not null;--> statement-breakpoint
CREATE INDEX "orders_exchange" ON "orders" USING btree ("merchant_id","exchange_of_order_id");--> statement-breakpoint
CREATE INDEX "orders_reason" ON "orders" USING btree ("merchant_id","reason_id");--> statement-breakpoint
CREATE INDEX "label_sheets_account" ON "label_sheets" USING btree ("merchant_id","carrier_account_id");--> statement-breakpoint
CREATE INDEX "label_sheets_age" ON "label_sheets" USING btree ("created_at","merchant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "parcels_live" ON "parcels" USING btree ("merchant_id","order_id","leg") WHERE live;--> statement-breakpoint
CREATE UNIQUE INDEX "parcels_reference" ON "parcels" USING btree ("merchant_id","reference");--> statement-breakpoint
CREATE UNIQUE INDEX "parcels_tracking" ON "parcels" USING btree ("merchant_id","carrier_account_id","tracking_number");--> statement-breakpoint
CREATE INDEX "parcels_tracking_number" ON "parcels" USING btree ("merchant_id","tracking_number");--> statement-breakpoint
CREATE INDEX "parcels_created" ON "parcels" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "parcels_status" ON "parcels" USING btree ("merchant_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "parcels_booking" ON "parcels" USING btree ("merchant_id","booking","created_at","id");--> statement-breakpoint
CREATE INDEX "parcels_account" ON "parcels" USING btree ("merchant_id","carrier_account_id","created_at","id");--> statement-breakpoint
CREATE INDEX "parcels_order" ON "parcels" USING btree ("merchant_id","order_id","created_at","id");--> statement-breakpoint
CREATE INDEX "parcels_unread" ON "parcels" USING btree ("merchant_id","carrier_account_id","status","read_at");--> statement-breakpoint
CREATE INDEX "pickups_created" ON "pickups" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "pickups_account" ON "pickups" USING btree ("merchant_id","carrier_account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tracking_events_once" ON "tracking_events" USING btree ("merchant_id","parcel_id","at","carrier_status");--> statement-breakpoint
CREATE INDEX "tracking_events_word" ON "tracking_events" USING btree ("merchant_id","carrier_account_id","carrier_status");--> statement-breakpoint
CREATE INDEX "reasons_in_order" ON "reasons" USING btree ("merchant_id","state","position","id");--> statement-breakpoint
CREATE INDEX "stage_transitions_to" ON "stage_transitions" USING btree ("merchant_id","to_stage_id");--> statement-breakpoint
CREATE INDEX "stages_in_order" ON "stages" USING btree ("merchant_id","position","id");--> statement-breakpoint
CREATE INDEX "password_resets_user" ON "password_resets" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_session" ON "refresh_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "sessions_merchant" ON "sessions" USING btree ("merchant_id");--> statement-breakpoint
CREATE INDEX "sign_ups_email" ON "sign_ups" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "stores_shop" ON "stores" USING btree ("merchant_id","platform","shop");--> statement-breakpoint
CREATE INDEX "stores_by_id" ON "stores" USING btree ("id","merchant_id");--> statement-breakpoint
CREATE INDEX "stores_by_shop" ON "stores" USING btree ("platform","shop","merchant_id");--> statement-breakpoint
CREATE INDEX "stores_by_status" ON "stores" USING btree ("status","merchant_id","id");