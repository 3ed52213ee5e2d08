ALTER TABLE "order_duplicates" ADD COLUMN "fate" text;--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD COLUMN "decided_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "merchants" ADD COLUMN "merges_identical" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "delivery" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD CONSTRAINT "order_duplicates_fate_known" CHECK ("order_duplicates"."fate" in ('kept', 'cancelled', 'both_real'));