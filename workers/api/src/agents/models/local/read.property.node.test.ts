import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFlow, type Reading } from './read.ts';

const WORDS =
  `a the she he they we it user app order code page form mail list step number 1 2 3 three if unless when once after before until whether
  otherwise else or and then also not no never yes start over again back to end done first optional optionally may can must wants enters pays clicks
  opens shows sends wrong expired fails correct within days times attempts same time in parallel which who that for with without choose between depending on
  wenn falls sobald nachdem bevor bis ob sonst andernfalls oder und dann auch nicht kein nein ja zurück zu Ende fertig optional darf kann muss möchte gibt
  klickt öffnet zeigt sendet falsch abgelaufen richtig innerhalb Tagen Mal Versuche gleichzeitig der die das sie er wir es Nutzer Code Seite Formular Mail
  Liste Schritt Fehler je nach bei mit ohne wählt zwischen erneut drei`.split(/\s+/);
const MARKS = [
  ', ',
  '. ',
  '; ',
  ': ',
  '? ',
  '! ',
  ' -> ',
  ' => ',
  ' = ',
  ' / ',
  ' (',
  ') ',
  ' "',
  '" ',
  '\n',
  '\n\n',
  '\n- ',
  '\n  - ',
  '\n1. ',
  '\n2) ',
  '\na) ',
  '\n# ',
  '\nGiven ',
  '\nWhen ',
  '\nThen ',
  ' … ',
  ' – ',
  '😀',
  '\ud800',
  '\udc00',
  '>',
  '<',
  '≠',
  "n't ",
  '\t',
];

/** Words that steer the reading of both languages, among marks and lines. */
const prose = fc
  .array(fc.oneof({ arbitrary: fc.constantFrom(...WORDS), weight: 5 }, fc.constantFrom(...MARKS)), {
    maxLength: 60,
  })
  .map((parts) => parts.map((part) => (/^\w/.test(part) ? ` ${part}` : part)).join(''));

const anyText = fc.oneof({ arbitrary: prose, weight: 8 }, fc.string({ unit: 'binary', maxLength: 120 }));

/** What every flow must be, whatever the text; an empty list when it is. */
function faults({ nodes, edges }: Reading): string[] {
  const found: string[] = [];
  const ids = new Set(nodes.map(({ id }) => id));
  for (const type of ['start', 'end'] as const)
    if (nodes.filter((node) => node.type === type).length !== 1) found.push(`not one ${type}`);
  const start = nodes.find(({ type }) => type === 'start')?.id ?? -1;
  const end = nodes.find(({ type }) => type === 'end')?.id ?? -1;
  const spread = (from: number, next: (id: number) => number[]): Set<number> => {
    const seen = new Set([from]);
    for (const id of seen) for (const one of next(id)) seen.add(one);
    return seen;
  };
  const reached = spread(start, (id) => edges.filter(({ from }) => from === id).map(({ to }) => to));
  const leaving = spread(end, (id) => edges.filter(({ to }) => to === id).map(({ from }) => from));
  for (const { from, to } of edges)
    if (!ids.has(from) || !ids.has(to)) found.push(`loose edge ${from} to ${to}`);
  for (const { id, type, title } of nodes) {
    if (!reached.has(id)) found.push(`"${title}" is not reached`);
    if (!leaving.has(id)) found.push(`"${title}" does not reach the end`);
    if (title.trim() === '' || title.length > 200 || /\p{Surrogate}/u.test(title))
      found.push(`title "${title}"`);
    const out = edges.filter(({ from }) => from === id);
    if (type === 'decision') {
      if (out.length < 2) found.push(`"${title}" decides nothing`);
      if (out.some(({ label = '' }) => label.trim() === ''))
        found.push(`"${title}" has an edge without label`);
    } else if (out.some(({ label }) => label !== undefined)) found.push(`"${title}" has a labelled edge`);
  }
  return found;
}

describe('readFlow on any text', () => {
  it('draws one start and one end, connects every node with both, and labels the edges of decisions only', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(faults(readFlow(text))).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });
});
