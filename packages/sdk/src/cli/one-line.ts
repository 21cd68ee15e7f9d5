/** A text of a file as it stands on one line of a terminal, which it cannot steer: no control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
