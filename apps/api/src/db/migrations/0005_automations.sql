CREATE TABLE "automation_runs" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"automation_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"stage_id" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"scheduled_at" timestamp with time zone NOT NULL,
	"message_id" uuid,
	"buttons" jsonb NOT NULL,
	"silence" jsonb,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"replied_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"answers" jsonb NOT NULL,
	"effect" jsonb,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "automation_runs_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "automation_runs_status_known" CHECK ("automation_runs"."status" in ('scheduled', 'sent', 'delivered', 'replied', 'expired', 'cancelled', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "automation_settings" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"version" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "automations" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"number_id" uuid NOT NULL,
	"stage_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"delay_seconds" integer NOT NULL,
	"buttons" jsonb NOT NULL,
	"silence" jsonb,
	"retrigger" boolean NOT NULL,
	"enabled" boolean NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "automations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "message_costs" (
	"merchant_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"order_id" uuid,
	"category" text NOT NULL,
	"micro_dirhams" integer,
	"month" text NOT NULL,
	"settled" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_costs_merchant_id_message_id_pk" PRIMARY KEY("merchant_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "message_spending" (
	"merchant_id" uuid NOT NULL,
	"month" text NOT NULL,
	"micro_dirhams" bigint NOT NULL,
	"warned" integer NOT NULL,
	CONSTRAINT "message_spending_merchant_id_month_pk" PRIMARY KEY("merchant_id","month")
);
--> statement-breakpoint
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_merchant_id_automation_id_automations_merchant_id_id_fk" FOREIGN KEY ("merchant_id","automation_id") REFERENCES "public"."automations"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_runs" ADD CONSTRAINT "automation_runs_merchant_id_message_id_messages_merchant_id_id_fk" FOREIGN KEY ("merchant_id","message_id") REFERENCES "public"."messages"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_settings" ADD CONSTRAINT "automation_settings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automations" ADD CONSTRAINT "automations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automations" ADD CONSTRAINT "automations_merchant_id_number_id_whatsapp_numbers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","number_id") REFERENCES "public"."whatsapp_numbers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automations" ADD CONSTRAINT "automations_merchant_id_template_id_whatsapp_templates_merchant_id_id_fk" FOREIGN KEY ("merchant_id","template_id") REFERENCES "public"."whatsapp_templates"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_costs" ADD CONSTRAINT "message_costs_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_costs" ADD CONSTRAINT "message_costs_merchant_id_message_id_messages_merchant_id_id_fk" FOREIGN KEY ("merchant_id","message_id") REFERENCES "public"."messages"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_costs" ADD CONSTRAINT "message_costs_merchant_id_template_id_whatsapp_templates_merchant_id_id_fk" FOREIGN KEY ("merchant_id","template_id") REFERENCES "public"."whatsapp_templates"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_costs" ADD CONSTRAINT "message_costs_merchant_id_order_id_orders_merchant_id_id_fk" FOREIGN KEY ("merchant_id","order_id") REFERENCES "public"."orders"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_spending" ADD CONSTRAINT "message_spending_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "automation_runs_once" ON "automation_runs" USING btree ("merchant_id","order_id","event_id","automation_id");--> statement-breakpoint
CREATE INDEX "automation_runs_newest" ON "automation_runs" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_runs_status" ON "automation_runs" USING btree ("merchant_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_runs_automation" ON "automation_runs" USING btree ("merchant_id","automation_id","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_runs_order" ON "automation_runs" USING btree ("merchant_id","order_id","created_at","id");--> statement-breakpoint
CREATE INDEX "automation_runs_message" ON "automation_runs" USING btree ("merchant_id","message_id") WHERE "automation_runs"."message_id" is not null;--> statement-breakpoint
CREATE INDEX "automations_listed" ON "automations" USING btree ("merchant_id","created_at","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "automations_number" ON "automations" USING btree ("merchant_id","number_id");--> statement-breakpoint
CREATE INDEX "automations_template" ON "automations" USING btree ("merchant_id","template_id");--> statement-breakpoint
CREATE INDEX "message_costs_month" ON "message_costs" USING btree ("merchant_id","month","template_id");--> statement-breakpoint
CREATE INDEX "message_costs_template" ON "message_costs" USING btree ("merchant_id","template_id");--> statement-breakpoint
CREATE INDEX "message_costs_order" ON "message_costs" USING btree ("merchant_id","order_id") WHERE "message_costs"."order_id" is not null;