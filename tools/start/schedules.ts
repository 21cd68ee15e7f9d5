/**
 * The schedules of the API Worker, which the local runtime does not keep by itself: webhooks that were on their way when
 * the product was stopped go on, and so does what billing has left to do.
 */
const SCHEDULES = [
  { cron: '* * * * *', minutes: 1 },
  { cron: '*/15 * * * *', minutes: 15 },
];
const TIMEOUT = 30_000;

/** Runs each schedule now and from then on; `failed` is told of what did not work. */
export function keepSchedules(api: string, failed: (line: string) => void): void {
  const run = async (cron: string): Promise<void> => {
    try {
      const url = `${api}/cdn-cgi/local/scheduled?${new URLSearchParams({ cron })}`;
      const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
      if (!response.ok) failed(`schedule ${cron} answered ${response.status}`);
    } catch (error) {
      failed(`schedule ${cron}: ${String(error)}`);
    }
  };
  for (const { cron, minutes } of SCHEDULES) {
    void run(cron);
    setInterval(() => void run(cron), minutes * 60_000);
  }
}
