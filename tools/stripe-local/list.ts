import { invalid, missing } from './errors.ts';

interface Range {
  gt?: number | undefined;
  gte?: number | undefined;
  lt?: number | undefined;
  lte?: number | undefined;
}

interface Page {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?: number | Range | undefined;
}

export interface List<T> {
  object: 'list';
  data: T[];
  has_more: boolean;
  url: string;
}

/** A page of `objects` (oldest first, as stored): newest first, as Stripe lists. */
export function page<T extends { id: string; created?: number }>(
  url: string,
  objects: T[],
  { limit = 10, starting_after, ending_before, created }: Page,
): List<T> {
  const newest = objects.filter((object) => within(object.created, created)).toReversed();
  return cut(url, newest, { limit, starting_after, ending_before });
}

/** A page of a list that has an order of its own, such as the lines of an invoice. */
export function cut<T extends { id: string }>(
  url: string,
  all: T[],
  { limit = 10, starting_after, ending_before }: Omit<Page, 'created'>,
): List<T> {
  if (starting_after !== undefined && ending_before !== undefined) {
    throw invalid('You cannot parameterize both starting_after and ending_before.', 'starting_after');
  }
  const indexOf = (id: string, param: string) => {
    const index = all.findIndex((object) => object.id === id);
    if (index === -1) throw missing('object', id, param);
    return index;
  };
  if (ending_before !== undefined) {
    const end = indexOf(ending_before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: all.slice(start, end), has_more: start > 0, url };
  }
  const start = starting_after === undefined ? 0 : indexOf(starting_after, 'starting_after') + 1;
  const data = all.slice(start, start + limit);
  return { object: 'list', data, has_more: start + data.length < all.length, url };
}

/** A whole list inside an object. */
export function whole<T>(url: string, data: T[]): List<T> {
  return { object: 'list', data, has_more: false, url };
}

function within(created: number | undefined, range: Page['created']): boolean {
  if (range === undefined || created === undefined) return true;
  if (typeof range === 'number') return created === range;
  return (
    (range.gt === undefined || created > range.gt) &&
    (range.gte === undefined || created >= range.gte) &&
    (range.lt === undefined || created < range.lt) &&
    (range.lte === undefined || created <= range.lte)
  );
}
