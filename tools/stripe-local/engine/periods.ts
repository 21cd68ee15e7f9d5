export type Interval = 'day' | 'week' | 'month' | 'year';

/** `anchor` plus `steps` intervals, in Unix seconds; the 31st becomes the last day of a shorter month. */
export function addIntervals(anchor: number, interval: Interval, steps: number): number {
  if (interval === 'day') return anchor + steps * 86_400;
  if (interval === 'week') return anchor + steps * 7 * 86_400;
  const months = interval === 'year' ? steps * 12 : steps;
  const from = new Date(anchor * 1_000);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const to = Date.UTC(
    year,
    month,
    Math.min(from.getUTCDate(), lastDay),
    from.getUTCHours(),
    from.getUTCMinutes(),
    from.getUTCSeconds(),
  );
  return to / 1_000;
}

/** The first end of a period after `time`, counted from `anchor`, so that months do not drift. */
export function nextEnd(anchor: number, interval: Interval, count: number, time: number): number {
  let steps = 0;
  let end = anchor;
  while (end <= time) end = addIntervals(anchor, interval, ++steps * count);
  return end;
}
