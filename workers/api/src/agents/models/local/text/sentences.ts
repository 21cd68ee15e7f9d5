const ABBREVIATION =
  /(?<!\p{L})(?:(?:z|d|u|i|e|v|o|s)\.?\s?(?:B|h|a|e|g|ä|o)|(?:bzw|ggf|max|min|ca|usw|inkl|evtl|etc|vs|approx|no|nr|dr|mr|mrs|st|tel|abs|art|resp|incl|bspw|sog|zzgl|mind|std|sek|empf|u))$/iu;

/**
 * Sentences in order, word for word. A semicolon does not end one: its parts share the scope of a condition.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  let depth = 0;
  let quote = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '"') quote = !quote;
    else if (char === '“' && !quote && !/[“”]/.test(text.slice(i + 1, i + 120))) quote = false;
    if (char === '(') depth++;
    if (char === ')') depth = Math.max(0, depth - 1);
    if (!/[.!?…]/.test(char) || depth > 0) continue;
    const next = text[i + 1] ?? ' ';
    // "…?" ends a sentence with its closing mark only if a new one begins after it.
    const closing = /["”“’')]/.test(next) ? 1 : 0;
    if (quote && closing === 0) continue;
    const after = text.slice(i + 1 + closing, i + 4 + closing);
    if (after !== '' && !/^\s/.test(after)) continue;
    if (closing === 1 && after.trim() !== '' && !/^\s+[\p{Lu}\d"„“]/u.test(after)) continue;
    if (char === '.') {
      const before = text.slice(Math.max(start, i - 8), i);
      if (ABBREVIATION.test(before)) continue;
      if (/(?:^|\s)\p{L}?[^\P{L}aeiouäöü]{3}$/iu.test(before) && /^\s+\p{Ll}/u.test(after)) continue;
      // An ordinal, "am 3. Tag".
      if (
        /(?:^|\s)\d{1,2}$/.test(before) &&
        after.trim() !== '' &&
        i - start < 400 &&
        /\b(?:am|der|die|das|dem|den|zum|vom|beim|im|nach|jeder)\s+\d{1,2}$/i.test(
          text.slice(Math.max(start, i - 12), i),
        )
      )
        continue;
      if (after.trim() !== '' && /^\s+\p{Ll}/u.test(after) && before.length < 4) continue;
    }
    const sentence = text.slice(start, i + 1 + closing).trim();
    if (sentence !== '') sentences.push(sentence);
    start = i + 1 + closing;
    if (closing === 1 && next === '"') quote = false;
    i += closing;
  }
  const rest = text.slice(start).trim();
  if (rest !== '') sentences.push(rest);
  return sentences;
}
