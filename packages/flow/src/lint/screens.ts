import { LIMITS } from '../document/limits.ts';
import type { FlowNode, Op, ScreenElement, ScreenStateKind } from '../document/types.ts';

/** What an element of a screen is to the people who use it. Its `kind` is free text, so this reads it. */
export type ElementRole = 'control' | 'field' | 'list' | 'image' | 'other';

const words = (alternatives: string): RegExp => new RegExp(`(?<!\\p{L})(?:${alternatives})(?!\\p{L})`, 'iu');
const CONTROL = words('buttons?|btn|links?|cta|fab|menu ?item');
const FIELD = words(
  'inputs?|fields?|text ?(?:box|field|area|input)|textarea|check ?box|radio|select|dropdown|combobox|' +
    'toggle|switch|slider|date ?picker|picker|upload',
);
const LIST = words('list|lists|table|data ?grid|feed|results|gallery|inbox|timeline');
const IMAGE = words('image|picture|photo|icon|illustration|avatar');

/** Kinds seen lately: documents use few words for them, and thousands of times. */
const known = new Map<string, ElementRole>();
const KNOWN_MOST = 1_000;

/** `iconButton`, `icon-button` and `Icon button` are a control alike. */
export function roleOf({ kind }: ScreenElement): ElementRole {
  let role = known.get(kind);
  if (!role) {
    role = read(kind);
    if (known.size >= KNOWN_MOST) known.clear();
    known.set(kind, role);
  }
  return role;
}

function read(kind: string): ElementRole {
  const spoken = kind.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_-]+/g, ' ');
  if (CONTROL.test(spoken)) return 'control';
  if (FIELD.test(spoken)) return 'field';
  if (LIST.test(spoken)) return 'list';
  return IMAGE.test(spoken) ? 'image' : 'other';
}

/** True when the node's screen is designed for this state. */
export function hasState(node: FlowNode, state: ScreenStateKind): boolean {
  return node.screen?.states.some(({ kind }) => kind === state) === true;
}

/** The op that designs one more state of a node's screen and keeps everything else on it; none when it has too many. */
export function addState(node: FlowNode, kind: ScreenStateKind, note: string): Op[] {
  const { elements = [], states = [], ...rest } = node.screen ?? {};
  if (states.length >= LIMITS.screenStates) return [];
  const screen = {
    ...rest,
    elements: elements.map((element) => ({ ...element })),
    states: [...states.map((state) => ({ ...state })), { kind, note }],
  };
  return [{ op: 'patch', kind: 'node', id: node.id, set: { screen } }];
}
