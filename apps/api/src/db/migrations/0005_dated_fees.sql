CREATE TABLE "carrier_fees" (
	"merchant_id" uuid NOT NULL,
	"carrier_account_id" uuid NOT NULL,
	"place_id" text NOT NULL,
	"valid_from" date NOT NULL,
	"delivered_fee_centimes" bigint,
	"refused_fee_centimes" bigint,
	"returned_fee_centimes" bigint,
	"loaded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "carrier_fees_merchant_id_carrier_account_id_place_id_valid_from_pk" PRIMARY KEY("merchant_id","carrier_account_id","place_id","valid_from")
);
--> statement-breakpoint
ALTER TABLE "carrier_places" ADD COLUMN "fees_from" date;--> statement-breakpoint
ALTER TABLE "carrier_fees" ADD CONSTRAINT "carrier_fees_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "carrier_fees" ADD CONSTRAINT "carrier_fees_merchant_id_carrier_account_id_place_id_carrier_places_merchant_id_carrier_account_id_place_id_fk" FOREIGN KEY ("merchant_id","carrier_account_id","place_id") REFERENCES "public"."carrier_places"("merchant_id","carrier_account_id","place_id") ON DELETE no action ON UPDATE no action;