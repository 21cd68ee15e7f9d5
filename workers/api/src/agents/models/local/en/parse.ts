import { type Clause, type Part, verblessClause } from '../clause.ts';
import { lowAt, type Token } from '../text/tokens.ts';
import { causedAct } from './causation.ts';
import { findVerb } from './find-verb.ts';
import { readMarks } from './marks.ts';
import { objectsOf, takeAgent, withoutTime } from './objects.ts';
import { relativeOf } from './relative-clause.ts';
import { readSubject, resolveRelative, takeLead } from './subject.ts';
import { verbGroup } from './verb-group.ts';
import { verbForm } from './verbs.ts';
import { DETERMINERS, NEGATIONS, PREPOSITIONS } from './words.ts';

/** Words that deny a clause from its subject or object: "no code arrives", "nobody answers". */
const DENIALS = new Set(['no', 'nobody', 'none', 'nothing', 'neither', 'never']);
/** "re-enter" is to enter again. */
const ANEW = /^re-?(?=enter|type|scan|submit|upload|take|select|choose|do|try|fill)/;

/** Where the verb of a part stands, with what the part's place among the others allows; -1 without one. */
function verbOf(part: Part, tokens: readonly Token[]): number {
  const at = findVerb(tokens, true);
  if (at >= 0) return at;
  if (part.link === 'if')
    return tokens.findIndex(
      ({ low }, i) =>
        i > 0 &&
        verbForm(low)?.form === 'base' &&
        !PREPOSITIONS.has(low) &&
        !DETERMINERS.has(lowAt(tokens, i - 1)),
    );
  // "… is accepted or rejected": the auxiliary stands in the clause before.
  const participle = verbForm(lowAt(tokens, 0))?.form === 'past';
  return participle && (part.link === 'and' || part.link === 'or') ? 0 : -1;
}

/** Takes an English clause apart: marks of manner, subject, verb group, objects. */
export function parseEnglish(part: Part): Clause {
  const {
    tokens,
    marks: { sometimes, ...marks },
  } = readMarks(part.tokens);
  if (part.names) return verblessClause(part, tokens);
  const ahead = takeLead(tokens);
  const at = verbOf(part, tokens);
  const clause: Clause = {
    ...verblessClause(part, tokens),
    ...marks,
    lead: ahead,
    question: (part.question ?? false) || sometimes,
  };
  if (at < 0) return { ...clause, negated: tokens.some(({ low }) => NEGATIONS.has(low)) };

  const before = tokens.slice(0, at);
  const group = verbGroup(tokens, at);
  const { subject: named, lead } = readSubject(before, ahead);
  const resolved = resolveRelative(part, named, tokens.slice(group.end));
  const anew = ANEW.exec(group.verb);
  const said = { ...resolved, verb: anew ? group.verb.slice(anew[0].length) : group.verb };
  const caused = group.passive ? null : causedAct(said.verb, said.rest);
  const { subject, verb, rest: behind } = caused ?? said;
  const { agent, rest } = group.passive ? takeAgent(behind) : { agent: [], rest: behind };
  const objects = objectsOf(rest, verb);
  return {
    ...clause,
    subject,
    verb,
    rest: withoutTime(objects, part.link),
    lead,
    agent,
    passive: group.passive,
    modal: group.modal ?? (caused || group.caused ? 'must' : null),
    negated: group.negated || [...subject, ...objects].some(({ low }) => DENIALS.has(low)),
    perfect: group.perfect,
    state: group.state,
    again: clause.again || anew !== null,
    optional: clause.optional || group.modal === 'may',
    relative: relativeOf(before),
  };
}
