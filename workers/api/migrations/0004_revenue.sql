CREATE TABLE `credit_day` (
	`workspace_id` text NOT NULL,
	`day` integer NOT NULL,
	`sold` integer NOT NULL,
	`included` integer NOT NULL,
	`gifted` integer NOT NULL,
	`overage` integer NOT NULL,
	`consumed` integer NOT NULL,
	`expired` integer NOT NULL,
	`clawed_back` integer NOT NULL,
	`owed` integer NOT NULL,
	`outstanding` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `day`)
);
--> statement-breakpoint
CREATE INDEX `credit_day_day` ON `credit_day` (`day`);--> statement-breakpoint
CREATE TABLE `rollup_mark` (
	`workspace_id` text NOT NULL,
	`stream` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `stream`)
);
--> statement-breakpoint
ALTER TABLE `ledger_entry` ADD `source` text;--> statement-breakpoint
ALTER TABLE `ledger_entry` ADD `payment_intent` text;