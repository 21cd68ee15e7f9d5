import { type Clause, type Link, type Part, verblessClause } from '../clause.ts';
import { isMark, type Token } from '../text/tokens.ts';
import { withoutCauser } from './causation.ts';
import { endsInInfinitive, endsInParticiple, findFinal, findFinite } from './find-verb.ts';
import { readMarks } from './marks.ts';
import { objectsOf, takeAgent } from './objects.ts';
import { predicate } from './predicate.ts';
import { verbLastClause } from './verb-last.ts';
import { mainOrder, relativeOrder, subjectBehind } from './word-order.ts';
import { NEGATIONS } from './words.ts';

/** Links whose clauses have their verb at the end. */
const SUBORDINATE: ReadonlySet<Link> = new Set(['if', 'unless', 'when', 'until', 'reason', 'whether']);
const CONDITIONS: ReadonlySet<Link> = new Set(['if', 'unless', 'when']);
/** Links behind which a verb in first place has its subject behind it. */
const INVERTING: ReadonlySet<Link> = new Set(['then', 'else', 'when', 'meanwhile', 'if', 'unless']);

/** Where the finite verb of a part stands, and whether the part has the word order of a main clause. */
function verbOf(part: Part, tokens: readonly Token[]): { at: number; main: boolean } {
  const { link } = part;
  if (link !== 'relative' && (!SUBORDINATE.has(link) || findFinite(tokens, true) === 0))
    return { at: findFinite(tokens, link !== 'and' && link !== 'or' && link !== 'equals'), main: true };
  const last = findFinal(tokens);
  const near = last >= 0 && (link === 'relative' || last >= tokens.length - 3);
  const at = near ? last : findFinite(tokens, true);
  return { at, main: at < tokens.length - 1 && last !== at };
}

/** "sofort / geplant / Entwurf": bare names between strokes behind a colon. */
function namesCases(part: Part): boolean {
  if (!['colon', 'equals', 'first'].includes(part.link) || !part.tokens.some((token) => isMark(token, '/')))
    return false;
  let length = 0;
  for (const token of part.tokens) {
    length = isMark(token, '/') ? 0 : length + 1;
    if (length > 2 || (token.kind === 'mark' && !isMark(token, '/'))) return false;
  }
  return true;
}

/** Takes a German clause apart: marks of manner, predicate, subject, objects. */
export function parseGerman(part: Part): Clause {
  const words = withoutCauser(part.tokens.filter((token) => token.low !== 'bitte'));
  if (namesCases(part)) return verblessClause(part, words);
  const { tokens, marks } = readMarks(words);
  const sometimes = /^(?:manchmal|gelegentlich|mitunter)$/.test(part.tokens[0]?.low ?? '');
  const clause: Clause = {
    ...verblessClause(part, tokens),
    ...marks,
    question: (part.question ?? false) || sometimes,
  };
  if (part.shares) return verbLastClause(tokens, clause, part);
  const { at, main } = verbOf(part, tokens);
  const negated = tokens.some(({ low }) => NEGATIONS.has(low));
  if (at < 0)
    return endsInInfinitive(tokens) || endsInParticiple(tokens)
      ? verbLastClause(tokens, clause, part)
      : { ...clause, negated };

  const { used, finite, ...what } = predicate(tokens, at, main);
  const unused = tokens.filter((token) => !used.has(token));
  const before = main ? tokens.slice(0, at).filter((token) => !used.has(token)) : [];
  const after = unused.filter((token) => !before.includes(token));
  // Words taken out ahead of the verb ("gleichzeitig wird …") held its first place: the subject stands behind it.
  const untouched =
    tokens.length === words.length && !marks.parallel && !marks.inBranch && part.question !== true;
  const mayOmit = !INVERTING.has(part.link) && (part.link === 'and' || part.link === 'or' || untouched);
  const order = main
    ? mainOrder(before, after, finite, mayOmit)
    : part.link === 'relative'
      ? relativeOrder(part, unused)
      : subjectBehind(after);
  const { subject, lead } = order;
  const { agent, rest } = what.passive ? takeAgent(order.rest) : { agent: [], rest: order.rest };
  // "Es ist offen": the pronoun stands for nothing.
  const empty = what.state && what.verb !== '' && subject.length === 1 && subject[0]?.low === 'es';
  const asked = CONDITIONS.has(part.link) || part.question === true;
  return {
    ...clause,
    ...what,
    tokens: asked && main && at === 0 ? subjectFirst(tokens, subject, finite) : tokens,
    subject: empty ? [] : subject.filter((token) => !isMark(token, ',')),
    rest: objectsOf(rest, part.link),
    lead,
    agent,
    negated,
  };
}

/** "Schlägt die Zahlung fehl" → "die Zahlung schlägt fehl". */
const subjectFirst = (tokens: readonly Token[], subject: readonly Token[], finite: Token): Token[] => [
  ...subject,
  { ...finite, text: finite.low },
  ...tokens.filter((token) => token !== finite && !subject.includes(token)),
];
