import { jwsField } from '../core/jws.ts';

/** Whose credential it is, as far as a page can read it. */
export interface Person {
  workspaceId: string;
  userId: string;
}

/** Who a client token speaks for; null for anything else. Read to keep people apart: the server alone judges a token. */
export function personOf(token: string): Person | null {
  const [head, body] = token.split('.');
  const kid = jwsField(head, 'kid');
  const user = jwsField(body, 'user');
  const userId = typeof user === 'object' && user !== null ? Reflect.get(user, 'id') : undefined;
  const workspaceId = typeof kid === 'string' ? kid.split('.')[0] : undefined;
  return workspaceId && typeof userId === 'string' ? { workspaceId, userId } : null;
}
