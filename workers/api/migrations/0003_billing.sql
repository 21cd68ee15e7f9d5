CREATE TABLE `auto_top_up` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`enabled` integer NOT NULL,
	`top_up` text NOT NULL,
	`threshold` integer NOT NULL,
	`monthly_cap` integer NOT NULL,
	`month` text NOT NULL,
	`spent` integer NOT NULL,
	`attempt` integer NOT NULL,
	`in_flight_since` integer,
	`declines` integer NOT NULL,
	`not_before` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `billing_account` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`return_urls` text DEFAULT '[]' NOT NULL,
	`fraud_warning_at` integer,
	`lease_owner` text,
	`lease_until` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `billing_customer` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`deleted_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `billing_customer_workspace` ON `billing_customer` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `billing_notice` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text,
	`kind` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `billing_notice_workspace` ON `billing_notice` (`workspace_id`,`at`);--> statement-breakpoint
CREATE TABLE `billing_subscription` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`subscription_id` text NOT NULL,
	`plan` text NOT NULL,
	`state` text NOT NULL,
	`monthly_cents` integer NOT NULL,
	`period_start` integer NOT NULL,
	`period_end` integer NOT NULL,
	`trial_end` integer,
	`cancel_at` integer,
	`next_plan` text,
	`past_due_since` integer,
	`pending_plan` text,
	`action_url` text
);
--> statement-breakpoint
CREATE INDEX `billing_subscription_past_due` ON `billing_subscription` (`past_due_since`);--> statement-breakpoint
CREATE TABLE `stripe_event` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`payload` text NOT NULL,
	`error` text,
	`received_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `stripe_event_state` ON `stripe_event` (`state`,`received_at`);--> statement-breakpoint
CREATE TABLE `subscription_change` (
	`workspace_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`from_plan` text NOT NULL,
	`to_plan` text NOT NULL,
	`monthly_cents` integer NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `subscription_change_at` ON `subscription_change` (`at`);