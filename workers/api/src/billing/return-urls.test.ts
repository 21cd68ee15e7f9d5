import { expect, it } from 'vitest';
import { allowable, requireAllowed } from './return-urls.ts';

const refusal = expect.objectContaining({ code: 'invalid_request' });
const allowed = allowable([
  'https://app.example.com/billing',
  'https://shop.example.com',
  'http://localhost:5173/',
]);

it.each([
  'https://app.example.com/billing',
  'https://app.example.com/billing/done?session={CHECKOUT_SESSION_ID}#top',
  'https://shop.example.com/any/where',
  'http://localhost:5173/back',
])('%s is allowed', (url) => {
  expect(requireAllowed(url, allowed, 'successUrl')).toBe(url);
});

it.each([
  'https://app.example.com/',
  'https://app.example.com/billing-evil',
  'https://app.example.com.evil.com/billing',
  'https://app.example.com@evil.com/billing',
  'https://app.example.com/billing/../admin',
  'http://app.example.com/billing',
  'https://app.example.com:8443/billing',
  'https://user:secret@app.example.com/billing',
  'http://localhost:5174/back',
  'javascript:alert(1)',
  '//app.example.com/billing',
  'nonsense',
])('%s is refused, naming the field and the remedy', (url) => {
  expect(() => requireAllowed(url, allowed, 'successUrl')).toThrow(refusal);
  expect(() => requireAllowed(url, allowed, 'successUrl')).toThrow(/^successUrl .*return-urls/);
});

it.each([
  'http://app.example.com',
  'ftp://a.example',
  'https://a.example/?x=1',
  'https://a.example/#x',
  'https://u:p@a.example',
  '',
])('%s is no entry for the list', (url) => {
  expect(() => allowable(['https://fine.example', url])).toThrow(refusal);
});

it('an empty list allows nothing', () => {
  expect(() => requireAllowed('https://a.example/', [], 'cancelUrl')).toThrow(refusal);
});
