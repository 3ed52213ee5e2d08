CREATE TABLE "inbound" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"connection_kind" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"delivery_key" text collate "C" NOT NULL,
	"kind" text NOT NULL,
	"topic" text NOT NULL,
	"trust" text NOT NULL,
	"subject" text collate "C",
	"subject_version" text collate "C",
	"sent_at" timestamp with time zone,
	"size_bytes" integer NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"processed_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"outcome" text,
	"order_id" uuid,
	CONSTRAINT "inbound_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "inbound_connection_kind_known" CHECK ("inbound"."connection_kind" in ('store', 'carrier_account')),
	CONSTRAINT "inbound_kind_known" CHECK ("inbound"."kind" in ('hook', 'poll')),
	CONSTRAINT "inbound_trust_known" CHECK ("inbound"."trust" in ('signed', 'unsigned'))
);
--> statement-breakpoint
CREATE TABLE "inbound_bodies" (
	"merchant_id" uuid NOT NULL,
	"inbound_id" uuid NOT NULL,
	"body" "bytea" NOT NULL,
	CONSTRAINT "inbound_bodies_merchant_id_inbound_id_pk" PRIMARY KEY("merchant_id","inbound_id")
);
--> statement-breakpoint
CREATE TABLE "customer_keys" (
	"merchant_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"key" "bytea" NOT NULL,
	CONSTRAINT "customer_keys_merchant_id_customer_id_pk" PRIMARY KEY("merchant_id","customer_id")
);
--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"job" text NOT NULL,
	"payload" jsonb NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"attempts" integer NOT NULL,
	"subject_kind" text,
	"subject_id" uuid,
	"failed_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_as" text,
	CONSTRAINT "dead_letters_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"merchant_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"order_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"data" jsonb,
	"undoable" boolean DEFAULT false NOT NULL,
	"origin" jsonb,
	CONSTRAINT "events_merchant_id_sequence_pk" PRIMARY KEY("merchant_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "idempotency_answers" (
	"merchant_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"status" integer NOT NULL,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_answers_merchant_id_actor_id_key_pk" PRIMARY KEY("merchant_id","actor_id","key")
);
--> statement-breakpoint
CREATE TABLE "merchant_counters" (
	"merchant_id" uuid PRIMARY KEY NOT NULL,
	"event_sequence" bigint DEFAULT 0 NOT NULL,
	"order_number" bigint DEFAULT 10000 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_values" (
	"merchant_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "sealed_values_merchant_id_event_id_pk" PRIMARY KEY("merchant_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role_id" uuid NOT NULL,
	"full_name" text NOT NULL,
	"email" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"disabled_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "members_merchant_id_id_pk" PRIMARY KEY("merchant_id","id")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" text,
	"name" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"scope" jsonb NOT NULL,
	"masks" jsonb NOT NULL,
	"move_into" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "roles_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "roles_key_known" CHECK ("roles"."key" in ('owner', 'manager', 'confirmation_agent', 'delivery_agent', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "merchants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"country" text NOT NULL,
	"language" text NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "password_resets" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rate_counters" (
	"key" text NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "rate_counters_key_window_start_pk" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"merchant_id" uuid,
	"remembered" boolean NOT NULL,
	"user_agent" text NOT NULL,
	"address" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "sign_ups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"password_hash" text NOT NULL,
	"full_name" text NOT NULL,
	"merchant_name" text NOT NULL,
	"language" text NOT NULL,
	"country" text NOT NULL,
	"code_hash" "bytea" NOT NULL,
	"tries_left" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"full_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"language" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_heartbeats" (
	"id" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"worker_ids" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stores" (
	"merchant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"platform" text NOT NULL,
	"name" text NOT NULL,
	"shop" text,
	"status" text NOT NULL,
	"unsigned" boolean DEFAULT false NOT NULL,
	"settings" jsonb NOT NULL,
	"problem" text,
	"credentials" "bytea",
	"consent_hash" "bytea",
	"consent_until" timestamp with time zone,
	"refreshing_until" timestamp with time zone,
	"connected_at" timestamp with time zone,
	"last_event_at" timestamp with time zone,
	"last_checked_at" timestamp with time zone,
	"last_missed_at" timestamp with time zone,
	"failed_checks" integer DEFAULT 0 NOT NULL,
	"read_until" timestamp with time zone,
	"subscribed_at" timestamp with time zone,
	"erase_after" timestamp with time zone,
	"erased_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "stores_merchant_id_id_pk" PRIMARY KEY("merchant_id","id"),
	CONSTRAINT "stores_platform_known" CHECK ("stores"."platform" in ('shopify', 'youcan', 'woocommerce', 'lightfunnels', 'generic', 'manual')),
	CONSTRAINT "stores_status_known" CHECK ("stores"."status" in ('connecting', 'connected', 'webhook_only', 'reconnect', 'uninstalled', 'disconnected')),
	CONSTRAINT "stores_problem_known" CHECK ("stores"."problem" in ('credentials_refused', 'oauth_refused', 'scope_missing', 'shop_unreachable', 'api_version_retired'))
);
--> statement-breakpoint
ALTER TABLE "inbound" ADD CONSTRAINT "inbound_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_bodies" ADD CONSTRAINT "inbound_bodies_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_bodies" ADD CONSTRAINT "inbound_bodies_merchant_id_inbound_id_inbound_merchant_id_id_fk" FOREIGN KEY ("merchant_id","inbound_id") REFERENCES "public"."inbound"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_keys" ADD CONSTRAINT "customer_keys_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dead_letters" ADD CONSTRAINT "dead_letters_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_answers" ADD CONSTRAINT "idempotency_answers_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "merchant_counters" ADD CONSTRAINT "merchant_counters_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_values" ADD CONSTRAINT "sealed_values_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_merchant_id_role_id_roles_merchant_id_id_fk" FOREIGN KEY ("merchant_id","role_id") REFERENCES "public"."roles"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_merchant_id_invited_by_members_merchant_id_id_fk" FOREIGN KEY ("merchant_id","invited_by") REFERENCES "public"."members"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_merchant_id_role_id_roles_merchant_id_id_fk" FOREIGN KEY ("merchant_id","role_id") REFERENCES "public"."roles"("merchant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_resets" ADD CONSTRAINT "password_resets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stores" ADD CONSTRAINT "stores_merchant_id_merchants_id_fk" FOREIGN KEY ("merchant_id") REFERENCES "public"."merchants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "inbound_delivery" ON "inbound" USING btree ("merchant_id","connection_id","delivery_key");--> statement-breakpoint
CREATE INDEX "inbound_connection" ON "inbound" USING btree ("merchant_id","connection_id","received_at","id");--> statement-breakpoint
CREATE INDEX "inbound_received" ON "inbound" USING btree ("merchant_id","received_at","id");--> statement-breakpoint
CREATE INDEX "inbound_subject" ON "inbound" USING btree ("merchant_id","connection_id","subject");--> statement-breakpoint
CREATE INDEX "inbound_order" ON "inbound" USING btree ("merchant_id","order_id");--> statement-breakpoint
CREATE INDEX "inbound_pending" ON "inbound" USING btree ("received_at") WHERE ("inbound"."processed_at" is null and "inbound"."failed_at" is null);--> statement-breakpoint
CREATE INDEX "dead_letters_open" ON "dead_letters" USING btree ("merchant_id","settled_at","failed_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "events_id" ON "events" USING btree ("merchant_id","id");--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" USING btree ("merchant_id","subject_kind","subject_id","sequence");--> statement-breakpoint
CREATE INDEX "events_order" ON "events" USING btree ("merchant_id","order_id","sequence");--> statement-breakpoint
CREATE INDEX "events_type" ON "events" USING btree ("merchant_id","type","sequence");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" USING btree ("merchant_id","actor_id","sequence");--> statement-breakpoint
CREATE INDEX "idempotency_answers_age" ON "idempotency_answers" USING btree ("merchant_id","created_at");--> statement-breakpoint
CREATE INDEX "sealed_values_customer" ON "sealed_values" USING btree ("merchant_id","customer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("merchant_id","token_hash");--> statement-breakpoint
CREATE INDEX "invitations_by_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "invitations_role" ON "invitations" USING btree ("merchant_id","role_id");--> statement-breakpoint
CREATE INDEX "invitations_inviter" ON "invitations" USING btree ("merchant_id","invited_by");--> statement-breakpoint
CREATE UNIQUE INDEX "members_user" ON "members" USING btree ("merchant_id","user_id");--> statement-breakpoint
CREATE INDEX "members_of_user" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "members_role" ON "members" USING btree ("merchant_id","role_id");--> statement-breakpoint
CREATE UNIQUE INDEX "roles_key" ON "roles" USING btree ("merchant_id","key");--> statement-breakpoint
CREATE INDEX "password_resets_user" ON "password_resets" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_session" ON "refresh_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_merchant" ON "sessions" USING btree ("merchant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "stores_shop" ON "stores" USING btree ("merchant_id","platform","shop");--> statement-breakpoint
CREATE INDEX "stores_by_id" ON "stores" USING btree ("id","merchant_id");--> statement-breakpoint
CREATE INDEX "stores_by_shop" ON "stores" USING btree ("platform","shop","merchant_id");--> statement-breakpoint
CREATE INDEX "stores_by_status" ON "stores" USING btree ("status","merchant_id","id");