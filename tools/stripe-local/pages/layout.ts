import { html, raw } from 'hono/html';
import { STYLE } from './style.ts';

/** What the `html` template makes: text that is safe to put into another template. */
export type Html = ReturnType<typeof html>;

export function layout(title: string, body: Html, wide = false): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · local stand-in for Stripe</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <div class="banner" role="note">
          <strong>Local stand-in for Stripe.</strong> No real money moves here; test cards only.
        </div>
        <main class="${wide ? 'wide' : ''}">${body}</main>
      </body>
    </html>`;
}

const ZERO_DECIMALS = new Set([
  'bif',
  'clp',
  'djf',
  'gnf',
  'jpy',
  'kmf',
  'krw',
  'mga',
  'pyg',
  'rwf',
  'ugx',
  'vnd',
  'vuv',
  'xaf',
  'xof',
  'xpf',
]);

/** An amount in minor units as people write it: `$29.00`. */
export function money(amount: number, currency: string): string {
  const value = ZERO_DECIMALS.has(currency) ? amount : amount / 100;
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(value);
}

export function day(seconds: number): string {
  return new Date(seconds * 1_000).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** A message that a screen reader says at once; nothing when there is none. */
export function alert(message: string | undefined): Html {
  return message ? html`<p class="alert" role="alert">${message}</p>` : html``;
}
