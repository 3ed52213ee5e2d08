CREATE TABLE "api_keys" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text collate "C" NOT NULL,
	"hash" "bytea" NOT NULL,
	"role_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_keys_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
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
CREATE TABLE "papers" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"size" text NOT NULL,
	"language" text NOT NULL,
	"subject" text NOT NULL,
	"subject_ids" jsonb NOT NULL,
	"status" text NOT NULL,
	"done_count" integer DEFAULT 0 NOT NULL,
	"printed_count" integer DEFAULT 0 NOT NULL,
	"left_out" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"pages" integer,
	"bytes" bigint,
	"rights" text,
	"problem" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "papers_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "papers_kind_known" CHECK ("papers"."kind" in ('label', 'slip', 'picking')),
	CONSTRAINT "papers_size_known" CHECK ("papers"."size" in ('100x150', 'a4')),
	CONSTRAINT "papers_subject_known" CHECK ("papers"."subject" in ('order', 'parcel')),
	CONSTRAINT "papers_status_known" CHECK ("papers"."status" in ('running', 'ready', 'failed', 'cancelled', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "product_photos" (
	"merchant_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "product_photos_merchant_id_product_id_pk" PRIMARY KEY("merchant_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "product_tags" (
	"merchant_id" uuid NOT NULL,
	"tag" text NOT NULL,
	"product_id" uuid NOT NULL,
	CONSTRAINT "product_tags_merchant_id_tag_product_id_pk" PRIMARY KEY("merchant_id","tag","product_id")
);
--> statement-breakpoint
CREATE TABLE "product_terms" (
	"merchant_id" uuid NOT NULL,
	"term" text collate "C" NOT NULL,
	"product_id" uuid NOT NULL,
	CONSTRAINT "product_terms_merchant_id_term_product_id_pk" PRIMARY KEY("merchant_id","term","product_id")
);
--> statement-breakpoint
CREATE TABLE "products" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"name" text NOT NULL,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"photo_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"archived_at" timestamp with time zone,
	CONSTRAINT "products_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "shop_products" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"store_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"sku" text,
	"name" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"variant_id" uuid,
	"made_product_id" uuid,
	"settled_at" timestamp with time zone,
	CONSTRAINT "shop_products_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "shop_products_status_known" CHECK ("shop_products"."status" in ('open', 'linked', 'ignored'))
);
--> statement-breakpoint
CREATE TABLE "variants" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text,
	"sku" text,
	"sku_key" text collate "C",
	"name_key" text collate "C" NOT NULL,
	"price_centimes" bigint NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "variants_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "city_spellings" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"text" text NOT NULL,
	"city_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"forgotten_at" timestamp with time zone,
	CONSTRAINT "city_spellings_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
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
ALTER TABLE "customers" ADD COLUMN "is_sample" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "shop_product_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "city_key" text collate "C";--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "city_spelling_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "is_sample" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "label_sheets" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "parcels" ADD COLUMN "label_printed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "parcels" ADD COLUMN "label_printed_by" uuid;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_merchant_id_role_id_roles_merchant_id_id_fk" FOREIGN KEY ("merchant_id","role_id") REFERENCES "public"."roles"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_merchant_id_created_by_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","created_by") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_operations" ADD CONSTRAINT "bulk_operations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_operations" ADD CONSTRAINT "bulk_operations_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_rows" ADD CONSTRAINT "bulk_rows_merchant_id_operation_id_bulk_operations_merchant_id_id_fk" FOREIGN KEY ("merchant_id","operation_id") REFERENCES "public"."bulk_operations"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onboardings" ADD CONSTRAINT "onboardings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_photos" ADD CONSTRAINT "product_photos_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_photos" ADD CONSTRAINT "product_photos_merchant_id_product_id_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","product_id") REFERENCES "public"."products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_tags" ADD CONSTRAINT "product_tags_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_tags" ADD CONSTRAINT "product_tags_merchant_id_product_id_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","product_id") REFERENCES "public"."products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_terms" ADD CONSTRAINT "product_terms_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_terms" ADD CONSTRAINT "product_terms_merchant_id_product_id_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","product_id") REFERENCES "public"."products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_products" ADD CONSTRAINT "shop_products_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_products" ADD CONSTRAINT "shop_products_merchant_id_store_id_stores_merchant_id_id_fk" FOREIGN KEY ("merchant_id","store_id") REFERENCES "public"."stores"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_products" ADD CONSTRAINT "shop_products_merchant_id_variant_id_variants_merchant_id_id_fk" FOREIGN KEY ("merchant_id","variant_id") REFERENCES "public"."variants"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_products" ADD CONSTRAINT "shop_products_merchant_id_made_product_id_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","made_product_id") REFERENCES "public"."products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_merchant_id_product_id_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","product_id") REFERENCES "public"."products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "city_spellings" ADD CONSTRAINT "city_spellings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_prefix" ON "api_keys" USING btree ("merchant_id","prefix");--> statement-breakpoint
CREATE INDEX "api_keys_by_prefix" ON "api_keys" USING btree ("prefix");--> statement-breakpoint
CREATE INDEX "api_keys_role" ON "api_keys" USING btree ("merchant_id","role_id");--> statement-breakpoint
CREATE INDEX "api_keys_maker" ON "api_keys" USING btree ("merchant_id","created_by");--> statement-breakpoint
CREATE INDEX "bulk_operations_created" ON "bulk_operations" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "bulk_operations_member" ON "bulk_operations" USING btree ("merchant_id","member_id","created_at","id");--> statement-breakpoint
CREATE INDEX "exports_of_member" ON "exports" USING btree ("merchant_id","member_id","created_at");--> statement-breakpoint
CREATE INDEX "exports_expiry" ON "exports" USING btree ("merchant_id","expires_at");--> statement-breakpoint
CREATE INDEX "papers_of_member" ON "papers" USING btree ("merchant_id","member_id","created_at");--> statement-breakpoint
CREATE INDEX "papers_age" ON "papers" USING btree ("created_at","merchant_id");--> statement-breakpoint
CREATE INDEX "product_tags_product" ON "product_tags" USING btree ("merchant_id","product_id");--> statement-breakpoint
CREATE INDEX "product_terms_product" ON "product_terms" USING btree ("merchant_id","product_id");--> statement-breakpoint
CREATE INDEX "products_active" ON "products" USING btree ("merchant_id","id") WHERE archived_at is null;--> statement-breakpoint
CREATE INDEX "products_archived" ON "products" USING btree ("merchant_id","id") WHERE archived_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "shop_products_key" ON "shop_products" USING btree ("merchant_id","store_id","key");--> statement-breakpoint
CREATE INDEX "shop_products_named" ON "shop_products" USING btree ("merchant_id","key");--> statement-breakpoint
CREATE INDEX "shop_products_status" ON "shop_products" USING btree ("merchant_id","status","id");--> statement-breakpoint
CREATE INDEX "shop_products_variant" ON "shop_products" USING btree ("merchant_id","variant_id");--> statement-breakpoint
CREATE INDEX "shop_products_made" ON "shop_products" USING btree ("merchant_id","made_product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "variants_place" ON "variants" USING btree ("merchant_id","product_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "variants_sku" ON "variants" USING btree ("merchant_id","sku_key");--> statement-breakpoint
CREATE INDEX "variants_name" ON "variants" USING btree ("merchant_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "city_spellings_key" ON "city_spellings" USING btree ("merchant_id","key") WHERE forgotten_at is null;--> statement-breakpoint
CREATE INDEX "city_spellings_known" ON "city_spellings" USING btree ("merchant_id","id") WHERE forgotten_at is null;--> statement-breakpoint
CREATE INDEX "views_of_member" ON "views" USING btree ("merchant_id","member_id","position","id");--> statement-breakpoint
CREATE UNIQUE INDEX "views_default" ON "views" USING btree ("merchant_id","member_id") WHERE is_default;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_merchant_id_variant_id_variants_merchant_id_id_fk" FOREIGN KEY ("merchant_id","variant_id") REFERENCES "public"."variants"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_merchant_id_shop_product_id_shop_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","shop_product_id") REFERENCES "public"."shop_products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_city_spelling_id_city_spellings_merchant_id_id_fk" FOREIGN KEY ("merchant_id","city_spelling_id") REFERENCES "public"."city_spellings"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customers_sample" ON "customers" USING btree ("merchant_id","id") WHERE is_sample;--> statement-breakpoint
CREATE INDEX "order_lines_variant" ON "order_lines" USING btree ("merchant_id","variant_id") WHERE variant_id is not null;--> statement-breakpoint
CREATE INDEX "order_lines_shop_product" ON "order_lines" USING btree ("merchant_id","shop_product_id","id") WHERE shop_product_id is not null;--> statement-breakpoint
CREATE INDEX "orders_first_confirmed" ON "orders" USING btree ("merchant_id","first_confirmed_at","id") WHERE first_confirmed_at is not null;--> statement-breakpoint
CREATE INDEX "orders_first_shipped" ON "orders" USING btree ("merchant_id","first_shipped_at","id") WHERE first_shipped_at is not null;--> statement-breakpoint
CREATE INDEX "orders_first_delivered" ON "orders" USING btree ("merchant_id","first_delivered_at","id") WHERE first_delivered_at is not null;--> statement-breakpoint
CREATE INDEX "orders_sample" ON "orders" USING btree ("merchant_id","created_at","id") WHERE is_sample;--> statement-breakpoint
CREATE INDEX "orders_city_key" ON "orders" USING btree ("merchant_id","city_key","id") WHERE city_key is not null;--> statement-breakpoint
CREATE INDEX "orders_city_spelling" ON "orders" USING btree ("merchant_id","city_spelling_id","id") WHERE city_spelling_id is not null;--> statement-breakpoint
UPDATE "roles" SET "permissions" = "permissions" || '["orders.export"]'::jsonb WHERE "key" IN ('owner', 'manager') AND NOT "permissions" ? 'orders.export';
