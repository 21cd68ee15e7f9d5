import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { outboundUrlFault } from './outbound-url.ts';

const local = { ...env, LOCAL_DEMO: '1' };

describe('a URL that a partner gives us to call', () => {
  it.each([
    'https://hooks.acme.example/uxflow?a=1',
    'https://acme.example:8443/',
    'https://10.acme.example/',
    'https://localhost.acme.example/',
    'https://bücher.example/',
  ])('may be %s', (url) => {
    expect(outboundUrlFault(env, url)).toBeUndefined();
  });

  it.each([
    ['http://acme.example/', /https/],
    ['ftp://acme.example/', /https/],
    ['file:///etc/passwd', /https/],
    ['javascript:alert(1)', /https/],
    ['acme.example/hook', /absolute/],
    ['', /absolute/],
    ['https://', /absolute/],
    ['https://user:word@acme.example/', /password/],
    ['https://user@acme.example/', /password/],
    [`https://acme.example/${'x'.repeat(2_048)}`, /2048 characters/],
    // Addresses, in every way of writing them.
    ['https://127.0.0.1/', /IP address/],
    ['https://169.254.169.254/latest/meta-data', /IP address/],
    ['https://10.0.0.1/', /IP address/],
    ['https://8.8.8.8/', /IP address/],
    ['https://2130706433/', /IP address/],
    ['https://0x7f.1/', /IP address/],
    ['https://0177.0.0.1/', /IP address/],
    ['https://127.1/', /IP address/],
    ['https://１２７.0.0.1/', /IP address/],
    ['https://127.0.0.1./', /IP address/],
    ['https://[::1]/', /IP address/],
    ['https://[fe80::1]/', /IP address/],
    ['https://[::ffff:127.0.0.1]/', /IP address/],
    ['https://[fd00::1]/', /IP address/],
    // Names that only mean something inside.
    ['https://localhost/', /public internet/],
    ['https://LOCALHOST./', /public internet/],
    ['https://a.localhost/', /public internet/],
    ['https://intranet/', /public internet/],
    ['https://printer.local/', /public internet/],
    ['https://metadata.google.internal/', /public internet/],
    ['https://router.lan/', /public internet/],
    ['https://nas.home.arpa/', /public internet/],
    ['https://db.corp/', /public internet/],
  ])('may not be %s', (url, fault) => {
    expect(outboundUrlFault(env, url)).toMatch(fault);
  });

  it('may be the machine itself in local development, and nothing else inside', () => {
    for (const url of ['http://127.0.0.1:3000/hook', 'http://localhost:3000/', 'https://[::1]:8/']) {
      expect(outboundUrlFault(local, url)).toBeUndefined();
      expect(outboundUrlFault(env, url)).toEqual(expect.any(String));
    }
    for (const url of [
      'http://10.0.0.1/',
      'http://127.0.0.2/',
      'http://acme.example/',
      'http://box.local/',
    ]) {
      expect(outboundUrlFault(local, url)).toEqual(expect.any(String));
    }
  });
});
