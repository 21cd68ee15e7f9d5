import type { FlowDocument } from '@uxflow/flow';
import type { Env } from '../platform/env.ts';
import { ApiError } from '../platform/errors.ts';
import { within } from '../platform/timeout.ts';
import type { FlowIdentity } from './live-identity.ts';

/** Milliseconds for one call. */
const TIMEOUT = 10_000;
const ATTEMPTS = 2;

/**
 * Where the documents of versions are kept: one R2 object a version, under a name that is used once, so that writing
 * it again changes nothing. Names begin with the workspace, as those of Durable Objects do.
 */
export function versionArchive(
  env: Env,
  { workspaceId, id: flowId }: Pick<FlowIdentity, 'workspaceId' | 'id'>,
) {
  const nameOf = (versionId: string): string => `${workspaceId}/${flowId}/${versionId}.json`;

  return {
    /** @throws when R2 did not answer in time; the object may be there all the same. */
    put: async (versionId: string, json: string): Promise<void> => {
      const httpMetadata = { contentType: 'application/json' };
      await within(TIMEOUT, env.VERSIONS.put(nameOf(versionId), json, { httpMetadata }));
    },

    /** Removes those that are there. */
    remove: async (versionIds: string[]): Promise<void> => {
      await within(TIMEOUT, env.VERSIONS.delete(versionIds.map(nameOf)));
    },

    /** @throws ApiError `storage_unavailable` when R2 does not give it. */
    get: async (versionId: string): Promise<FlowDocument> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await within(TIMEOUT, read(env.VERSIONS, nameOf(versionId)));
        } catch (cause) {
          if (attempt < ATTEMPTS) continue;
          throw new ApiError(
            'storage_unavailable',
            'The document of this version cannot be read now. Retry.',
            {
              retryAfter: 5,
              cause,
            },
          );
        }
      }
    },
  };
}

async function read(bucket: R2Bucket, name: string): Promise<FlowDocument> {
  const object = await bucket.get(name);
  if (!object) throw new Error(`${name} is not in the archive`);
  return object.json<FlowDocument>();
}
