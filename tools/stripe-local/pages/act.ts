import type { Context } from 'hono';
import { StripeError } from '../errors.ts';
import type { World } from '../world.ts';

/** Runs what a person asked for as one step. @throws StripeError with a message for that person. */
export function act<T>(world: World, work: () => T): T {
  return world.store.transaction(work, (error) => error instanceof StripeError && error.keep);
}

/** As `act`, with the refusal as a value. */
export function attempt<T>(world: World, work: () => T): { value: T } | { message: string } {
  try {
    return { value: act(world, work) };
  } catch (error) {
    if (error instanceof StripeError) return { message: error.message };
    throw error;
  }
}

/** The fields of a posted form, as text. */
export async function formOf(context: Context): Promise<Record<string, string>> {
  const body = await context.req.parseBody();
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
