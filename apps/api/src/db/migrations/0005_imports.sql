CREATE TABLE "import_mappings" (
	"merchant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"shape" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_mappings_merchant_id_kind_shape_pk" PRIMARY KEY("merchant_id","kind","shape"),
	CONSTRAINT "import_mappings_kind_known" CHECK ("import_mappings"."kind" in ('customers'))
);
--> statement-breakpoint
CREATE TABLE "import_rows" (
	"merchant_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"choice" text,
	"outcome" text,
	"reasons" jsonb,
	"done" boolean DEFAULT false NOT NULL,
	"customer_id" uuid,
	"phone" text,
	"email" text collate "C",
	"trace" jsonb,
	"undo" text,
	CONSTRAINT "import_rows_merchant_id_import_id_row_pk" PRIMARY KEY("merchant_id","import_id","row"),
	CONSTRAINT "import_rows_choice_known" CHECK ("import_rows"."choice" in ('skip', 'fill', 'overwrite')),
	CONSTRAINT "import_rows_outcome_known" CHECK ("import_rows"."outcome" in ('created', 'updated', 'unchanged', 'refused')),
	CONSTRAINT "import_rows_undo_known" CHECK ("import_rows"."undo" in ('removed', 'restored', 'kept'))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"status" text NOT NULL,
	"problem" text,
	"sample" jsonb NOT NULL,
	"suggested" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"shape" text NOT NULL,
	"remembered" boolean NOT NULL,
	"duplicates" text NOT NULL,
	"digest" text NOT NULL,
	"kept_rows" integer DEFAULT 0 NOT NULL,
	"carries_out" boolean DEFAULT false NOT NULL,
	"next_row" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"removed" integer DEFAULT 0 NOT NULL,
	"restored" integer DEFAULT 0 NOT NULL,
	"left_alone" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "imports_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "imports_kind_known" CHECK ("imports"."kind" in ('customers')),
	CONSTRAINT "imports_status_known" CHECK ("imports"."status" in ('reading', 'read', 'trying', 'tried', 'running', 'stopped', 'done', 'undoing', 'undone', 'failed')),
	CONSTRAINT "imports_duplicates_known" CHECK ("imports"."duplicates" in ('skip', 'fill', 'overwrite'))
);
--> statement-breakpoint
ALTER TABLE "import_mappings" ADD CONSTRAINT "import_mappings_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_merchant_id_import_id_imports_merchant_id_id_fk" FOREIGN KEY ("merchant_id","import_id") REFERENCES "public"."imports"("merchant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_rows_outcome" ON "import_rows" USING btree ("merchant_id","import_id","outcome","row");--> statement-breakpoint
CREATE INDEX "import_rows_phone" ON "import_rows" USING btree ("merchant_id","import_id","phone","row") WHERE phone is not null;--> statement-breakpoint
CREATE INDEX "import_rows_email" ON "import_rows" USING btree ("merchant_id","import_id","email","row") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "imports_created" ON "imports" USING btree ("merchant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "imports_digest" ON "imports" USING btree ("merchant_id","digest","created_at");--> statement-breakpoint
CREATE INDEX "imports_age" ON "imports" USING btree ("created_at","merchant_id");