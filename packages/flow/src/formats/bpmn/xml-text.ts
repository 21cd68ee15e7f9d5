const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML, in attributes too: nothing in it is markup or normalised away on the way back in. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD')
    .replace(/[&<>"]/gu, (sign) => SIGNS[sign] ?? '')
    .replace(/[\t\n\r]/gu, (space) => `&#${space.charCodeAt(0)};`);
}

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** One element; `content` is markup already. Undefined attributes are left out. */
export function tag(name: string, attributes: Attributes = {}, content: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escaped(String(value))}"`))
    .join('');
  return content.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${content.join('\n')}</${name}>`;
}

/** An element that holds only text. */
export function textTag(name: string, text: string, attributes: Attributes = {}): string {
  return tag(name, attributes, [escaped(text)]);
}
