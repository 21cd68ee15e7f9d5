import type { NodeType } from '@uxflow/flow';
import type { Command, NewNode, Place } from './command.ts';
import { hasName, NAME } from './names.ts';
import { leadingType, typeOfWords } from './types.ts';

const re = (source: string): RegExp => new RegExp(source, 'iu');
const BEFORE_A_PLACE = '(?:right |directly |immediately |just |direkt |gleich |unmittelbar )?';
const BETWEEN = `(?:in |in der mitte )?(?:between|zwischen)`;
const AFTER = `${BEFORE_A_PLACE}(?:after|behind|following|below|nach|hinter)`;
const BEFORE = `${BEFORE_A_PLACE}(?:before|in front of|ahead of|above|vor)`;
const AT_END =
  '(?:at the (?:very )?end|as (?:the )?last step|to the end|am (?:schluss|ende)|ans ende|zum schluss|als letzten schritt)(?: of the flow| des (?:flows|ablaufs))?';
const AT_START =
  '(?:at the (?:very )?(?:beginning|start)|as (?:the )?first step|to the (?:beginning|start)|am anfang|an den anfang|als ersten schritt)(?: of the flow| des (?:flows|ablaufs))?';
const LABEL =
  '(?:with (?:the |a )?(?:label|text|answer)|label(?:l)?ed(?: as| with)?|mit (?:der |dem )?(?:beschriftung|bezeichnung|label|antwort)|beschriftet(?: mit| als)?)';
const DESCRIPTION = '(?:with (?:the |a )?description|described as|mit (?:der )?beschreibung)';

/** "after Y", "between A and B" as a whole text. */
export function parsePlace(text: string): Place | null {
  const plain = text.trim();
  const between = re(`^${BETWEEN} (.+?) (?:and|und) (.+)$`).exec(plain);
  if (between) return { kind: 'between', first: between[1] ?? '', second: between[2] ?? '' };
  const after = re(`^${AFTER} (.+)$`).exec(plain);
  if (after) return { kind: 'after', of: after[1] ?? '' };
  const before = re(`^${BEFORE} (.+)$`).exec(plain);
  if (before) return { kind: 'before', of: before[1] ?? '' };
  if (re(`^${AT_END}$`).test(plain)) return { kind: 'end' };
  return re(`^${AT_START}$`).test(plain) ? { kind: 'beginning' } : null;
}

/** What stands where in "X after Y" and in "after Y a screen X". */
function splitPlace(text: string): { what: string; place: Place | null } {
  const edge = re(`^(.+?) (${AT_END}|${AT_START})$`).exec(text) ?? null;
  if (edge) return { what: edge[1] ?? '', place: parsePlace(edge[2] ?? '') };
  const trailing = re(`^(.+?),? ((?:${BETWEEN}|${AFTER}|${BEFORE}) .+)$`).exec(text);
  const place = trailing && parsePlace(trailing[2] ?? '');
  if (trailing && place && !re(`^(?:${BETWEEN}|${AFTER}|${BEFORE}) `).test(text))
    return { what: trailing[1] ?? '', place };
  const what = `((?:an? |the |one |another |eine[nr]? |ein |de[nr] |die |das |noch )*(?:[\\p{L}-]+ ){0,2}${NAME}.*|(?:an? |another |eine[nr]? |ein |noch )+.+)`;
  for (const pattern of [
    `^(${BETWEEN} .+? (?:and|und) (?:${NAME}|.+?)),? ${what}$`,
    `^((?:${AFTER}|${BEFORE}) (?:${NAME}|.+?)),? ${what}$`,
    `^(${AT_END}|${AT_START}),? (.+)$`,
  ]) {
    const leading = re(pattern).exec(text);
    const found = leading && parsePlace(leading[1] ?? '');
    if (leading && found) return { what: leading[2] ?? '', place: found };
  }
  return { what: text, place: null };
}

