import type { Part } from '../clause.ts';
import { lowAt } from '../text/tokens.ts';
import { findFinite, isNoun } from './find-verb.ts';
import { isAuxiliary } from './verbs.ts';

/** Clauses that stand inside another one: conditions (ANNOTATION 4.8), and relative clauses behind a subject. */

/** "schreibt sie, wenn sie mag, eine Kritik": the condition stands inside what it governs, and goes ahead of it. */
export function withoutInsertions(parts: readonly Part[]): Part[] {
  const out: Part[] = [];
  for (const part of parts) {
    const condition = out.at(-1);
    const main = out.at(-2);
    const inserted =
      part.link === 'then' &&
      findFinite(part.tokens, false) < 0 &&
      isNoun(part.tokens.at(-1)) &&
      condition?.link === 'if' &&
      !condition.postposed &&
      main !== undefined &&
      ['first', 'and', 'semicolon'].includes(main.link) &&
      findFinite(main.tokens, true) >= 0;
    const described = out.at(-1);
    if (main !== undefined && described !== undefined && isOfSubject(main, described, part))
      out.splice(-2, 2, ...ofSubject(main, described, part));
    else if (inserted)
      out.splice(-2, 2, condition, { ...main, link: 'then', tokens: [...main.tokens, ...part.tokens] });
    else out.push(part);
  }
  return out;
}

/** "Gäste, die keinen Platz haben, warten": a relative clause between a subject and its verb. */
const isOfSubject = (subject: Part, relative: Part, main: Part): boolean =>
  (relative.link === 'relative' || (relative.link === 'reason' && lowAt(relative.tokens, 0) === 'die')) &&
  (main.link === 'then' || main.link === 'and') &&
  subject.link !== 'relative' &&
  findFinite(subject.tokens, true) < 0 &&
  isNoun(subject.tokens.at(-1)) &&
  findFinite(main.tokens, false) === 0;

/** Such a clause singles out some of many (ANNOTATION 4.1), or only describes. */
function ofSubject(subject: Part, relative: Part, main: Part): Part[] {
  const [finite, ...rest] = main.tokens;
  const isOne = ['ein', 'eine'].includes(lowAt(subject.tokens, 0));
  const isMany = subject.tokens.length === 1;
  const last = lowAt(relative.tokens, relative.tokens.length - 1);
  if (finite && (isOne || isMany) && isAuxiliary(last))
    return [
      { link: 'if', tokens: [...subject.tokens, ...relative.tokens.slice(1)] },
      { ...main, link: 'then', tokens: [finite, ...subject.tokens, ...rest] },
    ];
  const whole: Part = { ...subject, tokens: [...subject.tokens, ...main.tokens] };
  return relative.link === 'reason' ? [whole] : [relative, { ...whole, link: 'and' }];
}
