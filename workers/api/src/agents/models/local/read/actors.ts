import { type Context, headOf, nounPhrase } from '../meaning/context.ts';
import type { Grammar } from './grammar.ts';

const STATIVE =
  /^(?:exceed|contain|cost|break|match|have|be|show|display|open|reach|include|meet|need|require|haben|sein|zeigen|anzeigen|öffnen|kosten|enthalten|überschreiten|erreichen|betragen|brauchen|benötigen|werden)$/;

const PREPOSITION =
  /^(?:in|im|ins|on|at|to|into|for|from|auf|an|am|zu|zur|zum|mit|with|bei|beim|nach|von|vom|aus|by|after|before|über|out|up|off|down|per|via)$/;

/** A longer text is judged by its beginning. */
const MOST_SENTENCES = 400;

/** Nouns that do something to something: people, as far as a text shows it (ANNOTATION.md, 2.2). */
export function actorsOf(
  sentences: readonly string[],
  grammar: Grammar,
  { lexicon }: Context,
): ReadonlySet<string> {
  const acting = new Map<string, number>();
  const count = (head: string, points: number): void => {
    acting.set(head, (acting.get(head) ?? 0) + points);
  };
  for (const clause of sentences.slice(0, MOST_SENTENCES).flatMap(grammar.clausesOf)) {
    const head = headOf(clause.subject, lexicon);
    if (
      head === '' ||
      lexicon.personPronouns.has(head) ||
      lexicon.pronouns.has(head) ||
      lexicon.system.test(head) ||
      clause.subject.length > 3
    )
      continue;
    if (clause.passive || clause.state) count(head, -2);
    else if (
      clause.verb !== '' &&
      !STATIVE.test(clause.verb) &&
      nounPhrase(clause.rest, lexicon).length > 0 &&
      !PREPOSITION.test(clause.rest[0]?.low ?? '') &&
      !['if', 'unless', 'when'].includes(clause.link)
    )
      count(head, 1);
  }
  return new Set([...acting].filter(([, score]) => score > 0).map(([head]) => head));
}
