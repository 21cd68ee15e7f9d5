import { splitSentences } from '../text/sentences.ts';
import { parsePlace } from './add.ts';
import type { Command } from './command.ts';
import type { Names } from './names.ts';
import { parseCommand } from './parse.ts';

/** A piece of the request: a command, or words that are none. */
export interface Piece {
  text: string;
  command: Command | null;
}

const ITEM = /^\s*(?:\d{1,3}(?:\.\d{1,2})*[.)]|\(?[a-z][.)]|[-*•–+])\s+/iu;
const VERBS =
  `add|insert|append|include|create|put|place|rename|retitle|call|name|change|set|update|make|turn|convert|mark|delete|remove|drop|erase|get rid|connect|link|join|draw|disconnect|unlink|detach|move|label|relabel|replace|fix|repair|resolve|lay ?out|re-?arrange|arrange|tidy|clean|align|group|describe
|füge?n?|ergänz(?:en?)?|setz(?:en?)?|erstell(?:en?)?|leg(?:en?)?|benenn(?:en?)?|nenn(?:en?)?|ändere?n?|lösch(?:en?)?|entfern(?:en?)?|streich(?:en?)?|verbind(?:en?)?|verknüpf(?:en?)?|trenn(?:en?)?|mach(?:en?)?|mach|wandle|verwandle|verschieb(?:en?)?|beschrift(?:en?)?|ersetz(?:en?)?|beheb(?:en?)?|reparier(?:en?)?|ordn(?:en?)?|räum(?:en?)?|gruppier(?:en?)?|zeichn(?:en?)?|beschreibe`.replaceAll(
    '\n',
    '',
  );
const CONJUNCTION = '(?:and|und|then|dann|danach|anschließend|afterwards|sowie|plus|&)';
const CUT = new RegExp(
  `(?:\\s*[;,]\\s*(?:${CONJUNCTION}\\s+)*|\\s+(?:${CONJUNCTION}[\\s,]+)+)(?=(?:(?:please|bitte|also|auch|then|dann)\\s+)*(?:${VERBS})(?![\\p{L}\\p{N}]))`,
  'iu',
);
/** "A löschen und B in C umbenennen" has its verbs at the end. */
const GERMAN_CUT =
  /(?<=(?:hinzufügen|einfügen|ergänzen|löschen|entfernen|umbenennen|verbinden|verschieben|trennen|beheben|anordnen))(?:\s*,\s*|\s+)(?:(?:und|dann|danach)\s+)*/iu;
/** A longer line is prose or nonsense; looking for cuts in it would take long. */
const LONGEST = 4000;

/** A sentence as the most commands that it can be read as, in order; one piece without a command when it is none. */
function pieces(sentence: string): Piece[] {
  if (sentence.length > LONGEST) return [{ text: sentence, command: null }];
  const parts = sentence
    .split(/;/)
    .flatMap((part) => part.split(new RegExp(CUT, 'giu')))
    .flatMap((part) => part.split(new RegExp(GERMAN_CUT, 'giu')))
    .filter((part) => part.trim() !== '');
  const found: Piece[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    const command = parseCommand(part);
    // "After Y, add X" begins with its place; in "add Review and edit" what looked like another command belongs to the name.
    const joins = last && (command === null || (last.command === null && parsePlace(last.text) !== null));
    const from = last ? sentence.indexOf(last.text) : 0;
    const joined = last
      ? sentence.slice(from, sentence.indexOf(part, from + last.text.length) + part.length)
      : part;
    const whole = joins ? parseCommand(joined) : null;
    if (whole) found[found.length - 1] = { text: joined, command: whole };
    else found.push({ text: part.trim(), command });
  }
  return found.some(({ command }) => command) ? found : [{ text: sentence, command: null }];
}

/** The request in sentences, lines and list items, each cut into commands. */
export function splitRequest(names: Names): Piece[] {
  const found: Piece[] = [];
  for (const line of names.text.split('\n')) {
    const bare = line
      .replace(ITEM, '')
      .replace(/^#+\s*/, '')
      .trim();
    if (bare === '') continue;
    for (const sentence of splitSentences(bare)) found.push(...pieces(sentence));
  }
  return found;
}
