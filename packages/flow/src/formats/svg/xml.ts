const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for XML content or attributes: escaped, and without the characters that XML 1.0 cannot hold at all. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
    .replace(/[&<>"']/gu, (character) => ESCAPES[character] ?? '');
}

/** A number as short as it can be: whole, or with up to two decimals. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** `name="value"` pairs; numbers are shortened, text is escaped, undefined is left out. */
function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [` ${name}="${typeof value === 'number' ? num(value) : escapeXml(value)}"`],
    )
    .join('');
}

/** One element; `content` is markup already. */
export function element(
  name: string,
  values: Readonly<Record<string, string | number | undefined>>,
  content: string = '',
): string {
  return content === ''
    ? `<${name}${attributes(values)}/>`
    : `<${name}${attributes(values)}>${content}</${name}>`;
}
