import fc from 'fast-check';
import { lexer, type Token, type Tokens } from 'marked';
import { describe, expect, test, vi } from 'vitest';
import { sketch } from '../../../test/documents.ts';
import { hostileDocument } from '../../../test/hostile.ts';
import { emptyDocument } from '../../document/empty.ts';
import type { FlowDocument } from '../../document/types.ts';
import { oneLine } from '../plain-text.ts';
import { toMarkdown } from './to-markdown.ts';

// Properties run on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What a reader sees of inline tokens; our own line breaks and anchors are a space. */
function shown(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if ('tokens' in token && token.tokens) return shown(token.tokens);
      if (token.type === 'html') return ' ';
      return 'text' in token
        ? String(token.text).replace(/&(\w+|#39);/g, (all, name) => ENTITIES[name] ?? all)
        : '';
    })
    .join('');
}

/** Every token of the text, however deep, cells of tables included. */
function* all(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      for (const cell of [header, ...rows].flat()) yield* all(cell.tokens);
    } else if (token.type === 'list') yield* all((token as Tokens.List).items);
    else if ('tokens' in token && token.tokens) yield* all(token.tokens);
  }
}

function tablesOf(tokens: readonly Token[]): string[][][] {
  return tokens
    .filter((token): token is Tokens.Table => token.type === 'table')
    .map(({ header, rows }) => [header, ...rows].map((row) => row.map((cell) => shown(cell.tokens).trim())));
}

const SHOP: FlowDocument = sketch(
  [
    's start Begin',
    'c screen Cart',
    'd decision In stock?',
    'p action Pay',
    'e end Thanks',
    'n note Ask legal',
  ],
  ['s > c / auto', 'c > d / submit', 'd > p : Yes', 'd > c : No / error', 'p > e / success'],
);
SHOP.name = 'Shop';
SHOP.personas['p1'] = { id: 'p1', name: 'Mia', goal: 'Buy quickly' };
SHOP.frames['f1'] = { id: 'f1', title: 'Checkout', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } };
Object.assign(SHOP.nodes['c'] ?? {}, {
  description: 'First paragraph.\n\n1. not a list',
  frameId: 'f1',
  personaIds: ['p1'],
  screen: {
    elements: [{ id: 'b', kind: 'button', label: 'Check out' }],
    states: [{ kind: 'empty', note: 'Nothing in it yet' }, { kind: 'default' }],
  },
});
Object.assign(SHOP.edges['e2'] ?? {}, { elementId: 'b' });
Object.assign(SHOP.edges['e3'] ?? {}, { condition: 'stock > 0' });

describe('a flow as a Markdown specification', () => {
  test('holds screens with elements and states, steps, decisions with answers, personas and notes', () => {
    const text = toMarkdown(SHOP);
    expect(text).toContain(
      '# Shop\n\n5 steps, 1 screen, 5 transitions. Begins at 1. Begin. Ends at 5. Thanks.\n\n## Personas\n\n' +
        '| Persona | Goal |\n| --- | --- |\n| Mia | Buy quickly |\n',
    );
    expect(text).toContain('```mermaid\n---\ntitle: "Shop"\n');
    expect(text).toContain('| 4 | Pay | Action |   | on success → 5. Thanks |');
    expect(text).toContain(
      '### 2. Cart\n\nPart of Checkout. For Mia.\n\nFirst paragraph.\n\n1\\. not a list\n\n' +
        '| Element | Kind | Leads to |\n| --- | --- | --- |\n' +
        '| Check out | button | submit → [3. In stock?](#step-3) |\n\n' +
        '| State | What it shows |\n| --- | --- |\n| empty | Nothing in it yet |\n| default |   |\n',
    );
    expect(text).toContain(
      '| Answer | Condition | Leads to |\n| --- | --- | --- |\n' +
        '| Yes | stock \\> 0 | 4. Pay |\n| No |   | [2. Cart](#step-2) |\n',
    );
    expect(text).toMatch(/## Notes\n\n- Ask legal\n$/);
  });

  test('links only lead to headings that are there', () => {
    const text = toMarkdown(SHOP);
    const targets = Array.from(text.matchAll(/\]\(#(step-\d+)\)/g), ([, id]) => id);
    const anchors = new Set(Array.from(text.matchAll(/<a id="(step-\d+)"><\/a>/g), ([, id]) => id));
    expect(targets.length).toBeGreaterThan(3);
    expect(targets.filter((id) => !anchors.has(id))).toEqual([]);
  });

  test('an empty flow is a heading and a sentence', () => {
    expect(toMarkdown(emptyDocument(''))).toBe('# Untitled flow\n\n0 steps, 0 screens, 0 transitions.\n');
  });

  test('whatever people wrote is shown as written, and is never markup', () => {
    fc.assert(
      fc.property(hostileDocument(), (document) => {
        const tokens = lexer(toMarkdown(document));
        const steps = Object.values(document.nodes).filter(({ type }) => type !== 'note');
        const headings = tokens.filter(({ type }) => type === 'heading') as Tokens.Heading[];
        const seen = headings
          .filter(({ depth }) => depth === 3)
          .map(({ tokens: inner }) => shown(inner).trim());
        const detailed = steps.filter(({ type }) => type === 'screen' || type === 'decision');
        expect(seen.map((heading) => heading.replace(/^\d+\. /, '')).sort()).toEqual(
          detailed.map(({ title, type }) => oneLine(title) || `Untitled ${type}`).sort(),
        );
        expect(headings.filter(({ depth }) => depth === 1)).toHaveLength(1);
        for (const token of all(tokens)) {
          if (token.type === 'link') expect(token['href']).toMatch(/^#step-\d+$/);
          if (token.type === 'html')
            expect(token.raw.trim()).toMatch(/^(?:<br>|<a id="step-\d+">|<\/a>|<a id="step-\d+"><\/a>)$/);
          if (token.type === 'code') expect(token['lang']).toBe('mermaid');
          expect([
            'image',
            'codespan',
            'em',
            'strong',
            'del',
            'blockquote',
            'hr',
            'def',
            'checkbox',
          ]).not.toContain(token.type);
        }
        const rows = tablesOf(tokens).find(([head]) => head?.[0] === '#') ?? [];
        const types: Record<string, string> = { system: 'system step', subflow: 'sub-flow' };
        expect(
          rows
            .slice(1)
            .map(([, step]) => step)
            .sort(),
        ).toEqual(steps.map(({ title, type }) => oneLine(title) || `Untitled ${types[type] ?? type}`).sort());
        for (const row of rows) expect(row).toHaveLength(5);
      }),
    );
  });
});
