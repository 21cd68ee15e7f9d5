import { config } from './config.ts';
import type { Env } from './env.ts';

/**
 * The one judge of URLs that partners give us to call (webhooks, later models of their own). It refuses everything
 * that could point inside: other schemes, addresses instead of names, names that only mean something in a private
 * network. A public name may still resolve to a private address, now or at the next look-up (DNS rebinding): a Worker
 * cannot see what a name resolves to, but its requests leave from Cloudflare's edge, which routes to public addresses
 * only. Whoever runs this elsewhere has to forbid private destinations in the network's egress rules.
 */

const PRIVATE_SUFFIXES = [
  'localhost',
  'local',
  'localdomain',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
  'onion',
  'arpa',
];
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Characters. */
export const MAX_OUTBOUND_URL = 2_048;

/** What is wrong with the URL, as the end of a sentence that begins with its field; undefined when it may be called. */
export function outboundUrlFault(env: Env, text: string): string | undefined {
  if (text.length > MAX_OUTBOUND_URL) return `must have at most ${MAX_OUTBOUND_URL} characters`;
  if (!URL.canParse(text)) return 'must be an absolute URL';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  // `example.com.` is the same name as `example.com`.
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  // Local development only: never set in a deployment.
  if (config(env).LOCAL_DEMO && LOOPBACK.has(host) && /^https?:$/.test(url.protocol)) return undefined;
  if (url.protocol !== 'https:') return 'must begin with https://';
  // The parser has turned every way of writing an IPv4 address into four numbers.
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host) || host.startsWith('[')) return 'must name a host, not an IP address';
  if (
    !host.includes('.') ||
    PRIVATE_SUFFIXES.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))
  )
    return 'must name a host on the public internet';
  return undefined;
}
