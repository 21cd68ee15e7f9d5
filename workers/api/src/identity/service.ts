import type { z } from 'zod';
import { config } from '../platform/config.ts';
import type { Env } from '../platform/env.ts';
import { ApiError, unwrap } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { workspaceAccount } from '../platform/objects.ts';
import { toPage } from '../platform/pagination.ts';
import { MAX_TOKEN_TTL, mintClientToken } from './client-token.ts';
import type { KeyPrincipal } from './principal.ts';
import type { apiKeySchema, mintTokenBody, newApiKeySchema, workspaceSchema } from './schemas.ts';
import { displayPrefix, hashSecretKey, type KeyMode, newSecretKey } from './secret-key.ts';
import { forgetCredentials } from './standing.ts';
import { identityStore, type KeyRow, type WorkspaceRow } from './store.ts';

type ApiKey = z.infer<typeof apiKeySchema>;
type NewApiKey = z.infer<typeof newApiKeySchema>;
type Workspace = z.infer<typeof workspaceSchema>;

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

function toApiKey(row: KeyRow): ApiKey {
  const { id, name, mode, prefix, createdAt, lastUsedAt, expiresAt, revokedAt } = row;
  return {
    id,
    name,
    mode,
    prefix,
    createdAt: iso(createdAt),
    lastUsedAt: isoOrNull(lastUsedAt),
    expiresAt: isoOrNull(expiresAt),
    revokedAt: isoOrNull(revokedAt),
  };
}

interface NewKeyInput {
  id: string;
  workspaceId: string;
  name: string;
  mode: KeyMode;
  demo?: boolean;
}

/** Makes a key. If an earlier attempt under the same id failed half-way, its unseen value is replaced. */
async function createKey(env: Env, input: NewKeyInput): Promise<NewApiKey> {
  const { id, workspaceId, name, mode, demo = false } = input;
  const value = newSecretKey(mode, demo);
  const row: KeyRow = {
    id,
    workspaceId,
    name,
    mode,
    hash: await hashSecretKey(config(env).KEY_PEPPER, value),
    prefix: displayPrefix(value),
    createdAt: Date.now(),
    lastUsedAt: null,
    expiresAt: null,
    revokedAt: null,
  };
  await identityStore(env).upsertKey(row);
  return { ...toApiKey(row), value };
}

/** What the secret key's holder may do with the workspace's credentials. */
export function identityService(env: Env) {
  const store = identityStore(env);

  async function requireKey(workspaceId: string, id: string): Promise<KeyRow> {
    const row = await store.key(workspaceId, id);
    if (!row) throw new ApiError('not_found', 'There is no such key in this workspace.');
    return row;
  }

  return {
    createKey: (input: NewKeyInput) => createKey(env, input),

    async listKeys(workspaceId: string, before: string | undefined, limit: number) {
      return toPage(await store.keys(workspaceId, before, limit + 1), limit, (row) => [row.id], toApiKey);
    },

    /** A new key with the old one's name and mode; the old one works `overlapSeconds` longer. */
    async rotateKey(
      workspaceId: string,
      id: string,
      newKeyId: string,
      overlapSeconds: number,
    ): Promise<NewApiKey> {
      const old = await requireKey(workspaceId, id);
      const now = Date.now();
      if (old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= now)) {
        throw new ApiError('conflict', 'This key has ended already. Create a new one instead.');
      }
      const { name, mode } = old;
      const created = await createKey(env, { id: newKeyId, workspaceId, name, mode });
      await store.expireKey(workspaceId, id, now + overlapSeconds * 1000);
      forgetCredentials();
      return created;
    },

    async revokeKey(workspaceId: string, id: string): Promise<void> {
      await requireKey(workspaceId, id);
      await store.revokeKey(workspaceId, id, Date.now());
      forgetCredentials();
    },

    async mintToken(principal: KeyPrincipal, body: z.output<typeof mintTokenBody>) {
      const {
        user: { avatarUrl, ...user },
        tenantId,
        flows,
        agents,
        budget,
        origins,
        expiresInSeconds,
      } = body;
      const jti = newId('tok');
      const { token, expiresAt } = await mintClientToken({
        secrets: config(env).TOKEN_SECRETS,
        workspaceId: principal.workspaceId,
        keyId: principal.keyId,
        jti,
        now: Date.now(),
        ttl: expiresInSeconds,
        claims: {
          user: { ...user, ...(avatarUrl !== undefined && { avatarUrl }) },
          flows,
          agents,
          ...(tenantId !== undefined && { tenantId }),
          ...(budget && { budget }),
          ...(origins && { origins }),
        },
      });
      return { token, jti, expiresAt: iso(expiresAt) };
    },

    /** Takes back one token, or all that a user holds now. Effective within a minute, open sockets included. */
    async revokeTokens(workspaceId: string, target: { jti: string } | { userId: string }): Promise<void> {
      const now = Date.now();
      // Past that, every token it could concern has expired by itself.
      const purgeAt = now + (MAX_TOKEN_TTL + 300) * 1000;
      const [kind, value] =
        'jti' in target ? (['jti', target.jti] as const) : (['user', target.userId] as const);
      await store.insertRevocation({ workspaceId, kind, value, revokedAt: now, purgeAt });
      forgetCredentials();
    },
  };
}

/** What only we may do. */
export function operatorService(env: Env) {
  const store = identityStore(env);
  const toWorkspace = ({ id, name, createdAt }: WorkspaceRow): Workspace => ({
    id,
    name,
    createdAt: iso(createdAt),
  });

  return {
    async createWorkspace(input: { id: string; keyId: string; name: string; demo: boolean }) {
      const { id, keyId, name, demo } = input;
      if (demo && !config(env).LOCAL_DEMO) {
        throw new ApiError('forbidden', 'Demo workspaces exist only beside `npm start`.', { param: 'demo' });
      }
      const row: WorkspaceRow = { id, name, createdAt: Date.now() };
      await store.insertWorkspace(row);
      const mode = demo ? 'test' : 'live';
      const key = await createKey(env, { id: keyId, workspaceId: id, name: 'First key', mode, demo });
      return { workspace: toWorkspace(row), key };
    },

    async listWorkspaces(after: string | undefined, limit: number) {
      return toPage(await store.workspaces(after, limit + 1), limit, (row) => [row.id], toWorkspace);
    },

    /** Gives credits away, once per `key`. */
    async grant(workspaceId: string, input: { key: string; amount: number; note: string }) {
      if (!(await store.workspaceById(workspaceId)))
        throw new ApiError('not_found', 'There is no such workspace.');
      const { entryId, available } = unwrap(
        await workspaceAccount(env, workspaceId).grant({ ...input, source: 'operator' }),
      );
      return { entryId, available };
    },
  };
}
