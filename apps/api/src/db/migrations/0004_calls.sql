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
CREATE TABLE "call_attempts" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"lease_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"duration_seconds" integer,
	"answers" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"set_aside" text,
	"reached" boolean NOT NULL,
	"event_id" uuid NOT NULL,
	CONSTRAINT "call_attempts_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "call_attempts_outcome_known" CHECK ("call_attempts"."outcome" in ('confirmed', 'no_answer', 'busy', 'callback', 'wrong_number', 'cancelled', 'duplicate', 'thinking')),
	CONSTRAINT "call_attempts_set_aside_known" CHECK ("call_attempts"."set_aside" in ('taken_over', 'order_moved'))
);
--> statement-breakpoint
CREATE TABLE "call_claims" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"order_id" uuid,
	"way" text NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "call_claims_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "call_claims_way_known" CHECK ("call_claims"."way" in ('next', 'order', 'phone', 'take_over'))
);
--> statement-breakpoint
CREATE TABLE "call_leases" (
	"merchant_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"order_id" uuid,
	"way" text NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"dialled_at" timestamp with time zone,
	CONSTRAINT "call_leases_merchant_id_customer_id_pk" PRIMARY KEY("merchant_id","customer_id"),
	CONSTRAINT "call_leases_way_known" CHECK ("call_leases"."way" in ('next', 'order', 'phone', 'take_over'))
);
--> statement-breakpoint
CREATE TABLE "call_pauses" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "call_pauses_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "call_pauses_reason_known" CHECK ("call_pauses"."reason" in ('break', 'meal', 'prayer', 'meeting', 'training', 'end_of_shift'))
);
--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "attempt_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "next_attempt_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_kind" text DEFAULT 'new' NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_rank" smallint GENERATED ALWAYS AS (case call_kind when 'said_yes' then 0 when 'callback' then 1 when 'check' then 2 when 'new' then 3 when 'retry' then 4 end) STORED;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_sort" timestamp with time zone GENERATED ALWAYS AS (case when call_kind = 'new' then coalesce(late_at, 'infinity'::timestamptz)
        else coalesce(next_attempt_at, state_since) end) STORED;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_member_id" uuid;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "call_at" timestamp with time zone GENERATED ALWAYS AS (case when phone is null or ended_at is not null or to_complete @> '["test_order"]'::jsonb
          or to_complete @> '["phone_wrong"]'::jsonb then null
        when state in ('new', 'to_confirm') then coalesce(next_attempt_at, state_since)
        when state = 'unreachable' then next_attempt_at end) STORED;--> statement-breakpoint
ALTER TABLE "call_scripts" ADD CONSTRAINT "call_scripts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_scripts" ADD CONSTRAINT "call_scripts_merchant_id_product_id_products_merchant_id_id_fk" FOREIGN KEY ("merchant_id","product_id") REFERENCES "public"."products"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_settings" ADD CONSTRAINT "call_settings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_attempts" ADD CONSTRAINT "call_attempts_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_attempts" ADD CONSTRAINT "call_attempts_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_claims" ADD CONSTRAINT "call_claims_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_claims" ADD CONSTRAINT "call_claims_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_leases" ADD CONSTRAINT "call_leases_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_leases" ADD CONSTRAINT "call_leases_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_pauses" ADD CONSTRAINT "call_pauses_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_pauses" ADD CONSTRAINT "call_pauses_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "call_scripts_product" ON "call_scripts" USING btree ("merchant_id","product_id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_scripts_of_product" ON "call_scripts" USING btree ("merchant_id","product_id","tongue") WHERE product_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "call_scripts_of_all" ON "call_scripts" USING btree ("merchant_id","tongue") WHERE product_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "call_attempts_lease" ON "call_attempts" USING btree ("merchant_id","lease_id","order_id");--> statement-breakpoint
CREATE INDEX "call_attempts_order" ON "call_attempts" USING btree ("merchant_id","order_id","at");--> statement-breakpoint
CREATE INDEX "call_attempts_customer" ON "call_attempts" USING btree ("merchant_id","customer_id","at");--> statement-breakpoint
CREATE INDEX "call_attempts_member" ON "call_attempts" USING btree ("merchant_id","member_id","at");--> statement-breakpoint
CREATE INDEX "call_attempts_at" ON "call_attempts" USING btree ("merchant_id","at");--> statement-breakpoint
CREATE INDEX "call_claims_customer" ON "call_claims" USING btree ("merchant_id","customer_id","claimed_at");--> statement-breakpoint
CREATE INDEX "call_claims_member" ON "call_claims" USING btree ("merchant_id","member_id","claimed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "call_leases_member" ON "call_leases" USING btree ("merchant_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_leases_id" ON "call_leases" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "call_pauses_open" ON "call_pauses" USING btree ("merchant_id","member_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "call_pauses_member" ON "call_pauses" USING btree ("merchant_id","member_id","started_at");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_merchant_id_call_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","call_member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "orders_calls" ON "orders" USING btree ("merchant_id","call_rank","call_sort","call_at","id") WHERE call_at is not null;--> statement-breakpoint
CREATE INDEX "orders_call_member" ON "orders" USING btree ("merchant_id","call_member_id") WHERE call_member_id is not null;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_call_kind_known" CHECK ("orders"."call_kind" in ('said_yes', 'callback', 'check', 'new', 'retry'));