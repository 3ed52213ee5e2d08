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
ALTER TABLE "order_lines" ADD COLUMN "shop_product_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "city_key" text collate "C";--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "city_spelling_id" uuid;--> statement-breakpoint
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
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_merchant_id_variant_id_variants_merchant_id_id_fk" FOREIGN KEY ("merchant_id","variant_id") REFERENCES "public"."variants"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_merchant_id_shop_product_id_shop_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","shop_product_id") REFERENCES "public"."shop_products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_city_spelling_id_city_spellings_merchant_id_id_fk" FOREIGN KEY ("merchant_id","city_spelling_id") REFERENCES "public"."city_spellings"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_lines_variant" ON "order_lines" USING btree ("merchant_id","variant_id") WHERE variant_id is not null;--> statement-breakpoint
CREATE INDEX "order_lines_shop_product" ON "order_lines" USING btree ("merchant_id","shop_product_id","id") WHERE shop_product_id is not null;--> statement-breakpoint
CREATE INDEX "orders_city_key" ON "orders" USING btree ("merchant_id","city_key","id") WHERE city_key is not null;--> statement-breakpoint
CREATE INDEX "orders_city_spelling" ON "orders" USING btree ("merchant_id","city_spelling_id","id") WHERE city_spelling_id is not null;