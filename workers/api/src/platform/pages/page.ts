import { html, raw } from 'hono/html';
import type { Context } from 'hono';
import type { AppEnv } from '../env.ts';
import { STYLE } from './style.ts';

/** Text that has been escaped already, or is ours. */
export type Markup = ReturnType<typeof html>;

/** Pages load nothing: no script, no font, no other host. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export async function page(c: Context<AppEnv>, title: string, body: Markup): Promise<Response> {
  const document = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `;
  return c.html(document, 200, { 'Content-Security-Policy': POLICY, 'Cache-Control': 'public, max-age=300' });
}
