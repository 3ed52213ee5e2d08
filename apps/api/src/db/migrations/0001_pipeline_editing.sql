CREATE TABLE "past_stages" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name_fr" text NOT NULL,
	"name_en" text NOT NULL,
	"name_ar" text NOT NULL,
	"colour" text NOT NULL,
	"state" text,
	"deleted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "past_stages_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "past_stages_state_known" CHECK ("past_stages"."state" in ('new', 'unreachable', 'to_confirm', 'confirmed', 'shipped', 'delivered', 'delivery_failed', 'returned', 'cancelled')),
	CONSTRAINT "past_stages_colour_known" CHECK ("past_stages"."colour" in ('green', 'orange', 'yellow', 'blue', 'brown', 'purple', 'emerald', 'red', 'rose', 'grey'))
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "stage_id" uuid GENERATED ALWAYS AS ((after ->> 'stageId')::uuid) STORED;--> statement-breakpoint
ALTER TABLE "stages" ADD COLUMN "leaving" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "past_stages" ADD CONSTRAINT "past_stages_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "past_stages_newest" ON "past_stages" USING btree ("merchant_id","deleted_at");--> statement-breakpoint
CREATE INDEX "events_stage" ON "events" USING btree ("merchant_id","stage_id","order_id") WHERE stage_id is not null;