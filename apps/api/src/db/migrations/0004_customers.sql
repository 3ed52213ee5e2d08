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
	"order_ids" jsonb NOT NULL,
	"customer_ids" jsonb NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"terms" jsonb NOT NULL,
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
ALTER TABLE "orders" ADD COLUMN "block_mode" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "blocked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customer_blocks" ADD CONSTRAINT "customer_blocks_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_blocks" ADD CONSTRAINT "customer_blocks_merchant_id_customer_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","customer_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_merchant_id_kept_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","kept_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_merchant_id_merged_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","merged_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_merges" ADD CONSTRAINT "customer_merges_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_tags" ADD CONSTRAINT "customer_tags_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_tags" ADD CONSTRAINT "customer_tags_merchant_id_customer_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","customer_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customer_blocks_customer" ON "customer_blocks" USING btree ("merchant_id","customer_id","blocked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "customer_blocks_standing" ON "customer_blocks" USING btree ("merchant_id","customer_id") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "customer_merges_kept" ON "customer_merges" USING btree ("merchant_id","kept_id","merged_at");--> statement-breakpoint
CREATE INDEX "customer_merges_merged" ON "customer_merges" USING btree ("merchant_id","merged_id","merged_at");--> statement-breakpoint
CREATE INDEX "customer_merges_member" ON "customer_merges" USING btree ("merchant_id","member_id");--> statement-breakpoint
CREATE INDEX "customer_tags_customer" ON "customer_tags" USING btree ("merchant_id","customer_id");--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_merchant_id_merged_into_id_customers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","merged_into_id") REFERENCES "public"."customers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("merchant_id","email") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "customers_active" ON "customers" USING btree ("merchant_id","active_at","id");--> statement-breakpoint
CREATE INDEX "customers_city" ON "customers" USING btree ("merchant_id","city_id","active_at","id");--> statement-breakpoint
CREATE INDEX "customers_orders" ON "customers" USING btree ("merchant_id","orders_count","id");--> statement-breakpoint
CREATE INDEX "customers_delivered" ON "customers" USING btree ("merchant_id","delivered_permille","id");--> statement-breakpoint
CREATE INDEX "customers_returned" ON "customers" USING btree ("merchant_id","returned_permille","id");--> statement-breakpoint
CREATE INDEX "customers_blocked" ON "customers" USING btree ("merchant_id","active_at","id") WHERE block_mode is not null;--> statement-breakpoint
CREATE INDEX "customers_merged" ON "customers" USING btree ("merchant_id","merged_into_id");--> statement-breakpoint
CREATE INDEX "orders_blocked" ON "orders" USING btree ("merchant_id","created_at","id") WHERE block_mode is not null;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_block_known" CHECK ("customers"."block_mode" in ('cod', 'all'));--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_block_known" CHECK ("orders"."block_mode" in ('cod', 'all'));