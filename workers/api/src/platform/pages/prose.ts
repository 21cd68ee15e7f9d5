import { html } from 'hono/html';
import type { Markup } from './page.ts';

/** A description: paragraphs at blank lines, code between backticks, everything else text. */
export function prose(text: string): Markup {
  return html`${text.split('\n\n').map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`;
}

/** Code between backticks, everything else text. */
export function inline(text: string): Markup {
  return html`${text.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
