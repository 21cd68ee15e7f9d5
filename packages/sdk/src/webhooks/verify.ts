import { UXFlowError } from '../core/errors.ts';
import type { WebhookEvent } from './types.ts';

/** Why a delivery was not believed. */
export type WebhookFault = 'headers_missing' | 'too_old' | 'too_new' | 'signature_mismatch' | 'not_json';

/** The delivery is not ours, was changed, or is played back: answer 400 and do nothing. */
export class WebhookVerificationError extends UXFlowError {
  override readonly name: string = 'WebhookVerificationError';
  override readonly code: WebhookFault;

  constructor(code: WebhookFault, message: string, options?: ErrorOptions) {
    super(code, message, options);
    this.code = code;
  }
}

/** What a web framework gives as the request's headers. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>;

export interface VerifyOptions {
  /** Seconds that the timestamp may lie off our clock, to either side; 300 unless set. */
  toleranceSeconds?: number | undefined;
}

const PREFIX = 'whsec_';
const TOLERANCE = 300;

/**
 * Verifies a delivery by Standard Webhooks and gives its event. Runs in Node ≥ 20, Workers and browsers.
 * @param payload the body exactly as it arrived: text, not parsed JSON
 * @param secret of the endpoint; several while you change over from one to another
 * @throws WebhookVerificationError
 */
export async function verifyWebhook(
  payload: string,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  { toleranceSeconds = TOLERANCE }: VerifyOptions = {},
): Promise<WebhookEvent> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature');
  if (!id || !signatures || !timestamp || !/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError(
      'headers_missing',
      'webhook-id, webhook-timestamp and webhook-signature are needed.',
    );
  }
  const age = Date.now() / 1000 - Number(timestamp);
  if (age > toleranceSeconds) throw new WebhookVerificationError('too_old', 'The delivery is too old.');
  if (-age > toleranceSeconds)
    throw new WebhookVerificationError('too_new', 'The delivery is from the future.');
  if (!(await isSigned(`${id}.${timestamp}.${payload}`, signatures, [secret].flat()))) {
    throw new WebhookVerificationError(
      'signature_mismatch',
      'No signature matches: wrong secret, or changed.',
    );
  }
  try {
    return JSON.parse(payload) as WebhookEvent;
  } catch (cause) {
    throw new WebhookVerificationError('not_json', 'The body is no JSON.', { cause });
  }
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return Array.isArray(value) ? value[0] : value;
}

async function isSigned(message: string, header: string, secrets: string[]): Promise<boolean> {
  const bytes = new TextEncoder().encode(message);
  const given = header
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => bytesOf(signature.slice('v1,'.length)));
  for (const secret of secrets) {
    const raw = bytesOf(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
    if (!raw || raw.length === 0) throw new TypeError('The webhook secret is not of the form whsec_…');
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'verify',
    ]);
    for (const signature of given) {
      // Compares in constant time.
      if (signature && (await crypto.subtle.verify('HMAC', key, signature, bytes))) return true;
    }
  }
  return false;
}

/** Undefined when it is no base64. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    // The right letters, but not as many as base64 has.
    return undefined;
  }
}
