import type { AttemptReport, DeliveryJob } from '@uxflow/api/entrypoint';

/** Bytes of an answer's body that are kept; the rest is not received. */
const KEPT_BYTES = 1_024;

/**
 * Makes one attempt. Never throws: what goes wrong is the attempt's result. Redirects are not followed, so that a
 * public address cannot send us on to a private one.
 * @param timeoutMs milliseconds for everything, the start of the answer's body included
 */
export async function send(job: DeliveryJob, timeoutMs: number): Promise<AttemptReport> {
  const at = Date.now();
  const result = await attempt(job, timeoutMs);
  return { deliveryId: job.deliveryId, lease: job.lease, at, durationMs: Date.now() - at, ...result };
}

type Result = Pick<AttemptReport, 'status' | 'error' | 'response' | 'retryAfter'>;

async function attempt({ url, headers, body }: DeliveryJob, timeoutMs: number): Promise<Result> {
  const signal = AbortSignal.timeout(timeoutMs);
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
  } catch (error) {
    return { error: faultOf(error, signal, timeoutMs) };
  }
  const { status } = response;
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const told = { status, ...(retryAfter > 0 && { retryAfter }) };
  try {
    const text = await beginning(response.body);
    return { ...told, ...(text !== '' && { response: text }) };
  } catch (error) {
    // A good status is an answer, even when its body breaks off.
    return response.ok
      ? told
      : { ...told, error: `Answered ${status}; ${faultOf(error, signal, timeoutMs)}` };
  }
}

function faultOf(error: unknown, signal: AbortSignal, timeoutMs: number): string {
  if (signal.aborted) return `No answer within ${timeoutMs / 1000} s`;
  return `The connection failed: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300);
}

/** How the body begins, as text that can be shown. The request's signal ends the reading too. */
async function beginning(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const kept = new Uint8Array(KEPT_BYTES);
  let size = 0;
  try {
    while (size < KEPT_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, KEPT_BYTES - size);
      kept.set(part, size);
      size += part.byteLength;
    }
  } finally {
    await reader.cancel();
  }
  return new TextDecoder().decode(kept.subarray(0, size)).replaceAll('\u0000', '\uFFFD');
}
