CREATE TABLE "automation_runs" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"automation_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"stage_id" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"scheduled_at" timestamp with time zone NOT NULL,
	"message_id" uuid,
	"buttons" jsonb NOT NULL,
	"silence" jsonb,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"replied_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"answers" jsonb NOT NULL,
	"effect" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "automation_runs_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "automation_runs_status_known" CHECK ("automation_runs"."status" in ('scheduled', 'sent', 'delivered', 'replied', 'expired', 'cancelled', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "automation_settings" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "automations" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"number_id" uuid NOT NULL,
	"stage_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"delay_seconds" integer NOT NULL,
	"buttons" jsonb NOT NULL,
	"silence" jsonb,
	"retrigger" boolean NOT NULL,
	"enabled" boolean NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "automations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "message_costs" (
	"merchant_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"order_id" uuid,
	"category" text NOT NULL,
	"micro_dirhams" integer,
	"month" text NOT NULL,
	"settled" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_costs_merchant_id_message_id_pk" PRIMARY KEY("merchant_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "message_spending" (
	"merchant_id" uuid NOT NULL,
	"month" text NOT NULL,
	"micro_dirhams" bigint NOT NULL,
	"warned" integer NOT NULL,
	CONSTRAINT "message_spending_merchant_id_month_pk" PRIMARY KEY("merchant_id","month")
);
--> statement-breakpoint
CREATE TABLE "answer_counts" (
	"merchant_id" uuid NOT NULL,
	"city_id" text NOT NULL,
	"weekday" smallint NOT NULL,
	"hour" smallint NOT NULL,
	"tried" integer NOT NULL,
	"answered" integer NOT NULL,
	CONSTRAINT "answer_counts_merchant_id_city_id_weekday_hour_pk" PRIMARY KEY("merchant_id","city_id","weekday","hour")
);
--> statement-breakpoint
CREATE TABLE "pbx_calls" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"call_id" text collate "C" NOT NULL,
	"customer_id" uuid,
	"member_id" uuid,
	"status" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"heard_at" timestamp with time zone NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone,
	CONSTRAINT "pbx_calls_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "pbx_calls_status_known" CHECK ("pbx_calls"."status" in ('started', 'answered', 'ended'))
);
--> statement-breakpoint
CREATE TABLE "pbx_hooks" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"secret" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_event_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "carrier_fees" (
	"merchant_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"place_id" text NOT NULL,
	"valid_from" date NOT NULL,
	"delivered_fee_centimes" bigint,
	"refused_fee_centimes" bigint,
	"returned_fee_centimes" bigint,
	"loaded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "carrier_fees_merchant_id_carrier_account_id_place_id_valid_from_pk" PRIMARY KEY("merchant_id","carrier_account_id","place_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "import_words" (
	"merchant_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"state" text,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_words_merchant_id_key_pk" PRIMARY KEY("merchant_id","key"),
	CONSTRAINT "import_words_state_known" CHECK ("import_words"."state" in ('unreachable', 'confirmed', 'shipped', 'delivered', 'delivery_failed', 'returned', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "parcel_companions" (
	"merchant_id" uuid NOT NULL,
	"parcel_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"cod_amount_centimes" bigint NOT NULL,
	CONSTRAINT "parcel_companions_merchant_id_parcel_id_order_id_pk" PRIMARY KEY("merchant_id","parcel_id","order_id")
);
--> statement-breakpoint
CREATE TABLE "risk_rates" (
	"merchant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"delivered" integer NOT NULL,
	"returned" integer NOT NULL,
	CONSTRAINT "risk_rates_merchant_id_kind_key_pk" PRIMARY KEY("merchant_id","kind","key"),
	CONSTRAINT "risk_rates_kind_known" CHECK ("risk_rates"."kind" in ('city', 'product', 'all'))
);
--> statement-breakpoint
CREATE TABLE "risk_settings" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"usual_centimes" bigint,
	"usual_orders" integer DEFAULT 0 NOT NULL,
	"counted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "risk_trials" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"settings" jsonb NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"from_at" timestamp with time zone NOT NULL,
	"weeks_done" integer DEFAULT 0 NOT NULL,
	"ended_orders" integer DEFAULT 0 NOT NULL,
	"tally" jsonb NOT NULL,
	CONSTRAINT "risk_trials_status_known" CHECK ("risk_trials"."status" in ('running', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "whatsapp_media" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"problem" text,
	"number_id" uuid,
	"meta_id" text,
	"type" text,
	"file_name" text,
	"size" integer,
	"bytes" "bytea",
	"name" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "whatsapp_media_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "whatsapp_media_kind_known" CHECK ("whatsapp_media"."kind" in ('image', 'audio', 'video', 'document', 'sticker')),
	CONSTRAINT "whatsapp_media_status_known" CHECK ("whatsapp_media"."status" in ('waiting', 'kept', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "import_mappings" DROP CONSTRAINT "import_mappings_kind_known";--> statement-breakpoint
ALTER TABLE "imports" DROP CONSTRAINT "imports_kind_known";--> statement-breakpoint
ALTER TABLE "inbound" DROP CONSTRAINT "inbound_connection_kind_known";--> statement-breakpoint
ALTER TABLE "order_duplicates" DROP CONSTRAINT "order_duplicates_fate_known";--> statement-breakpoint
DROP INDEX "views_of_member";--> statement-breakpoint
DROP INDEX "views_default";--> statement-breakpoint
ALTER TABLE "collections" DROP CONSTRAINT "collections_merchant_id_parcel_id_pk";--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_merchant_id_parcel_id_order_id_pk" PRIMARY KEY("merchant_id","parcel_id","order_id");--> statement-breakpoint
ALTER TABLE "call_attempts" ADD COLUMN "because" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "carrier_places" ADD COLUMN "fees_from" date;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "order_id" uuid;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "order_key" text collate "C";--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "words" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "first_price_centimes" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "risk_level" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "risk_score" integer;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "risk_reasons" jsonb;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "ship_with_order_id" uuid;--> statement-breakpoint
ALTER TABLE "tracking_operation_lines" ADD COLUMN "companion_moves" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "views" ADD COLUMN "screen" text DEFAULT 'orders' NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "media_id" uuid;--> statement-breakpoint
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_merchant_id_automation_id_automations_merchant_id_id_fk" FOREIGN KEY ("merchant_id","automation_id") REFERENCES "public"."automations"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_merchant_id_message_id_messages_merchant_id_id_fk" FOREIGN KEY ("merchant_id","message_id") REFERENCES "public"."messages"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_settings" ADD CONSTRAINT "automation_settings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automations" ADD CONSTRAINT "automations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automations" ADD CONSTRAINT "automations_merchant_id_number_id_whatsapp_numbers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","number_id") REFERENCES "public"."whatsapp_numbers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automations" ADD CONSTRAINT "automations_merchant_id_template_id_whatsapp_templates_merchant_id_id_fk" FOREIGN KEY ("merchant_id","template_id") REFERENCES "public"."whatsapp_templates"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_costs" ADD CONSTRAINT "message_costs_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_costs" ADD CONSTRAINT "message_costs_merchant_id_message_id_messages_merchant_id_id_fk" FOREIGN KEY ("merchant_id","message_id") REFERENCES "public"."messages"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_costs" ADD CONSTRAINT "message_costs_merchant_id_template_id_whatsapp_templates_merchant_id_id_fk" FOREIGN KEY ("merchant_id","template_id") REFERENCES "public"."whatsapp_templates"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_costs" ADD CONSTRAINT "message_costs_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_spending" ADD CONSTRAINT "message_spending_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_counts" ADD CONSTRAINT "answer_counts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pbx_calls" ADD CONSTRAINT "pbx_calls_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pbx_calls" ADD CONSTRAINT "pbx_calls_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pbx_calls" ADD CONSTRAINT "pbx_calls_merchant_id_opened_by_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","opened_by") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pbx_hooks" ADD CONSTRAINT "pbx_hooks_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_fees" ADD CONSTRAINT "carrier_fees_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_fees" ADD CONSTRAINT "carrier_fees_merchant_id_carrier_account_id_place_id_carrier_places_merchant_id_carrier_account_id_place_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id","place_id") REFERENCES "public"."carrier_places"("merchant_id","carrier_account_id","place_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_words" ADD CONSTRAINT "import_words_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_companions" ADD CONSTRAINT "parcel_companions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_companions" ADD CONSTRAINT "parcel_companions_merchant_id_parcel_id_parcels_merchant_id_id_fk" FOREIGN KEY ("merchant_id","parcel_id") REFERENCES "public"."parcels"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_companions" ADD CONSTRAINT "parcel_companions_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_rates" ADD CONSTRAINT "risk_rates_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_settings" ADD CONSTRAINT "risk_settings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_trials" ADD CONSTRAINT "risk_trials_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_media" ADD CONSTRAINT "whatsapp_media_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_media" ADD CONSTRAINT "whatsapp_media_merchant_id_number_id_whatsapp_numbers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","number_id") REFERENCES "public"."whatsapp_numbers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "automation_runs_once" ON "automation_runs" USING btree ("merchant_id","order_id","event_id","automation_id");--> statement-breakpoint
CREATE INDEX "automation_runs_newest" ON "automation_runs" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_runs_status" ON "automation_runs" USING btree ("merchant_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_runs_automation" ON "automation_runs" USING btree ("merchant_id","automation_id","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_runs_order" ON "automation_runs" USING btree ("merchant_id","order_id","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_runs_message" ON "automation_runs" USING btree ("merchant_id","message_id") WHERE "automation_runs"."message_id" is not null;--> statement-breakpoint
CREATE INDEX "automations_listed" ON "automations" USING btree ("merchant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "automations_number" ON "automations" USING btree ("merchant_id","number_id");--> statement-breakpoint
CREATE INDEX "automations_template" ON "automations" USING btree ("merchant_id","template_id");--> statement-breakpoint
CREATE INDEX "message_costs_month" ON "message_costs" USING btree ("merchant_id","month","template_id");--> statement-breakpoint
CREATE INDEX "message_costs_template" ON "message_costs" USING btree ("merchant_id","template_id");--> statement-breakpoint
CREATE INDEX "message_costs_order" ON "message_costs" USING btree ("merchant_id","order_id") WHERE "message_costs"."order_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "pbx_calls_call" ON "pbx_calls" USING btree ("merchant_id","call_id");--> statement-breakpoint
CREATE INDEX "pbx_calls_live" ON "pbx_calls" USING btree ("merchant_id","heard_at") WHERE ended_at is null and opened_at is null;--> statement-breakpoint
CREATE INDEX "pbx_calls_member" ON "pbx_calls" USING btree ("merchant_id","member_id");--> statement-breakpoint
CREATE INDEX "pbx_calls_opened_by" ON "pbx_calls" USING btree ("merchant_id","opened_by");--> statement-breakpoint
CREATE INDEX "pbx_hooks_by_id" ON "pbx_hooks" USING btree ("id","merchant_id");--> statement-breakpoint
CREATE INDEX "parcel_companions_order" ON "parcel_companions" USING btree ("merchant_id","order_id","parcel_id");--> statement-breakpoint
CREATE INDEX "whatsapp_media_named" ON "whatsapp_media" USING btree ("merchant_id","name","id") WHERE "whatsapp_media"."name" is not null;--> statement-breakpoint
CREATE INDEX "whatsapp_media_number" ON "whatsapp_media" USING btree ("merchant_id","number_id");--> statement-breakpoint
CREATE INDEX "whatsapp_media_uploaded" ON "whatsapp_media" USING btree ("merchant_id","created_at") WHERE number_id is null and name is null;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_ship_with_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","ship_with_order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_merchant_id_media_id_whatsapp_media_merchant_id_id_fk" FOREIGN KEY ("merchant_id","media_id") REFERENCES "public"."whatsapp_media"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_rows_order" ON "import_rows" USING btree ("merchant_id","import_id","order_key","row") WHERE order_key is not null;--> statement-breakpoint
CREATE INDEX "orders_risk" ON "orders" USING btree ("merchant_id","risk_level","created_at","id") WHERE risk_level is not null;--> statement-breakpoint
CREATE INDEX "orders_ship_with" ON "orders" USING btree ("merchant_id","ship_with_order_id") WHERE ship_with_order_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_number" ON "conversations" USING btree ("merchant_id","number_id","last_at","id");--> statement-breakpoint
CREATE INDEX "messages_media" ON "messages" USING btree ("merchant_id","media_id") WHERE "messages"."media_id" is not null;--> statement-breakpoint
CREATE INDEX "views_of_member" ON "views" USING btree ("merchant_id","member_id","screen","position","id");--> statement-breakpoint
CREATE UNIQUE INDEX "views_default" ON "views" USING btree ("merchant_id","member_id","screen") WHERE is_default;--> statement-breakpoint
ALTER TABLE "collection_operation_lines" DROP COLUMN "entry_id";--> statement-breakpoint
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_kind_known" CHECK ("import_mappings"."kind" in ('customers', 'orders'));--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_kind_known" CHECK ("imports"."kind" in ('customers', 'orders'));--> statement-breakpoint
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_connection_kind_known" CHECK ("inbound"."connection_kind" in ('store', 'carrier_account', 'whatsapp_number', 'pbx'));--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD CONSTRAINT "order_duplicates_fate_known" CHECK ("order_duplicates"."fate" in ('kept', 'cancelled', 'both_real', 'together'));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_risk_known" CHECK ("orders"."risk_level" in ('low', 'medium', 'high'));--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_screen_known" CHECK ("views"."screen" in ('orders', 'customers'));