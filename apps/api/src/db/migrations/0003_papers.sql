CREATE TABLE "papers" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"size" text NOT NULL,
	"language" text NOT NULL,
	"subject" text NOT NULL,
	"subject_ids" jsonb NOT NULL,
	"status" text NOT NULL,
	"done_count" integer DEFAULT 0 NOT NULL,
	"printed_count" integer DEFAULT 0 NOT NULL,
	"left_out" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"pages" integer,
	"bytes" bigint,
	"rights" text,
	"problem" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "papers_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "papers_kind_known" CHECK ("papers"."kind" in ('label', 'slip', 'picking')),
	CONSTRAINT "papers_size_known" CHECK ("papers"."size" in ('100x150', 'a4')),
	CONSTRAINT "papers_subject_known" CHECK ("papers"."subject" in ('order', 'parcel')),
	CONSTRAINT "papers_status_known" CHECK ("papers"."status" in ('running', 'ready', 'failed', 'cancelled', 'expired'))
);
--> statement-breakpoint
ALTER TABLE "label_sheets" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "parcels" ADD COLUMN "label_printed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "parcels" ADD COLUMN "label_printed_by" uuid;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_merchant_id_member_id_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","member_id") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "papers_of_member" ON "papers" USING btree ("merchant_id","member_id","created_at");--> statement-breakpoint
CREATE INDEX "papers_age" ON "papers" USING btree ("created_at","merchant_id");