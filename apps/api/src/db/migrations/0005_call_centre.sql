CREATE TABLE "answer_counts" (
	"merchant_id" uuid NOT NULL,
	"city_id" text NOT NULL,
	"weekday" smallint NOT NULL,
	"hour" smallint NOT NULL,
	"tried" integer NOT NULL,
	"answered" integer NOT NULL,
	CONSTRAINT "answer_counts_merchant_id_city_id_weekday_hour_pk" PRIMARY KEY("merchant_id","city_id","weekday","hour")
);
--> statement-breakpoint
CREATE TABLE "pbx_calls" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"call_id" text collate "C" NOT NULL,
	"customer_id" uuid,
	"member_id" uuid,
	"status" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"heard_at" timestamp with time zone NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone,
	CONSTRAINT "pbx_calls_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "pbx_calls_status_known" CHECK ("pbx_calls"."status" in ('started', 'answered', 'ended'))
);
--> statement-breakpoint
CREATE TABLE "pbx_hooks" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"secret" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_event_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "inbound" DROP CONSTRAINT "inbound_connection_kind_known";--> statement-breakpoint
ALTER TABLE "call_attempts" ADD COLUMN "because" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "first_price_centimes" bigint;--> statement-breakpoint
ALTER TABLE "answer_counts" ADD CONSTRAINT "answer_counts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pbx_calls" ADD CONSTRAINT "pbx_calls_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pbx_calls" ADD CONSTRAINT "pbx_calls_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pbx_calls" ADD CONSTRAINT "pbx_calls_merchant_id_opened_by_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","opened_by") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pbx_hooks" ADD CONSTRAINT "pbx_hooks_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "pbx_calls_call" ON "pbx_calls" USING btree ("merchant_id","call_id");--> statement-breakpoint
CREATE INDEX "pbx_calls_live" ON "pbx_calls" USING btree ("merchant_id","heard_at") WHERE ended_at is null and opened_at is null;--> statement-breakpoint
CREATE INDEX "pbx_calls_member" ON "pbx_calls" USING btree ("merchant_id","member_id");--> statement-breakpoint
CREATE INDEX "pbx_calls_opened_by" ON "pbx_calls" USING btree ("merchant_id","opened_by");--> statement-breakpoint
CREATE INDEX "pbx_hooks_by_id" ON "pbx_hooks" USING btree ("id","merchant_id");--> statement-breakpoint
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_connection_kind_known" CHECK ("inbound"."connection_kind" in ('store', 'carrier_account', 'whatsapp_number', 'pbx'));