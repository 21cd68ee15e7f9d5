import { type Place, seal, unseal } from '../platform/encryption.ts';
import type { Env } from '../platform/env.ts';
import type { EndpointRow } from './store.ts';

type Owner = Pick<EndpointRow, 'id' | 'workspaceId'>;
type Column = 'secret' | 'previous_secret';

const placeOf = ({ id, workspaceId }: Owner, column: Column): Place => ({
  workspaceId,
  table: 'webhook_endpoint',
  column,
  row: id,
});

export function sealSecret(env: Env, owner: Owner, column: Column, secret: string): Promise<string> {
  return seal(env, placeOf(owner, column), secret);
}

export function currentSecret(env: Env, endpoint: EndpointRow): Promise<string> {
  return unseal(env, placeOf(endpoint, 'secret'), endpoint.secret);
}

/** The secrets that sign at `now`, newest first: one, or two while a rotation overlaps. */
export async function activeSecrets(env: Env, endpoint: EndpointRow, now: number): Promise<string[]> {
  const { previousSecret, previousUntil } = endpoint;
  const current = await currentSecret(env, endpoint);
  if (previousSecret === null || previousUntil === null || previousUntil <= now) return [current];
  return [current, await unseal(env, placeOf(endpoint, 'previous_secret'), previousSecret)];
}
