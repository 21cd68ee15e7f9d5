import type { z } from 'zod';
import type { World } from './world.ts';

/** One route of the API: what it takes and what it does. Handlers are synchronous and throw `StripeError`. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  /** `/v1/customers/:id`. */
  path: string;
  schema: z.ZodType;
  handle: (world: World, input: never, path: PathParams) => object;
}

/** What the path's `:names` stood for. */
export type PathParams = Record<string, string> & { id: string };

/** Declares a route; the handler gets the parameters as the schema reads them. */
export function route<S extends z.ZodType>(
  method: Route['method'],
  path: string,
  schema: S,
  handle: (world: World, input: z.output<S>, path: PathParams) => object,
): Route {
  return { method, path, schema, handle: handle as Route['handle'] };
}
