/** How alike two phrases are by their content words, whatever the inflection. */

const SMALL = new Set(
  `a an the of to in into on onto at by for from with without and or as is are was were be been being has have had do does did
it its they them their he she his her him we us our you your i me my this that these those there then than so up out off via per if when
der die das den dem des ein eine einen einem einer eines und oder zu zum zur im am an auf aus bei beim mit von vom vor nach für um als ist sind
war wird werden wurde hat haben es sie er ihn ihm ihr ihre ihren ihrem ihrer sein seine seinen wir uns unser man ich sich dass ob so durch per ins
new different another other again neu neue neuen neues anderer andere anderes anderen erneut wieder choosing`.split(
    /\s+/,
  ),
);

const ENDINGS = [
  'ungen',
  'ation',
  'tions',
  'tion',
  'ment',
  'ings',
  'ung',
  'ing',
  'ern',
  'est',
  'ies',
  'en',
  'em',
  'er',
  'ed',
  'es',
  'et',
  'e',
  't',
  'n',
  's',
  'y',
];

export function stem(word: string): string {
  const plain = word
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’"„“”»«]/gu, '')
    .replaceAll('-', '');
  if (plain.length <= 3) return plain;
  return bareStem(
    plain
      .replace(
        /^(ab|an|auf|aus|ein|fest|frei|hin|mit|nach|vor|weg|weiter|zu|zuruck|zusammen|um)ge(?=\p{L}{3,}(?:t|en)$)/u,
        '$1',
      )
      .replace(/^ge(?=\p{L}{4,}t$)/u, ''),
  );
}

function bareStem(word: string): string {
  const plain = word.length > 3 ? word.replace(/(?<!s)s$/, '') : word;
  const ending = ENDINGS.find(
    (candidate) => plain.endsWith(candidate) && plain.length - candidate.length >= 3,
  );
  const cut = ending === undefined ? plain : plain.slice(0, -ending.length);
  const bare = cut.length > 3 ? cut.replace(/[yi]$/, '') : cut;
  return bare.length <= 4 ? bare : bare.replace(/([bdfglmnprt])\1$/, '$1').replace(/i$/, '');
}

export function contentStems(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu) ?? [];
  const content = words.filter((word) => !SMALL.has(word));
  return (content.length > 0 ? content : words).map(stem);
}

const plainEnd = (word: string): string => {
  const last = word.at(-1) ?? '';
  return word.at(-2) === last && 'bdfglmnprt'.includes(last) ? word.slice(0, -1) : word;
};

/** From 0 to 1; compounds count by their first or last part. */
function wordLikeness(a: string, b: string): number {
  if (a === b || plainEnd(a) === plainEnd(b)) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && (long.startsWith(short) || long.endsWith(short)))
    return short.length >= 5 || long.length - short.length <= 3 ? 0.85 : 0.6;
  if (short.length < 4) return 0;
  let common = 0;
  while (common < short.length && short[common] === long[common]) common++;
  return common >= 5 && common >= long.length * 0.65 ? 0.7 : 0;
}

/** Share of `part`'s words that `whole` has too. */
export function coverage(part: readonly string[], whole: readonly string[]): number {
  if (part.length === 0) return 0;
  let sum = 0;
  for (const word of part) sum += Math.max(0, ...whole.map((other) => wordLikeness(word, other)));
  return sum / part.length;
}

export function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  return (coverage(a, b) * a.length + coverage(b, a) * b.length) / (a.length + b.length);
}
