CREATE TABLE `usage_day` (
	`workspace_id` text NOT NULL,
	`dimension` text NOT NULL,
	`day` integer NOT NULL,
	`value` text NOT NULL,
	`runs` integer NOT NULL,
	`succeeded` integer NOT NULL,
	`failed` integer NOT NULL,
	`cancelled` integer NOT NULL,
	`input_tokens` integer NOT NULL,
	`cached_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	`cost` integer NOT NULL,
	`latency` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `dimension`, `day`, `value`)
);
