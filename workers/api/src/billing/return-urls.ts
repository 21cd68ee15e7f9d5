import { ApiError } from '../platform/errors.ts';

/** Plain http is for a developer's own machine. */
const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/** The URL as it is compared, or null for one that may not be led back to. */
function comparable(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, username, password, origin, pathname } = new URL(url);
  const safe = protocol === 'https:' || (protocol === 'http:' && LOCAL.includes(hostname));
  return safe && username === '' && password === '' ? origin + pathname : null;
}

/**
 * URLs for the allow-list as they are kept.
 * @throws ApiError `invalid_request` for one that is neither https nor on this machine
 */
export function allowable(urls: string[]): string[] {
  return urls.map((url, at) => {
    const kept = comparable(url);
    if (kept === null || new URL(url).search !== '' || new URL(url).hash !== '') {
      const message = 'must be an https URL without a query (http is for localhost alone)';
      throw new ApiError('invalid_request', `urls.${at}: ${message}.`, {
        param: `urls.${at}`,
        issues: [{ path: `urls.${at}`, message }],
      });
    }
    return kept;
  });
}

/**
 * `url`, when the workspace may be led back there: it begins with one of `allowed`, whole path segments.
 * @throws ApiError `invalid_request` naming `param` and how to allow it
 */
export function requireAllowed(url: string, allowed: string[], param: string): string {
  const given = comparable(url);
  const fits = (entry: string) =>
    given === entry || given?.startsWith(entry.endsWith('/') ? entry : `${entry}/`) === true;
  if (given !== null && allowed.some(fits)) return url;
  const message = 'is not on this workspace’s list of return URLs: add it with PUT /v1/billing/return-urls';
  throw new ApiError('invalid_request', `${param} ${message}.`, {
    param,
    issues: [{ path: param, message }],
  });
}
