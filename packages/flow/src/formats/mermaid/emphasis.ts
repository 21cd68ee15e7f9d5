interface Run {
  at: number;
  character: string;
  length: number;
  /** How many of its characters are left as text. */
  left: number;
}

const WORD = /[\p{L}\p{N}]/u;

/**
 * Markdown text without its `**strong**` and `*emphasised*` marks; marks that have no partner stay. One pass over the
 * text with a stack for either mark, so that no text takes more than linear time.
 */
export function withoutEmphasis(text: string): string {
  const runs: Run[] = [];
  const open: Record<string, Run[]> = { '*': [], _: [] };
  for (const { 0: marks, index: at } of text.matchAll(/\\[\\*_`#]|\*+|_+/gu)) {
    const character = marks.charAt(0);
    if (character === '\\') {
      runs.push({ at, character, length: 1, left: 0 });
      continue;
    }
    const before = text.charAt(at - 1),
      after = text.charAt(at + marks.length);
    const inWord = character === '_' && WORD.test(before) && WORD.test(after);
    const run: Run = { at, character, length: marks.length, left: marks.length };
    runs.push(run);
    const partners = open[character] ?? [];
    if (!inWord && before.trim() !== '') close(run, partners);
    if (!inWord && run.left > 0 && after.trim() !== '') partners.push(run);
  }
  let result = '',
    from = 0;
  for (const { at, character, length, left } of runs) {
    result += text.slice(from, at) + (character === '\\' ? '' : character.repeat(left));
    from = at + length;
  }
  return result + text.slice(from);
}

/** Takes marks off both sides, two at a time where both have two. */
function close(run: Run, partners: Run[]): void {
  for (let partner = partners.at(-1); partner && run.left > 0; partner = partners.at(-1)) {
    const pair = run.left > 1 && partner.left > 1 ? 2 : 1;
    partner.left -= pair;
    run.left -= pair;
    if (partner.left === 0) partners.pop();
  }
}
