CREATE TABLE "carrier_file_rows" (
	"merchant_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"outcome" text,
	"reason" text,
	"parcel_id" uuid,
	"effect" jsonb,
	"place" jsonb,
	"done_at" timestamp with time zone,
	CONSTRAINT "carrier_file_rows_merchant_id_file_id_row_pk" PRIMARY KEY("merchant_id","file_id","row")
);
--> statement-breakpoint
CREATE TABLE "carrier_files" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"status" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"shape" text NOT NULL,
	"row_count" integer NOT NULL,
	"tried_at" timestamp with time zone,
	"operation_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "carrier_files_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "carrier_files_kind_known" CHECK ("carrier_files"."kind" in ('places', 'tracking', 'payout')),
	CONSTRAINT "carrier_files_status_known" CHECK ("carrier_files"."status" in ('read', 'running', 'done', 'undone'))
);
--> statement-breakpoint
CREATE TABLE "carrier_file_mappings" (
	"merchant_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"shape" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "carrier_file_mappings_merchant_id_carrier_account_id_kind_shape_pk" PRIMARY KEY("merchant_id","carrier_account_id","kind","shape"),
	CONSTRAINT "carrier_file_mappings_kind_known" CHECK ("carrier_file_mappings"."kind" in ('places', 'tracking', 'payout'))
);
--> statement-breakpoint
CREATE TABLE "carrier_sheets" (
	"merchant_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"layout" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "carrier_sheets_merchant_id_carrier_account_id_pk" PRIMARY KEY("merchant_id","carrier_account_id")
);
--> statement-breakpoint
CREATE TABLE "tracking_operation_lines" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"parcel_id" uuid NOT NULL,
	"event_id" uuid,
	"move_event_id" uuid,
	"tracking_number" text collate "C",
	"collected_centimes" bigint,
	"return_received" boolean DEFAULT false NOT NULL,
	"undone_at" timestamp with time zone,
	"kept_because" text,
	CONSTRAINT "tracking_operation_lines_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "tracking_operations" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"undo_asked_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	CONSTRAINT "tracking_operations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "tracking_operations_kind_known" CHECK ("tracking_operations"."kind" in ('hand', 'file', 'driver', 'return'))
);
--> statement-breakpoint
CREATE TABLE "past_stages" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name_fr" text NOT NULL,
	"name_en" text NOT NULL,
	"name_ar" text NOT NULL,
	"colour" text NOT NULL,
	"state" text,
	"deleted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "past_stages_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "past_stages_state_known" CHECK ("past_stages"."state" in ('new', 'unreachable', 'to_confirm', 'confirmed', 'shipped', 'delivered', 'delivery_failed', 'returned', 'cancelled')),
	CONSTRAINT "past_stages_colour_known" CHECK ("past_stages"."colour" in ('green', 'orange', 'yellow', 'blue', 'brown', 'purple', 'emerald', 'red', 'rose', 'grey'))
);
--> statement-breakpoint
ALTER TABLE "tracking_events" DROP CONSTRAINT "tracking_events_source_known";--> statement-breakpoint
DROP INDEX "tracking_events_once";--> statement-breakpoint
ALTER TABLE "carrier_accounts" ADD COLUMN "driver_member_id" uuid;--> statement-breakpoint
ALTER TABLE "carrier_places" ADD COLUMN "refused_fee_centimes" bigint;--> statement-breakpoint
ALTER TABLE "carrier_places" ADD COLUMN "returned_fee_centimes" bigint;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "stage_id" uuid GENERATED ALWAYS AS ((after ->> 'stageId')::uuid) STORED;--> statement-breakpoint
ALTER TABLE "parcels" ADD COLUMN "collected_centimes" bigint;--> statement-breakpoint
ALTER TABLE "parcels" ADD COLUMN "return_received_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tracking_events" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "stages" ADD COLUMN "leaving" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "carrier_file_rows" ADD CONSTRAINT "carrier_file_rows_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_file_rows" ADD CONSTRAINT "carrier_file_rows_merchant_id_file_id_carrier_files_merchant_id_id_fk" FOREIGN KEY ("merchant_id","file_id") REFERENCES "public"."carrier_files"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_file_rows" ADD CONSTRAINT "carrier_file_rows_merchant_id_parcel_id_parcels_merchant_id_id_fk" FOREIGN KEY ("merchant_id","parcel_id") REFERENCES "public"."parcels"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_files" ADD CONSTRAINT "carrier_files_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_files" ADD CONSTRAINT "carrier_files_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_file_mappings" ADD CONSTRAINT "carrier_file_mappings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_file_mappings" ADD CONSTRAINT "carrier_file_mappings_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_sheets" ADD CONSTRAINT "carrier_sheets_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_sheets" ADD CONSTRAINT "carrier_sheets_merchant_id_carrier_account_id_carrier_accounts_merchant_id_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id") REFERENCES "public"."carrier_accounts"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_operation_lines" ADD CONSTRAINT "tracking_operation_lines_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_operation_lines" ADD CONSTRAINT "tracking_operation_lines_merchant_id_operation_id_tracking_operations_merchant_id_id_fk" FOREIGN KEY ("merchant_id","operation_id") REFERENCES "public"."tracking_operations"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_operation_lines" ADD CONSTRAINT "tracking_operation_lines_merchant_id_parcel_id_parcels_merchant_id_id_fk" FOREIGN KEY ("merchant_id","parcel_id") REFERENCES "public"."parcels"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_operations" ADD CONSTRAINT "tracking_operations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "past_stages" ADD CONSTRAINT "past_stages_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "carrier_file_rows_outcome" ON "carrier_file_rows" USING btree ("merchant_id","file_id","outcome","row");--> statement-breakpoint
CREATE INDEX "carrier_file_rows_parcel" ON "carrier_file_rows" USING btree ("merchant_id","parcel_id");--> statement-breakpoint
CREATE INDEX "carrier_files_account" ON "carrier_files" USING btree ("merchant_id","carrier_account_id");--> statement-breakpoint
CREATE INDEX "carrier_files_age" ON "carrier_files" USING btree ("created_at","merchant_id");--> statement-breakpoint
CREATE INDEX "tracking_operation_lines_operation" ON "tracking_operation_lines" USING btree ("merchant_id","operation_id","id");--> statement-breakpoint
CREATE INDEX "tracking_operation_lines_parcel" ON "tracking_operation_lines" USING btree ("merchant_id","parcel_id");--> statement-breakpoint
CREATE INDEX "past_stages_newest" ON "past_stages" USING btree ("merchant_id","deleted_at");--> statement-breakpoint
ALTER TABLE "carrier_accounts" ADD CONSTRAINT "carrier_accounts_merchant_id_driver_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","driver_member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "carrier_accounts_driver" ON "carrier_accounts" USING btree ("merchant_id","driver_member_id");--> statement-breakpoint
CREATE INDEX "events_stage" ON "events" USING btree ("merchant_id","stage_id","order_id") WHERE stage_id is not null;--> statement-breakpoint
CREATE INDEX "tracking_events_parcel" ON "tracking_events" USING btree ("merchant_id","parcel_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tracking_events_once" ON "tracking_events" USING btree ("merchant_id","parcel_id","at","carrier_status") WHERE undone_at is null;--> statement-breakpoint
ALTER TABLE "tracking_events" ADD CONSTRAINT "tracking_events_source_known" CHECK ("tracking_events"."source" in ('webhook', 'poll', 'booking', 'cancel', 'hand', 'file', 'driver'));--> statement-breakpoint
UPDATE "roles" SET "permissions" = "permissions" || '["deliveries.read", "deliveries.edit"]'::jsonb WHERE "key" IN ('owner', 'manager', 'delivery_agent');
