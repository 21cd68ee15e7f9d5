import type { Http, Query, RequestOptions } from './http.ts';

/** One page of a list. */
export interface Page<T> {
  data: T[];
  /** Pass it as `cursor` to continue from here, for example in another request of your own; null on the last page. */
  nextCursor: string | null;
  requestId: string | undefined;
  /** The following page, or null when this was the last. */
  next(): Promise<Page<T> | null>;
}

/**
 * A list: `await` it for its first page, or `for await` over it for every item of all pages, fetched as they are
 * needed. `pages()` goes page by page.
 */
export interface PagePromise<T> extends Promise<Page<T>>, AsyncIterable<T> {
  pages(): AsyncIterable<Page<T>>;
}

/** Takes part in every list. */
export interface ListParams {
  /** Items a page, 1 to 100. */
  limit?: number | undefined;
  /** `nextCursor` of an earlier page. */
  cursor?: string | undefined;
}

export function paginate<T>(
  http: Http,
  path: string,
  query: Query,
  options: RequestOptions = {},
): PagePromise<T> {
  const fetchPage = async (cursor: string | undefined): Promise<Page<T>> => {
    const { data: page, requestId } = await http
      .request<{ data: T[]; nextCursor: string | null }>(
        'GET',
        path,
        { query: { ...query, cursor } },
        options,
      )
      .withResponse();
    const { data, nextCursor } = page;
    return {
      data,
      nextCursor,
      requestId,
      next: () => (nextCursor === null ? Promise.resolve(null) : fetchPage(nextCursor)),
    };
  };
  const first = fetchPage(typeof query['cursor'] === 'string' ? query['cursor'] : undefined);
  async function* pages(): AsyncGenerator<Page<T>, void, undefined> {
    for (let page: Page<T> | null = await first; page; page = await page.next()) yield page;
  }
  async function* items(): AsyncGenerator<T, void, undefined> {
    for await (const page of pages()) yield* page.data;
  }
  return Object.assign(first, { pages, [Symbol.asyncIterator]: items });
}
