import type { APIPromise, Http, RequestOptions } from '../core/http.ts';
import { type ListParams, type PagePromise, paginate } from '../core/pagination.ts';
import type {
  Agent,
  ApiKey,
  ApiKeyCreateParams,
  ApiKeyRotateParams,
  Balance,
  Budgets,
  BudgetsParams,
  ClientCredits,
  ClientTokenParams,
  ClientTokenRevokeParams,
  LedgerEntry,
  LintConfig,
  LintConfigParams,
  MintedToken,
  NewApiKey,
  Pricing,
  Usage,
  UsageParams,
} from '../types.ts';

/** Which agents there are to run. */
export class Agents {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  list(params: ListParams = {}, options?: RequestOptions): PagePromise<Agent> {
    return paginate(this.#http, '/v1/agents', { ...params }, options);
  }
}

/** What the workspace has and pays. All amounts are micro-credits. */
export class CreditsResource {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** The workspace's balance; with a client token the budget of its user instead. */
  get(options?: RequestOptions): APIPromise<Balance | ClientCredits> {
    return this.#http.request('GET', '/v1/credits', {}, options);
  }

  /** The ledger, newest first. */
  entries(params: ListParams = {}, options?: RequestOptions): PagePromise<LedgerEntry> {
    return paginate(this.#http, '/v1/credits/entries', { ...params }, options);
  }

  /** What the workspace allows to keys, end users, tenants and agents, with what is left. Needs a secret key. */
  budgets(options?: RequestOptions): APIPromise<Budgets> {
    return this.#http.request('GET', '/v1/credits/budgets', {}, options);
  }

  /** Replaces all budgets. Needs a secret key. */
  setBudgets(params: BudgetsParams, options?: RequestOptions): APIPromise<Budgets> {
    return this.#http.request('PUT', '/v1/credits/budgets', { body: params }, options);
  }

  /** What each model costs. */
  pricing(options?: RequestOptions): APIPromise<Pricing> {
    return this.#http.request('GET', '/v1/credits/pricing', {}, options);
  }
}

export class UsageResource {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** Runs that ended in a time, grouped. Needs a secret key. */
  get(params: UsageParams = {}, options?: RequestOptions): APIPromise<Usage> {
    return this.#http.request('GET', '/v1/usage', { query: { ...params } }, options);
  }
}

/** How flows of the workspace are checked. */
export class LintConfigResource {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** What the workspace has changed, and every rule there is. */
  get(options?: RequestOptions): APIPromise<LintConfig> {
    return this.#http.request('GET', '/v1/lint-config', {}, options);
  }

  /** Replaces the whole configuration. Needs a secret key. */
  set(params: LintConfigParams, options?: RequestOptions): APIPromise<LintConfig> {
    return this.#http.request('PUT', '/v1/lint-config', { body: params }, options);
  }
}

/** Short-lived credentials for your users' browsers. Needs a secret key: call it on your server. */
export class ClientTokens {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  create(params: ClientTokenParams, options?: RequestOptions): APIPromise<MintedToken> {
    return this.#http.request('POST', '/v1/client-tokens', { body: params, freshKey: true }, options);
  }

  /** One token by its `jti`, or all that a user holds now. Effective within 60 s, open sockets included. */
  revoke(params: ClientTokenRevokeParams, options?: RequestOptions): APIPromise<void> {
    return this.#http.request('POST', '/v1/client-tokens/revoke', { body: params }, options);
  }
}

/** The workspace's secret keys. */
export class ApiKeys {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /**
   * The answer's `value` is the key, shown this once. When the answer was lost on the way the retry is refused with
   * `secret_already_shown`: delete that key and create another.
   */
  create(params: ApiKeyCreateParams, options?: RequestOptions): APIPromise<NewApiKey> {
    return this.#http.request('POST', '/v1/api-keys', { body: params }, options);
  }

  list(params: ListParams = {}, options?: RequestOptions): PagePromise<ApiKey> {
    return paginate(this.#http, '/v1/api-keys', { ...params }, options);
  }

  /** A new value; the old one works `overlapSeconds` longer (server default: one day). */
  rotate(keyId: string, params: ApiKeyRotateParams = {}, options?: RequestOptions): APIPromise<NewApiKey> {
    return this.#http.request(
      'POST',
      `/v1/api-keys/${encodeURIComponent(keyId)}/rotate`,
      { body: params },
      options,
    );
  }

  /** Revokes the key and every client token minted with it, within 60 s. */
  delete(keyId: string, options?: RequestOptions): APIPromise<void> {
    return this.#http.request('DELETE', `/v1/api-keys/${encodeURIComponent(keyId)}`, {}, options);
  }
}
