CREATE TABLE "bulk_operations" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"action" text NOT NULL,
	"params" jsonb NOT NULL,
	"dry_run" boolean NOT NULL,
	"undoes_id" uuid,
	"undone_by_id" uuid,
	"status" text NOT NULL,
	"problem" text,
	"row_count" integer NOT NULL,
	"next_position" integer DEFAULT 1 NOT NULL,
	"done_count" integer DEFAULT 0 NOT NULL,
	"refused_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "bulk_operations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "bulk_operations_action_known" CHECK ("bulk_operations"."action" in ('move', 'assign', 'tag', 'ship')),
	CONSTRAINT "bulk_operations_status_known" CHECK ("bulk_operations"."status" in ('running', 'stopping', 'stopped', 'done'))
);
--> statement-breakpoint
CREATE TABLE "bulk_rows" (
	"merchant_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"version" integer,
	"outcome" text NOT NULL,
	"code" text,
	"params" jsonb,
	"kept" jsonb,
	CONSTRAINT "bulk_rows_merchant_id_operation_id_position_pk" PRIMARY KEY("merchant_id","operation_id","position"),
	CONSTRAINT "bulk_rows_outcome_known" CHECK ("bulk_rows"."outcome" in ('pending', 'done', 'refused'))
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"filter" jsonb NOT NULL,
	"columns" jsonb NOT NULL,
	"format" text NOT NULL,
	"language" text NOT NULL,
	"status" text NOT NULL,
	"row_count" integer DEFAULT 0 NOT NULL,
	"bytes" bigint,
	"rights" text,
	"problem" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "exports_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "exports_format_known" CHECK ("exports"."format" in ('csv', 'xlsx')),
	CONSTRAINT "exports_status_known" CHECK ("exports"."status" in ('running', 'ready', 'failed', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "views" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"filter" jsonb NOT NULL,
	"columns" jsonb,
	"sort" text NOT NULL,
	"density" text,
	"is_default" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "views_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
ALTER TABLE "bulk_operations" ADD CONSTRAINT "bulk_operations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_operations" ADD CONSTRAINT "bulk_operations_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_merchant_id_operation_id_bulk_operations_merchant_id_id_fk" FOREIGN KEY ("merchant_id","operation_id") REFERENCES "public"."bulk_operations"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_operations_created" ON "bulk_operations" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "bulk_operations_member" ON "bulk_operations" USING btree ("merchant_id","member_id","created_at","id");--> statement-breakpoint
CREATE INDEX "exports_of_member" ON "exports" USING btree ("merchant_id","member_id","created_at");--> statement-breakpoint
CREATE INDEX "exports_expiry" ON "exports" USING btree ("merchant_id","expires_at");--> statement-breakpoint
CREATE INDEX "views_of_member" ON "views" USING btree ("merchant_id","member_id","position","id");--> statement-breakpoint
CREATE UNIQUE INDEX "views_default" ON "views" USING btree ("merchant_id","member_id") WHERE is_default;
--> statement-breakpoint
UPDATE "roles" SET "permissions" = "permissions" || '["orders.export"]'::jsonb WHERE "key" IN ('owner', 'manager') AND NOT "permissions" ? 'orders.export';
