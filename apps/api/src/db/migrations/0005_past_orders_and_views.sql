CREATE TABLE "import_words" (
	"merchant_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	"state" text,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_words_merchant_id_key_pk" PRIMARY KEY("merchant_id","key"),
	CONSTRAINT "import_words_state_known" CHECK ("import_words"."state" in ('unreachable', 'confirmed', 'shipped', 'delivered', 'delivery_failed', 'returned', 'cancelled'))
);
--> statement-breakpoint
ALTER TABLE "import_mappings" DROP CONSTRAINT "import_mappings_kind_known";--> statement-breakpoint
ALTER TABLE "imports" DROP CONSTRAINT "imports_kind_known";--> statement-breakpoint
DROP INDEX "views_of_member";--> statement-breakpoint
DROP INDEX "views_default";--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "order_id" uuid;--> statement-breakpoint
ALTER TABLE "import_rows" ADD COLUMN "order_key" text collate "C";--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "words" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "views" ADD COLUMN "screen" text DEFAULT 'orders' NOT NULL;--> statement-breakpoint
ALTER TABLE "import_words" ADD CONSTRAINT "import_words_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_rows_order" ON "import_rows" USING btree ("merchant_id","import_id","order_key","row") WHERE order_key is not null;--> statement-breakpoint
CREATE INDEX "views_of_member" ON "views" USING btree ("merchant_id","member_id","screen","position","id");--> statement-breakpoint
CREATE UNIQUE INDEX "views_default" ON "views" USING btree ("merchant_id","member_id","screen") WHERE is_default;--> statement-breakpoint
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_kind_known" CHECK ("import_mappings"."kind" in ('customers', 'orders'));--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_kind_known" CHECK ("imports"."kind" in ('customers', 'orders'));--> statement-breakpoint
ALTER TABLE "views" ADD CONSTRAINT "views_screen_known" CHECK ("views"."screen" in ('orders', 'customers'));