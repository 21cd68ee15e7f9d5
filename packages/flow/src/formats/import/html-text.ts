const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['apos', "'"],
  ['bull', '•'],
  ['copy', '©'],
  ['emsp', ' '],
  ['ensp', ' '],
  ['gt', '>'],
  ['hellip', '…'],
  ['larr', '←'],
  ['ldquo', '“'],
  ['lsquo', '‘'],
  ['lt', '<'],
  ['mdash', '—'],
  ['middot', '·'],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['quot', '"'],
  ['rarr', '→'],
  ['rdquo', '”'],
  ['reg', '®'],
  ['rsquo', '’'],
  ['shy', ''],
  ['times', '×'],
  ['zwj', '\u200D'],
  ['zwnj', '\u200C'],
]);

/** The text of an HTML label: breaks and blocks become line ends, everything else of the markup goes. Linear time. */
export function htmlText(html: string): string {
  return html
    .replace(/<(script|style)\b[^<>]*>[^<]*<\/\1\s*>/giu, '')
    .replace(/<!--[^<>]*-->/gu, '')
    .replace(/[\t\n\r ]+/gu, ' ')
    .replace(/<(?:br|hr|\/?(?:p|div|li|ul|ol|tr|table|h[1-6]|blockquote))\b[^<>]*>/giu, '\n')
    .replace(/<\/?[a-z][^<>]*>/giu, '')
    .replace(/&(?:#(x[0-9a-f]{1,6}|[0-9]{1,7})|([a-z]{2,8}));/giu, decoded)
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{2,}/gu, '\n')
    .trim();
}

function decoded(whole: string, number: string | undefined, name: string | undefined): string {
  if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? whole;
  const code = number?.toLowerCase().startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number(number);
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
}
