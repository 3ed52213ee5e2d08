CREATE TABLE "call_scripts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid,
	"tongue" text NOT NULL,
	"text" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_scripts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "call_scripts_tongue_known" CHECK ("call_scripts"."tongue" in ('fr', 'darija_arabic', 'darija_latin'))
);
--> statement-breakpoint
CREATE TABLE "call_settings" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "call_scripts" ADD CONSTRAINT "call_scripts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_scripts" ADD CONSTRAINT "call_scripts_merchant_id_product_id_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","product_id") REFERENCES "public"."products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_settings" ADD CONSTRAINT "call_settings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_scripts_product" ON "call_scripts" USING btree ("merchant_id","product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_scripts_of_product" ON "call_scripts" USING btree ("merchant_id","product_id","tongue") WHERE product_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "call_scripts_of_all" ON "call_scripts" USING btree ("merchant_id","tongue") WHERE product_id is null;