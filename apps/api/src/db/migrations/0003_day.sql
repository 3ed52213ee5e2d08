CREATE TABLE "onboardings" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"skipped" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"put_away_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "samples" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"wanted" integer NOT NULL,
	"made" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "samples_status_known" CHECK ("samples"."status" in ('none', 'adding', 'there', 'removing'))
);
--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "is_sample" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "is_sample" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customers_sample" ON "customers" USING btree ("merchant_id","id") WHERE is_sample;--> statement-breakpoint
CREATE INDEX "orders_first_confirmed" ON "orders" USING btree ("merchant_id","first_confirmed_at","id") WHERE first_confirmed_at is not null;--> statement-breakpoint
CREATE INDEX "orders_first_shipped" ON "orders" USING btree ("merchant_id","first_shipped_at","id") WHERE first_shipped_at is not null;--> statement-breakpoint
CREATE INDEX "orders_first_delivered" ON "orders" USING btree ("merchant_id","first_delivered_at","id") WHERE first_delivered_at is not null;--> statement-breakpoint
CREATE INDEX "orders_sample" ON "orders" USING btree ("merchant_id","created_at","id") WHERE is_sample;