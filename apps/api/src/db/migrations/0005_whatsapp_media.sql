CREATE TABLE "whatsapp_media" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"problem" text,
	"number_id" uuid,
	"meta_id" text,
	"type" text,
	"file_name" text,
	"size" integer,
	"bytes" "bytea",
	"name" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "whatsapp_media_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "whatsapp_media_kind_known" CHECK ("whatsapp_media"."kind" in ('image', 'audio', 'video', 'document', 'sticker')),
	CONSTRAINT "whatsapp_media_status_known" CHECK ("whatsapp_media"."status" in ('waiting', 'kept', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "media_id" uuid;--> statement-breakpoint
ALTER TABLE "whatsapp_media" ADD CONSTRAINT "whatsapp_media_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whatsapp_media" ADD CONSTRAINT "whatsapp_media_merchant_id_number_id_whatsapp_numbers_merchant_id_id_fk" FOREIGN KEY ("merchant_id","number_id") REFERENCES "public"."whatsapp_numbers"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "whatsapp_media_named" ON "whatsapp_media" USING btree ("merchant_id","name","id") WHERE "whatsapp_media"."name" is not null;--> statement-breakpoint
CREATE INDEX "whatsapp_media_number" ON "whatsapp_media" USING btree ("merchant_id","number_id");--> statement-breakpoint
CREATE INDEX "whatsapp_media_uploaded" ON "whatsapp_media" USING btree ("merchant_id","created_at") WHERE number_id is null and name is null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_merchant_id_media_id_whatsapp_media_merchant_id_id_fk" FOREIGN KEY ("merchant_id","media_id") REFERENCES "public"."whatsapp_media"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversations_number" ON "conversations" USING btree ("merchant_id","number_id","last_at","id");--> statement-breakpoint
CREATE INDEX "messages_media" ON "messages" USING btree ("merchant_id","media_id") WHERE "messages"."media_id" is not null;