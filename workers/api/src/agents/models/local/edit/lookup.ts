import type { NodeListing } from '../../../tools.ts';
import { contentStems, likeness } from '../meaning/likeness.ts';
import type { Draft } from './draft.ts';
import { leadingType, typeOfWords } from './types.ts';

/** What a name stands for. */
export type Found = { node: NodeListing } | { name: string; ambiguous: boolean; candidates: NodeListing[] };

const ARTICLE = /^(?:(?:the|an?|this|that|de[rnms]|die|das|diese[nrms]?|eine[nrms]?|ein)\s+)+/iu;
const PRONOUN =
  /^(?:it|that|this|them|es|ihn|sie|diese[nrs]?|(?:(?:the|this|that) )?(?:new|added|same) (?:step|node|one|screen|decision|action)|(?:dem|den|der|das|die) (?:neuen?|selben?) (?:schritt|knoten|screen|entscheidung|aktion))$/iu;
const ORDINALS: ReadonlyMap<string, number> = new Map(
  [
    'first erste ersten erster',
    'second zweite zweiten zweiter',
    'third dritte dritten dritter',
    'fourth vierte vierten vierter',
    'fifth fünfte fünften fünfter',
    'sixth sechste sechsten sechster',
    'seventh siebte siebten siebter',
    'eighth achte achten achter',
    'ninth neunte neunten neunter',
    'tenth zehnte zehnten zehnter',
  ].flatMap((words, at) => words.split(' ').map((word): [string, number] => [word, at + 1])),
);
const LAST = /^(?:very )?(?:last|final|letzte[nrms]?)$/iu;
/** How alike a name and a title must be, and how much more alike than the next best. */
const ALIKE = 0.62;
const AHEAD = 0.12;

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[\s\u00a0]+/g, ' ')
    .replaceAll(/[’‘]/g, "'")
    .trim()
    .replace(/[.!?,;:\s]+$/u, '');

/** Letters that differ, as a share; typing errors stay under a fifth. */
function typingErrors(a: string, b: string): number {
  if (a.length < 4 || a.length > 80 || Math.abs(a.length - b.length) > a.length / 4) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return (row[b.length] ?? 0) / Math.max(a.length, b.length);
}

/** A title as names are compared with it. A request compares each title many times; titles that are gone cost little. */
interface Title {
  folded: string;
  bare: string;
  stems: string[];
}
const titles = new WeakMap<Draft, Map<string, Title>>();

function titleOf(title: string, draft: Draft): Title {
  const known = titles.get(draft) ?? new Map<string, Title>();
  titles.set(draft, known);
  const there = known.get(title);
  if (there) return there;
  const made = { folded: fold(title), bare: fold(title.replace(ARTICLE, '')), stems: contentStems(title) };
  known.set(title, made);
  return made;
}

function byTitle(name: string, nodes: readonly NodeListing[], draft: Draft): NodeListing[] {
  const wanted = fold(name);
  if (wanted === '') return [];
  const exact = nodes.filter(({ title }) => titleOf(title, draft).folded === wanted);
  if (exact.length > 0) return exact;
  const ids = nodes.filter(({ id }) => id.toLowerCase() === wanted);
  if (ids.length > 0) return ids;
  const bare = fold(wanted.replace(ARTICLE, ''));
  const withoutArticles = nodes.filter(({ title }) => titleOf(title, draft).bare === bare);
  if (withoutArticles.length > 0) return withoutArticles;
  const stems = contentStems(bare);
  const scored = nodes
    .map((node) => {
      const title = titleOf(node.title, draft);
      const part = bare.length >= 4 && ` ${title.folded} `.includes(` ${bare} `) ? 0.72 : 0;
      const errors = typingErrors(bare, title.folded);
      return {
        node,
        score: Math.max(
          stems.length === 0 ? 0 : likeness(stems, title.stems),
          part,
          errors <= 0.2 ? 0.95 - errors : 0,
        ),
      };
    })
    .filter(({ score }) => score >= ALIKE)
    .toSorted((a, b) => b.score - a.score);
  const best = scored[0]?.score ?? 0;
  return scored.filter(({ score }) => best - score < AHEAD).map(({ node }) => node);
}

