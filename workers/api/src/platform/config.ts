import { z } from 'zod';
import type { Env } from './env.ts';

const text = z.string().min(1);

/** A comma-separated list, newest first: the first one signs, all of them verify. */
const secretList = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((secret) => secret.trim())
      .filter((secret) => secret !== ''),
  )
  .pipe(
    z
      .array(z.string().min(32, 'each secret needs at least 32 characters'))
      .min(1, 'needs at least one secret'),
  );

const secondsList = z
  .string()
  .regex(/^\d{1,6}(?:,\d{1,6}){0,99}$/, 'must be whole seconds, separated by commas')
  .transform((value) => value.split(',').map(Number));

const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

const schema = z.object({
  /** Sign client tokens; rotating, newest first. */
  TOKEN_SECRETS: secretList,
  /** HMAC key for stored API keys. Changing it makes every API key unknown. */
  KEY_PEPPER: z.string().min(32, 'needs at least 32 characters'),
  /** Encrypt what is kept of other parties' secrets; rotating, newest first. */
  ENCRYPTION_KEYS: secretList,
  /** Opens `/v1/admin/*`. Without it nobody is an operator. */
  OPERATOR_TOKEN: z.string().min(24, 'needs at least 24 characters').optional(),
  GOOGLE_API_KEY: text.optional(),
  GOOGLE_BASE_URL: z.url().optional(),
  OPENAI_COMPATIBLE_BASE_URL: z.url().optional(),
  OPENAI_COMPATIBLE_API_KEY: text.optional(),
  OPENAI_COMPATIBLE_MODEL: text.optional(),
  /** Without it nothing is sold: the billing routes answer 503, the rest works. */
  STRIPE_SECRET_KEY: text.optional(),
  /** Instead of Stripe's own address. */
  STRIPE_API_BASE: z.url().optional(),
  /** Milliseconds of silence after which a hosted model counts as hanging; 45,000 unless set. */
  AGENT_IDLE_MS: z.coerce.number().int().min(500).max(120_000).optional(),
  /** Seconds before each further attempt to deliver a webhook, comma-separated; three days in all unless set. */
  WEBHOOK_RETRY_SECONDS: secondsList.optional(),
  /** Set by `npm start` alone: lets keys that begin `uxf_sk_test_demo` in. */
  LOCAL_DEMO: flag,
  /** Milliseconds between the parts that the built-in model streams, so that a person can watch. */
  LOCAL_MODEL_PACE_MS: z.coerce.number().int().min(0).max(5_000).optional(),
  /** Commit and a hash of uncommitted changes, as `/healthz` tells them. */
  BUILD: text.default('dev'),
});

export type Config = z.infer<typeof schema>;

const parsed = new WeakMap<object, Config>();

/**
 * The Worker's variables, parsed once per isolate.
 * @throws Error whose one-line message names each variable that is missing or wrong, never its value.
 */
export function config(env: Env): Config {
  const known = parsed.get(env);
  if (known) return known;
  // An empty string in a shell or a dotenv file means "not set".
  const given = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, env[name] === '' ? undefined : env[name]]),
  );
  const result = schema.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) =>
      given[String(path[0])] === undefined ? `${path.join('.')} is not set` : `${path.join('.')}: ${message}`,
    );
    throw new Error(`Configuration: ${faults.join('; ')}`);
  }
  parsed.set(env, result.data);
  return result.data;
}
