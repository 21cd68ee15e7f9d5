import type { NodeType } from '@uxflow/flow';

/** Words for types of nodes; `null` for words that mean any step. */
const WORDS: readonly [RegExp, NodeType | null][] = [
  [
    /^(?:screens?|pages?|views?|dialogs?|modals?|forms?|bildschirm(?:e|en|s)?|seiten?|ansicht(?:en)?|masken?|dialoge?|formulare?s?)$/iu,
    'screen',
  ],
  [
    /^(?:actions?|tasks?|user actions?|user steps?|aktion(?:en)?|handlung(?:en)?|nutzeraktion(?:en)?)$/iu,
    'action',
  ],
  [
    /^(?:decisions?|questions?|branch|branching|checks?|conditions?|diamond|entscheidung(?:en)?|fragen?|verzweigung(?:en)?|abfragen?|bedingung(?:en)?|raute)$/iu,
    'decision',
  ],
  [
    /^(?:systems?|system steps?|system actions?|background jobs?|background steps?|systemschritte?|systemaktion(?:en)?|hintergrundschritte?)$/iu,
    'system',
  ],
  [
    /^(?:sub-?flows?|sub-?process(?:es)?|unterabl(?:auf|äufe)|teilabl(?:auf|äufe)|unterprozesse?|teilprozesse?)$/iu,
    'subflow',
  ],
  [/^(?:notes?|comments?|remarks?|annotations?|notiz(?:en)?|kommentare?|anmerkung(?:en)?)$/iu, 'note'],
  [/^(?:start|starts|start points?|beginning|entry points?|anfang|startpunkte?|beginn)$/iu, 'start'],
  [/^(?:end|ends|end points?|exit|finish|ende|endpunkte?|schluss)$/iu, 'end'],
  [/^(?:steps?|nodes?|boxes|box|items?|elements?|schritte?s?|knotens?|kästchen|kasten|elemente?s?)$/iu, null],
];
const GENERIC_TAIL = /[\s-](?:steps?|nodes?|boxe?s?|schritte?s?|knotens?)$/iu;

/** The type that a word or two name; undefined for other words, null for "step". */
export function typeOfWords(words: string): NodeType | null | undefined {
  const plain = words.trim().replace(/^(?:an?|the|eine[rnms]?|ein|de[rnms]|die|das)\s+/iu, '');
  const known = (text: string) => WORDS.find(([pattern]) => pattern.test(text))?.[1];
  const direct = known(plain);
  if (direct !== undefined) return direct;
  if (!GENERIC_TAIL.test(plain))
    return /^(?:(?:start|end|entscheidungs|aktions)(?:knoten|schritt))$/iu.test(plain)
      ? known(plain.replace(/s?(?:knoten|schritt)$/iu, '').replace(/^end$/iu, 'ende'))
      : undefined;
  return known(plain.replace(GENERIC_TAIL, ''));
}

/** Splits "screen Welcome" or "system step: Send mail" into type and rest. */
export function leadingType(text: string): { type: NodeType | null; rest: string } | null {
  const words = text.trim().split(/\s+/);
  for (const count of [2, 1]) {
    const head = words.slice(0, count).join(' ').replace(/:$/, '');
    if (words.length < count || /[\uE100-\uF8FF]/.test(head)) continue;
    const type = typeOfWords(head);
    if (type !== undefined) return { type, rest: words.slice(count).join(' ') };
  }
  return null;
}
