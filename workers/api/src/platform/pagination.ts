import { z } from '@hono/zod-openapi';
import { ApiError } from './errors.ts';

/** `?limit=&cursor=` of every list; spread into the route's strict query object. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(50)
    .openapi({ description: 'Rows in a page, 1 to 100.' }),
  cursor: z.string().min(1).max(512).optional().openapi({ description: '`nextCursor` of the page before.' }),
};

/** `{data, nextCursor}` of every list, named for OpenAPI, e.g. `pageOf(flowSummary, 'FlowPage')`. */
export function pageOf<T extends z.ZodType>(item: T, name: string) {
  return z
    .object({
      data: z.array(item),
      nextCursor: z.string().nullable().openapi({ description: 'null on the last page.' }),
    })
    .openapi(name);
}

/** An opaque cursor that holds the sort key of the last row. */
export function encodeCursor(...key: (string | number)[]): string {
  return btoa(JSON.stringify(key)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The sort key in a cursor, checked against its expected shape.
 * @throws ApiError `invalid_request` for a cursor that this API did not make.
 */
export function decodeCursor<T extends z.ZodType<(string | number)[]>>(
  cursor: string,
  shape: T,
): z.output<T> {
  try {
    return shape.parse(JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch (cause) {
    const message = 'is not a cursor of this list: pass nextCursor unchanged, or leave it out';
    throw new ApiError('invalid_request', `cursor ${message}.`, {
      param: 'cursor',
      issues: [{ path: 'cursor', message }],
      cause,
    });
  }
}

/**
 * Cuts a page out of `limit + 1` fetched rows.
 * @param keyOf sort key of a row, from which the next page goes on.
 */
export function toPage<Row, T>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => (string | number)[],
  map: (row: Row) => T,
): { data: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { data: page.map(map), nextCursor: more ? encodeCursor(...keyOf(last)) : null };
}