/** Cuts "with label L" out of the text; a place or a type may follow it. */
function take(text: string, words: string): { text: string; taken: string | undefined } {
  const found = re(`^(.+?),? ${words}:? (${NAME}|.+)$`).exec(text);
  const [, before = text, value] = found ?? [];
  const rest = re(`^(.+?)((?: as | als |,? (?:${BETWEEN}|${AFTER}|${BEFORE}) ).+)$`).exec(value ?? '');
  return rest ? { text: `${before}${rest[2]}`, taken: rest[1] } : { text: before, taken: value };
}

const ARTICLE =
  /^(?:(?:an?|the|another|one more|one|some|new|extra|additional|eine[nrms]?|ein|de[rnm]|die|das|noch|neue[nrs]?|weitere[nrs]?|zusätzliche[nrs]?)\s+)+/iu;
const CALLED =
  /^(?:(?:that is |which is )?(?:called|named|titled|entitled|saying|with (?:the )?(?:title|name)|namens|mit (?:dem )?(?:titel|namen)|genannt)\s*:?\s*|:\s*)/iu;

function newNode(text: string, type: NodeType | null): NewNode | null {
  const bare = text.trim().replace(ARTICLE, '').trim();
  const named = leadingType(bare);
  if (named) {
    const rest = named.rest.replace(CALLED, '').trim();
    if (rest === '') return { title: '', type: type ?? named.type };
    if (rest !== named.rest || hasName(rest)) return { title: rest, type: type ?? named.type };
    // "Form validation" is a title, "screen Welcome" is not: titles of people begin with a capital letter.
    if (/^\p{Lu}/u.test(rest) && /^\p{Ll}/u.test(bare)) return { title: rest, type: type ?? named.type };
  }
  const quoted = re(`^(${NAME}) (.+)$`).exec(bare);
  if (quoted) {
    const kind = typeOfWords(quoted[2] ?? '');
    if (kind !== undefined) return { title: quoted[1] ?? '', type: type ?? kind };
  }
  const tail = bare.split(/[\s-]/).at(-1) ?? '';
  return bare === ''
    ? null
    : { title: bare, type: type ?? (hasName(bare) ? null : (typeOfWords(tail) ?? null)) };
}

/** Reads what follows "add": titles, types, the place, a label and a description. */
export function parseAdd(text: string): Extract<Command, { kind: 'add' }> | null {
  const described = take(
    text.replace(
      /\s+(?:to|in|into) (?:the |this |my )?(?:flow|diagram)$|\s+(?:zum|in den|im) (?:flow|ablauf|diagramm)$/iu,
      '',
    ),
    DESCRIPTION,
  );
  const labelled = take(described.text, LABEL);
  const { what, place } = splitPlace(labelled.text);
  let rest = what;
  let type: NodeType | null = null;
  let spot = place;
  const as = / (?:as|als) (.+)$/iu;
  if (spot && 'of' in spot) {
    const found = as.exec(spot.of);
    const kind = found && typeOfWords(found[1] ?? '');
    if (found && kind !== undefined) {
      type = kind;
      spot = { ...spot, of: spot.of.slice(0, found.index) };
    }
  } else if (spot?.kind === 'between') {
    const found = as.exec(spot.second);
    const kind = found && typeOfWords(found[1] ?? '');
    if (found && kind !== undefined) {
      type = kind;
      spot = { ...spot, second: spot.second.slice(0, found.index) };
    }
  }
  const found = as.exec(rest);
  const kind = found && typeOfWords(found[1] ?? '');
  if (found && kind !== undefined) {
    type = kind;
    rest = rest.slice(0, found.index);
  }
  const parts = rest.split(/\s*,\s*(?:(?:and|und)\s+)?|\s+(?:and|und)\s+/iu);
  const list = parts.length > 1 && parts.every(hasName) ? parts : [rest];
  const nodes = list.map((part) => newNode(part, type)).filter((node) => node !== null);
  if (nodes.length === 0) return null;
  return {
    kind: 'add',
    nodes,
    place: spot,
    ...(labelled.taken !== undefined && { label: labelled.taken }),
    ...(described.taken !== undefined && { description: described.taken }),
  };
}
