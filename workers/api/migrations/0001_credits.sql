CREATE TABLE `ledger_entry` (
	`workspace_id` text NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`debit` text NOT NULL,
	`credit` text NOT NULL,
	`amount` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `usage_event` (
	`workspace_id` text NOT NULL,
	`seq` integer NOT NULL,
	`run_id` text NOT NULL,
	`flow_id` text NOT NULL,
	`key_id` text NOT NULL,
	`user_id` text,
	`tenant_id` text,
	`agent` text NOT NULL,
	`model` text NOT NULL,
	`input_tokens` integer NOT NULL,
	`cached_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	`cost` integer NOT NULL,
	`latency` integer NOT NULL,
	`outcome` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `seq`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `usage_event_run` ON `usage_event` (`workspace_id`,`run_id`);--> statement-breakpoint
CREATE INDEX `usage_event_at` ON `usage_event` (`workspace_id`,`at`);