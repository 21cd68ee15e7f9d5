import type { UXFlow } from '../client.ts';
import type { APIPromise, Http, RequestOptions } from '../core/http.ts';
import { type ListParams, type PagePromise, paginate } from '../core/pagination.ts';
import type {
  AutoTopUp,
  AutoTopUpParams,
  CheckoutParams,
  HostedPage,
  Invoice,
  PlanId,
  Plans,
  PortalParams,
  Subscription,
} from './types.ts';

const at = (path: string): string => `/v1/billing/${path}`;

/** What a workspace pays: for your server, with a secret key. Amounts of money are US cents, credits micro-credits. */
export class Billing {
  readonly #http: Http;

  constructor(client: Pick<UXFlow, 'http'>) {
    this.#http = client.http;
  }

  /** What there is to buy. */
  plans(options?: RequestOptions): APIPromise<Plans> {
    return this.#http.request('GET', at('plans'), {}, options);
  }

  /** The plan in force, what is due, and what has happened. */
  subscription(options?: RequestOptions): APIPromise<Subscription> {
    return this.#http.request('GET', at('subscription'), {}, options);
  }

  /** Newest first. */
  invoices(params: ListParams = {}, options?: RequestOptions): PagePromise<Invoice> {
    return paginate(this.#http, at('invoices'), { ...params }, options);
  }

  /** A page on which a plan or a pack of credits is bought: lead the person there. */
  checkout(params: CheckoutParams, options?: RequestOptions): APIPromise<HostedPage> {
    return this.#http.request('POST', at('checkout'), { body: params }, options);
  }

  /** A page for cards, invoices and cancelling. */
  portal(params: PortalParams = {}, options?: RequestOptions): APIPromise<HostedPage> {
    return this.#http.request('POST', at('portal'), { body: params }, options);
  }

  /** Dearer at once; cheaper, or `free`, at the end of the period; the present one takes back what was planned. */
  changePlan(plan: PlanId, options?: RequestOptions): APIPromise<Subscription> {
    return this.#http.request('POST', at('plan'), { body: { plan } }, options);
  }

  /** Off unless set. */
  setAutoTopUp(params: AutoTopUpParams, options?: RequestOptions): APIPromise<AutoTopUp> {
    return this.#http.request('PUT', at('auto-top-up'), { body: params }, options);
  }

  /** Where people may be led back to after paying: origins, or paths within them. */
  setReturnUrls(urls: string[], options?: RequestOptions): APIPromise<{ urls: string[] }> {
    return this.#http.request('PUT', at('return-urls'), { body: { urls } }, options);
  }
}