/** Titles that come nearest to a name that nothing has. */
function near(name: string, draft: Draft): NodeListing[] {
  const stems = contentStems(name);
  return draft.nodes
    .map((node) => ({ node, score: likeness(stems, titleOf(node.title, draft).stems) }))
    .filter(({ score }) => score >= 0.3)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, 4)
    .map(({ node }) => node);
}

function byNumber(name: string, draft: Draft): NodeListing | undefined {
  const counted = /^(?:step|node|screen|schritt|knoten|nr\.?|number|no\.?|#)\s*#?(\d{1,4})$/iu.exec(name);
  const walked = (): NodeListing[] =>
    draft
      .walk()
      .map((id) => draft.node(id))
      .filter((node) => node !== undefined)
      .filter((node) => node.type !== 'start' && node.type !== 'end');
  if (counted) return walked()[Number(counted[1]) - 1];
  const [head = '', ...rest] = name.replace(/^(?:very|aller)\s*/iu, '').split(' ');
  const type = typeOfWords(rest.join(' '));
  if (rest.length === 0 || type === undefined || type === 'start' || type === 'end') return undefined;
  const among = type === null ? walked() : walked().filter((node) => node.type === type);
  if (LAST.test(head)) {
    const last = type === null ? draft.node(draft.lastWay()?.source ?? '') : undefined;
    return last && last.type !== 'start' ? last : among.at(-1);
  }
  const number =
    ORDINALS.get(head.toLowerCase()) ?? Number(/^(\d{1,4})(?:st|nd|rd|th|\.)$/u.exec(head)?.[1] ?? 0);
  return number > 0 ? among[number - 1] : undefined;
}

/** Finds the node that a name means: by title, then by kind ("the decision"), place ("step 3") or likeness. `latest` is what "it" means. */
export function findNode(written: string, draft: Draft, latest: string | null): Found {
  const name = written.replaceAll(/\s+/g, ' ').trim();
  const folded = fold(name);
  const only = (nodes: readonly NodeListing[]): Found | null =>
    nodes.length === 1 && nodes[0] ? { node: nodes[0] } : null;
  const exact = draft.nodes.filter(({ title }) => titleOf(title, draft).folded === folded);
  const unique = only(exact);
  if (unique) return unique;
  if (exact.length > 1) return { name, ambiguous: true, candidates: exact };
  const former = draft.node(draft.former.get(name.toLowerCase()) ?? '');
  if (former) return { node: former };
  const pointed = PRONOUN.test(name) && latest !== null ? draft.node(latest) : undefined;
  if (pointed) return { node: pointed };
  const bare = name.replace(ARTICLE, '');
  const numbered = byNumber(bare, draft);
  if (numbered) return { node: numbered };
  const type = typeOfWords(bare);
  if (type) {
    const nodes = draft.nodes.filter((node) => node.type === type);
    if (nodes.length > 0) return only(nodes) ?? { name, ambiguous: true, candidates: nodes };
  }
  const typed = leadingType(bare);
  if (typed && typed.rest !== '') {
    const within = byTitle(
      typed.rest,
      typed.type === null ? draft.nodes : draft.nodes.filter((node) => node.type === typed.type),
      draft,
    );
    const found = only(within);
    if (found) return found;
  }
  const trailing = /^(.+?)[\s-]+([\p{L}]+)$/u.exec(bare);
  const kind = trailing ? typeOfWords(trailing[2] ?? '') : undefined;
  const titled = byTitle(bare, draft.nodes, draft);
  const found = only(titled);
  if (found) return found;
  if (trailing && kind !== undefined) {
    const within = byTitle(
      trailing[1] ?? '',
      kind === null ? draft.nodes : draft.nodes.filter((node) => node.type === kind),
      draft,
    );
    const typedFound = only(within);
    if (typedFound) return typedFound;
  }
  return { name, ambiguous: titled.length > 0, candidates: titled.length > 0 ? titled : near(bare, draft) };
}
