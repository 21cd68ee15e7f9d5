/** Comparing titles: what two annotators would call the same step must come out similar. */

const STOP = new Set(
  `a an the of to in into on onto at by for from with without and or as is are was were be been being has have had do does did
  it its they them their he she his her him we us our you your i me my this that these those there then than so up out off
  via per any some one's s if when whether again
  der die das den dem des ein eine einen einem einer eines und oder zu zum zur im am an auf aus bei beim mit von vom vor nach
  fur um als ist sind war waren sein wird werden wurde wurden hat haben hatte es sie er ihn ihm ihr ihre ihren ihrem ihrer
  sein seine seinen wir uns unser unsere man ich mich mir mein meine dass ob wenn sich so uber durch per in ins`.split(
    /\s+/,
  ),
);

/** Verbs that go with any object: they say little about which step it is, so they weigh half. */
const LIGHT = new Set(
  `enter type fill provide input give show display see view present click tap press hit choose select pick send submit open go land
  set make get receive perform use
  eingeben geben gibt gib angeben eintragen tippen ausfullen anzeigen zeigen sehen erscheinen klicken anklicken drucken wahlen auswahlen
  aussuchen senden schicken verschicken versenden offnen aufrufen setzen machen bekommen erhalten durchfuhren nutzen`.split(
    /\s+/,
  ),
);

const NUMBERS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['one', 'once', 'eins', 'einmal', 'first', 'erster'],
    ['two', 'twice', 'zwei', 'zweimal', 'second', 'zweiter'],
    ['three', 'thrice', 'drei', 'dreimal', 'third', 'dritter'],
    ['four', 'vier', 'viermal', 'fourth', 'vierter'],
    ['five', 'funf', 'funfmal', 'fifth', 'funfter'],
    ['six', 'sechs', 'sechsmal', 'sixth', 'sechster'],
    ['seven', 'sieben', 'siebenmal', 'seventh', 'siebter'],
    ['eight', 'acht', 'achtmal', 'eighth', 'achter'],
    ['nine', 'neun', 'neunmal', 'ninth', 'neunter'],
    ['ten', 'zehn', 'zehnmal', 'tenth', 'zehnter'],
  ].flatMap((words, i) => words.map((word) => [word, String(i + 1)])),
);

export const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/['’`]/g, '')
    .replaceAll(/\be[- ]?mail/g, 'mail');

const words = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const SUFFIXES = ['ungen', 'ung', 'ing', 'ern', 'est', 'en', 'em', 'er', 'ed', 'et', 'e', 't', 'n'];

/** Light: it only has to send the forms of one word to one string, not to a root. */
function stem(word: string): string {
  const number = NUMBERS[word];
  if (number !== undefined) return number;
  if (word.length <= 3) return word;
  const bare = word.replace(/(ies|ied|y)$/, 'i');
  if (bare !== word) return bare;
  const singular = word.replace(/(?<!s)s$/, '');
  const suffix = SUFFIXES.find((ending) => singular.endsWith(ending) && singular.length - ending.length >= 3);
  const out = suffix === undefined ? singular : singular.slice(0, -suffix.length);
  return out.replace(/([bdfglmnprt])\1$/, '$1');
}

const LIGHT_STEMS = new Set([...LIGHT].map(stem));

function tokens(text: string): string[] {
  const all = words(text);
  const content = all.filter((word) => !STOP.has(word));
  return (content.length > 0 ? content : all).map(stem);
}

function bigrams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + 1 < text.length; i++) {
    const pair = text.slice(i, i + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

/** Dice's coefficient of the two words' character pairs. */
function dice(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 4 || b.length < 4) return 0;
  const other = bigrams(b);
  let common = 0;
  for (const [pair, count] of bigrams(a)) common += Math.min(count, other.get(pair) ?? 0);
  return (2 * common) / (a.length + b.length - 2);
}

/** Below this, shared letters are chance rather than inflection or a compound. */
const ALIKE = 0.6;

/** Takes a compound apart where the other title names its first and last part as words of their own. */
function uncompound(own: readonly string[], other: readonly string[]): string[] {
  return own.flatMap((word) => {
    for (const first of other) {
      for (const last of other) {
        const fits = first.length >= 3 && last.length >= 3 && first.length + last.length <= word.length;
        const whole = first.length + last.length >= word.length * 0.65;
        if (fits && whole && word.startsWith(first) && word.endsWith(last)) return [first, last];
      }
    }
    return [word];
  });
}

/** F1 over the content words of two titles, from 0 to 1; inflected words and compounds count in part. */
export function similarity(a: string, b: string): number {
  const [ours, theirs] = [tokens(a), tokens(b)];
  const left = uncompound(ours, theirs);
  const right = uncompound(theirs, ours);
  const weight = (token: string): number => (LIGHT_STEMS.has(token) ? 0.5 : 1);
  const total = [...left, ...right].reduce((sum, token) => sum + weight(token), 0);
  if (total === 0) return fold(a).trim() === fold(b).trim() ? 1 : 0;
  const pairs = left.flatMap((x, i) => {
    return right.map((y, j) => ({
      i,
      j,
      alike: dice(x, y),
      key: x < y ? `${x} ${y}` : `${y} ${x}`,
      weight: weight(x) + weight(y),
    }));
  });
  pairs.sort(
    (p, q) => q.alike - p.alike || q.weight - p.weight || (p.key < q.key ? -1 : p.key > q.key ? 1 : 0),
  );
  const usedLeft = new Set<number>();
  const usedRight = new Set<number>();
  let shared = 0;
  for (const pair of pairs) {
    if (pair.alike < ALIKE) break;
    if (usedLeft.has(pair.i) || usedRight.has(pair.j)) continue;
    usedLeft.add(pair.i);
    usedRight.add(pair.j);
    shared += pair.alike * pair.weight;
  }
  return shared / total;
}

const YES = new Set(['yes', 'y', 'ja', 'j', 'true', 'wahr', 'wenn ja', 'if yes', 'falls ja']);
const NO = new Set([
  'no',
  'n',
  'nein',
  'false',
  'if no',
  'if not',
  'wenn nein',
  'falls nein',
  'wenn nicht',
  'else',
  'otherwise',
  'sonst',
  'andernfalls',
  'ansonsten',
]);

/** Two labels mean the same branch if their normal forms are equal. */
export function normalLabel(label: string): string {
  const plain = words(label).join(' ');
  if (YES.has(plain)) return 'yes';
  if (NO.has(plain)) return 'no';
  return tokens(label).join(' ');
}
