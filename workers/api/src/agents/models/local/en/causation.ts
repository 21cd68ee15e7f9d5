import { lowAt, type Token } from '../text/tokens.ts';
import { NOUN_TOO, verbForm } from './verbs.ts';
import { DETERMINERS } from './words.ts';

/**
 * "We ask the user to confirm the address": asking merges with answering (ANNOTATION 2.5), so the act asked for is the
 * step and whoever is asked its subject.
 */

const ASKING = [
  'ask',
  'prompt',
  'invite',
  'request',
  'require',
  'tell',
  'allow',
  'enable',
  'force',
  'encourage',
  'instruct',
  'remind',
  'expect',
  'suppose',
  'permit',
  'oblige',
];
const CAUSERS: ReadonlySet<string> = new Set([...ASKING, 'let', 'help', 'urge']);
/** Verbs that ask a person when they stand behind "to be". */
export const PASSIVE_CAUSERS: ReadonlySet<string> = new Set([...ASKING, 'make']);

interface Caused {
  readonly subject: Token[];
  readonly verb: string;
  readonly rest: Token[];
}

/** The act that an active verb asks for in what stands behind it; null if it asks for none. */
export function causedAct(verb: string, rest: readonly Token[]): Caused | null {
  if (!CAUSERS.has(verb)) return null;
  const bare = verb === 'let' || verb === 'help';
  const at = rest.findIndex(({ low }, i) => {
    if (i === 0) return false;
    if (!bare)
      return (
        low === 'to' && verbForm(lowAt(rest, i + 1))?.form === 'base' && !DETERMINERS.has(lowAt(rest, i + 1))
      );
    return verbForm(low)?.form === 'base' && (!NOUN_TOO.has(low) || (verb === 'let' && i < 4));
  });
  if (at < 0 || at >= 8) return null;
  const inner = lowAt(rest, at) === 'to' ? at + 1 : at;
  return {
    subject: rest.slice(0, at),
    verb: verbForm(lowAt(rest, inner))?.base ?? '',
    rest: rest.slice(inner + 1),
  };
}
