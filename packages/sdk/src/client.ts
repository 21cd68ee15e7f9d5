import { type ClientToken, type Credentials, fixed, renewing } from './core/auth.ts';
import { UXFlowError } from './core/errors.ts';
import { Http, attemptFetch } from './core/http.ts';
import { retryDelay, sleep } from './core/retry.ts';
import { Flows } from './resources/flows.ts';
import { Runs } from './resources/runs.ts';
import {
  Agents,
  ApiKeys,
  ClientTokens,
  CreditsResource,
  LintConfigResource,
  UsageResource,
} from './resources/workspace.ts';

/** Exactly one of `apiKey`, `token`, `authEndpoint` and `getToken` says who is calling. */
export interface UXFlowOptions {
  /** Secret key, `uxf_sk_…`. On your server only: a browser gets a client token. */
  apiKey?: string | undefined;
  /** A client token as it is. Not renewed: for short scripts. */
  token?: string | undefined;
  /**
   * A URL of your own that mints a client token for the signed-in user and answers `{token, expiresAt}`. It gets a POST
   * with the cookies of its own origin; the token is kept and renewed before it ends.
   */
  authEndpoint?: string | undefined;
  /** Like `authEndpoint`, by a function of yours. */
  getToken?: (() => Promise<string | ClientToken>) | undefined;
  /** Where the API is. Default: the local backend, `http://127.0.0.1:8787`. */
  baseUrl?: string | undefined;
  /** Milliseconds for one attempt. Default 30,000. */
  timeout?: number | undefined;
  /** Attempts after the first, with exponential backoff and jitter. Default 2. */
  maxRetries?: number | undefined;
  /** Instead of the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
}

export const DEFAULT_BASE_URL = 'http://127.0.0.1:8787';

/** The UX Flow Engine API. Make one and keep it. */
export class UXFlow {
  readonly baseUrl: string;
  readonly flows: Flows;
  readonly runs: Runs;
  readonly agents: Agents;
  readonly credits: CreditsResource;
  readonly usage: UsageResource;
  readonly clientTokens: ClientTokens;
  readonly apiKeys: ApiKeys;
  readonly lintConfig: LintConfigResource;
  /** The transport under the resources, for a route that this version has no method for. */
  readonly http: Http;

  /** @throws UXFlowError `invalid_config` for options that cannot work */
  constructor(options: UXFlowOptions) {
    const { timeout = 30_000, maxRetries = 2 } = options;
    this.baseUrl = checkBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL);
    // Called unbound: browsers refuse fetch with a foreign `this`.
    const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    const credentials = credentialsFrom(options, fetch, timeout, maxRetries);
    const http = new Http({ baseUrl: this.baseUrl, credentials, fetch, timeout, maxRetries });
    this.http = http;
    this.flows = new Flows(http);
    this.runs = new Runs(http);
    this.agents = new Agents(http);
    this.credits = new CreditsResource(http);
    this.usage = new UsageResource(http);
    this.clientTokens = new ClientTokens(http);
    this.apiKeys = new ApiKeys(http);
    this.lintConfig = new LintConfigResource(http);
  }

  /**
   * Forgets what this browser keeps of flows, so that the next person finds nothing; its open rooms close. Call it
   * when your user signs out.
   * @returns how many edits had not reached the server yet, and are gone with it
   */
  async signOut(): Promise<{ discarded: number }> {
    const { forgetKept } = await import('./realtime/keeping.ts');
    return { discarded: await forgetKept(this.baseUrl) };
  }
}

function credentialsFrom(
  options: UXFlowOptions,
  fetch: typeof globalThis.fetch,
  timeout: number,
  maxRetries: number,
): Credentials {
  const { apiKey, token, authEndpoint, getToken } = options;
  const given = [apiKey, token, authEndpoint, getToken].filter(
    (value) => value !== undefined && value !== '',
  );
  if (given.length !== 1) {
    throw new UXFlowError(
      'invalid_config',
      'Give exactly one of apiKey, token, authEndpoint and getToken (an unset environment variable counts as none)',
    );
  }
  if (apiKey) {
    if (inBrowser()) {
      throw new UXFlowError(
        'invalid_config',
        'A secret key must not reach a browser: everyone can read it there. Mint client tokens on your server and pass authEndpoint',
      );
    }
    return fixed(apiKey);
  }
  if (token) return fixed(token);
  if (getToken) return renewing(() => ask(getToken));
  return renewing(() => askEndpoint(String(authEndpoint), fetch, timeout, maxRetries));
}

/** `getToken` with its failure as an SDK error, so that one `catch` understands all that a request may throw. */
async function ask(getToken: NonNullable<UXFlowOptions['getToken']>): Promise<string | ClientToken> {
  try {
    return await getToken();
  } catch (cause) {
    throw new UXFlowError('auth_failed', `getToken failed: ${String(cause)}`, { cause });
  }
}

function inBrowser(): boolean {
  return 'window' in globalThis && 'document' in globalThis;
}

async function askEndpoint(
  endpoint: string,
  fetch: typeof globalThis.fetch,
  timeout: number,
  maxRetries: number,
): Promise<ClientToken> {
  const url = new URL(endpoint, globalThis.location?.href).href;
  const init: RequestInit = {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
  };
  for (let attempt = 0; ; attempt++) {
    try {
      return await attemptFetch(
        fetch,
        url,
        init,
        timeout,
        undefined,
        async (response): Promise<ClientToken> => response.json(),
      );
    } catch (error) {
      const delay = attempt < maxRetries ? retryDelay(error, attempt) : null;
      if (delay === null) {
        const why = error instanceof Error ? error.message : String(error);
        throw new UXFlowError('auth_failed', `The auth endpoint ${url} gave no token: ${why}`, {
          cause: error,
        });
      }
      await sleep(delay);
    }
  }
}

function checkBaseUrl(baseUrl: string): string {
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl)) {
    throw new UXFlowError('invalid_config', `baseUrl must be an http(s) URL, not "${baseUrl}"`);
  }
  return baseUrl.replace(/\/+$/, '');
}
