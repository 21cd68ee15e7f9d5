CREATE TABLE `cursor` (
	`name` text PRIMARY KEY NOT NULL,
	`position` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reconciliation_report` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`expected` text NOT NULL,
	`found` text NOT NULL,
	`repaired` integer NOT NULL,
	`at` integer NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `reconciliation_report_workspace` ON `reconciliation_report` (`workspace_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `reconciliation_report_open` ON `reconciliation_report` (`workspace_id`,`kind`,`subject`) WHERE repaired = 0;