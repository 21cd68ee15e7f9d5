import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { CHROMIUM_FLAGS, ensureChromium } from '../lib/chromium.ts';
import type { Sample } from './collect.ts';

/** What mermaid makes of a text; null where it refuses it. Labels as a reader sees them, without markup. */
export interface Answer {
  vertices?: [id: string, label: string][];
  edges: [source: string, target: string, label: string, how: string][];
  subgraphs?: [id: string, title: string, members: string[]][];
  states?: [id: string, label: string, shape: string, parent: string][];
}

const ORIGIN = 'http://oracle.invalid';
const require = createRequire(import.meta.resolve('mermaid'));
/** mermaid's own Markdown renderer, of the version that comes with it. */
const MARKDOWN = 'marked';
const FOLDERS = {
  '/mermaid/': dirname(fileURLToPath(import.meta.resolve('mermaid'))),
  '/marked/': dirname(require.resolve(MARKDOWN)),
};

export const MERMAID_VERSION: string = (
  JSON.parse(readFileSync(join(FOLDERS['/mermaid/'], '../package.json'), 'utf8')) as { version: string }
).version;

/** The page's own script: plain JavaScript, because it runs in the browser next to mermaid. */
const PAGE = `<!doctype html><meta charset="utf-8"><script type="module">
import mermaid from '/mermaid/mermaid.esm.min.mjs';
import { marked } from '/marked/marked.esm.js';
mermaid.initialize({ startOnLoad: false, maxEdges: 100000, maxTextSize: 1e7 });
const decode = (text) => text.replace(/ﬂ°°/g, '&#').replace(/ﬂ°/g, '&').replace(/¶ß/g, ';');
const markdown = (token) =>
  token.type === 'strong' || token.type === 'em' ? token.tokens.map(markdown).join('')
  : token.type === 'paragraph' ? '<p>' + token.tokens.map(markdown).join('') + '</p>'
  : token.type === 'space' ? ''
  : token.type === 'text' || token.type === 'html' || token.type === 'escape' ? token.text.replace(/\\n */g, '<br/>')
  : token.raw;
const plain = (value, type) => {
  const text = String(value ?? '');
  const html = type === 'markdown' ? marked.lexer(text).map(markdown).join('') : text.replace(/\\\\n|\\n/g, '<br/>');
  const box = document.createElement('template');
  box.innerHTML = decode(html);
  for (const line of box.content.querySelectorAll('br')) line.replaceWith('\\n');
  for (const block of box.content.querySelectorAll('p')) block.append('\\n');
  return box.content.textContent.split('\\n').map((line) => line.replace(/\\s+/g, ' ').trim()).join('\\n').trim();
};
const flowchart = (db) => ({
  vertices: [...db.getVertices()].map(([id, { text, labelType }]) => [id, plain(text, labelType)]),
  edges: db.getEdges().map(({ start, end, text, labelType, stroke, type }) => [
    start, end, plain(text, labelType), stroke === 'invisible' ? stroke : type === 'double_arrow_point' ? 'both' : 'one']),
  subgraphs: db.getSubGraphs().map(({ id, title, labelType, nodes }) => [id, plain(title, labelType), nodes]),
});
const state = (db) => {
  // Regions get random ids: numbered instead, so that a recording can be repeated.
  const regions = [];
  const data = JSON.parse(JSON.stringify(db.getData(), (key, value) =>
    key === 'config' ? undefined : typeof value !== 'string' ? value : value.replace(/\\bid-[a-z0-9]{6,}-\\d+/g, (id) =>
      'region-' + ((regions.indexOf(id) + 1) || regions.push(id)))));
  const { nodes, edges } = data;
  return {
    states: nodes.map(({ id, label, labelType, description, shape, parentId }) => [
      id, [label, ...(Array.isArray(description) ? description : [])].map((line) => plain(line, labelType)).join('\\n'), shape, parentId ?? '']),
    edges: edges.map(({ start, end, label, labelType, arrowTypeEnd }) => [start, end, plain(label, labelType), arrowTypeEnd === '' ? 'note' : 'one']),
  };
};
window.answer = async (source) => {
  try {
    const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(source);
    return type.startsWith('flowchart') ? flowchart(db) : type.startsWith('state') ? state(db) : null;
  } catch {
    return null;
  }
};
window.ready = true;
</script>`;

declare global {
  var answer: (source: string) => Promise<Answer | null>;
  var ready: boolean | undefined;
}

/** Asks the mermaid package, in a real browser because it needs a DOM, what it makes of every text. */
export async function record(samples: Sample[]): Promise<(Answer | null)[]> {
  const executablePath = ensureChromium((line) => process.stderr.write(`${line}\n`));
  if (!executablePath) throw new Error('recording needs a Chromium: see the lines above');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage();
    await page.route(`${ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const folder = Object.entries(FOLDERS).find(([prefix]) => pathname.startsWith(prefix));
      if (!folder) return route.fulfill({ contentType: 'text/html', body: PAGE });
      const path = join(folder[1], pathname.slice(folder[0].length));
      return route.fulfill({ contentType: 'text/javascript', body: readFileSync(path) });
    });
    await page.goto(ORIGIN);
    await page.waitForFunction(() => globalThis.ready === true);
    const answers: (Answer | null)[] = [];
    for (const { source } of samples) {
      answers.push(await page.evaluate((text) => globalThis.answer(text), source));
    }
    return answers;
  } finally {
    await browser.close();
  }
}
