import type { UXFlow } from '../client.ts';
import type { APIPromise, Http, RequestOptions } from '../core/http.ts';
import { type ListParams, type PagePromise, paginate } from '../core/pagination.ts';
import type {
  NewWebhookEndpoint,
  WebhookDelivery,
  WebhookDeliveryListParams,
  WebhookEndpoint,
  WebhookEndpointCreateParams,
  WebhookEndpointUpdateParams,
} from './types.ts';

const ROUTE = '/v1/webhook-endpoints';
const at = (id: string, path = ''): string => `${ROUTE}/${encodeURIComponent(id)}${path}`;

/** Where a workspace is told of events: for your server, with a secret key. */
export class WebhookEndpoints {
  readonly #http: Http;

  constructor(client: Pick<UXFlow, 'http'>) {
    this.#http = client.http;
  }

  /** Newest first. */
  list(params: ListParams = {}, options?: RequestOptions): PagePromise<WebhookEndpoint> {
    return paginate(this.#http, ROUTE, { ...params }, options);
  }

  /** `secret` of the answer is shown this once; without `eventTypes` it hears everything. */
  create(params: WebhookEndpointCreateParams, options?: RequestOptions): APIPromise<NewWebhookEndpoint> {
    return this.#http.request('POST', ROUTE, { body: params }, options);
  }

  /** Changes fields, and disables or enables it by `state`. */
  update(
    id: string,
    params: WebhookEndpointUpdateParams,
    options?: RequestOptions,
  ): APIPromise<WebhookEndpoint> {
    return this.#http.request('PATCH', at(id), { body: params }, options);
  }

  /** With its delivery log. */
  delete(id: string, options?: RequestOptions): APIPromise<void> {
    return this.#http.request('DELETE', at(id), {}, options);
  }

  /** A new secret; the old one signs along for `overlapSeconds`, a day when absent. */
  rotateSecret(
    id: string,
    params: { overlapSeconds?: number | undefined } = {},
    options?: RequestOptions,
  ): APIPromise<NewWebhookEndpoint> {
    return this.#http.request('POST', at(id, '/rotate-secret'), { body: params }, options);
  }

  /** Sends `webhook.test` to this endpoint alone. */
  test(id: string, options?: RequestOptions): APIPromise<WebhookDelivery> {
    return this.#http.request('POST', at(id, '/test'), {}, options);
  }

  /** The delivery log, newest first. */
  deliveries(
    id: string,
    params: WebhookDeliveryListParams = {},
    options?: RequestOptions,
  ): PagePromise<WebhookDelivery> {
    return paginate(this.#http, at(id, '/deliveries'), { ...params }, options);
  }

  /** Sends a delivery again, at once and under the same id. */
  retry(id: string, deliveryId: string, options?: RequestOptions): APIPromise<WebhookDelivery> {
    const path = `/deliveries/${encodeURIComponent(deliveryId)}/retry`;
    return this.#http.request('POST', at(id, path), {}, options);
  }
}
