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
ALTER TABLE "orders" ADD COLUMN "risk_level" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "risk_score" integer;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "risk_reasons" jsonb;--> statement-breakpoint
ALTER TABLE "risk_rates" ADD CONSTRAINT "risk_rates_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_settings" ADD CONSTRAINT "risk_settings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_trials" ADD CONSTRAINT "risk_trials_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "orders_risk" ON "orders" USING btree ("merchant_id","risk_level","created_at","id") WHERE risk_level is not null;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_risk_known" CHECK ("orders"."risk_level" in ('low', 'medium', 'high'));