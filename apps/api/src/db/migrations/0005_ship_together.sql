CREATE TABLE "parcel_companions" (
	"merchant_id" uuid NOT NULL,
	"parcel_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"cod_amount_centimes" bigint NOT NULL,
	CONSTRAINT "parcel_companions_merchant_id_parcel_id_order_id_pk" PRIMARY KEY("merchant_id","parcel_id","order_id")
);
--> statement-breakpoint
ALTER TABLE "order_duplicates" DROP CONSTRAINT "order_duplicates_fate_known";--> statement-breakpoint
ALTER TABLE "collections" DROP CONSTRAINT "collections_merchant_id_parcel_id_pk";--> statement-breakpoint
ALTER TABLE "collections" ADD CONSTRAINT "collections_merchant_id_parcel_id_order_id_pk" PRIMARY KEY("merchant_id","parcel_id","order_id");--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "ship_with_order_id" uuid;--> statement-breakpoint
ALTER TABLE "tracking_operation_lines" ADD COLUMN "companion_moves" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "parcel_companions" ADD CONSTRAINT "parcel_companions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_companions" ADD CONSTRAINT "parcel_companions_merchant_id_parcel_id_parcels_merchant_id_id_fk" FOREIGN KEY ("merchant_id","parcel_id") REFERENCES "public"."parcels"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parcel_companions" ADD CONSTRAINT "parcel_companions_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "parcel_companions_order" ON "parcel_companions" USING btree ("merchant_id","order_id","parcel_id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_ship_with_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","ship_with_order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "orders_ship_with" ON "orders" USING btree ("merchant_id","ship_with_order_id") WHERE ship_with_order_id is not null;--> statement-breakpoint
ALTER TABLE "collection_operation_lines" DROP COLUMN "entry_id";--> statement-breakpoint
ALTER TABLE "order_duplicates" ADD CONSTRAINT "order_duplicates_fate_known" CHECK ("order_duplicates"."fate" in ('kept', 'cancelled', 'both_real', 'together'));