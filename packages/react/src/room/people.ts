import type { Peer } from '@uxflow/flow/sync';
import type { Cursor } from '../canvas/Cursors.tsx';
import type { PeerMark } from '../canvas/model.ts';

/** Told apart on both themes; white text is legible on each. */
const COLORS = [
  '#c2410c',
  '#0f766e',
  '#7c3aed',
  '#be185d',
  '#1d4ed8',
  '#4d7c0f',
  '#a16207',
  '#0e7490',
] as const;

/** The same person has the same colour in everyone's editor. */
function colorOf(actorId: string): string {
  let hash = 0;
  for (let index = 0; index < actorId.length; index += 1) hash = (hash * 31 + actorId.charCodeAt(index)) | 0;
  return COLORS[Math.abs(hash) % COLORS.length] ?? COLORS[0];
}

/** First letters of the first and last name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('') || '?';
}

export function cursorsOf(peers: readonly Peer[]): Cursor[] {
  return peers.flatMap(({ peerId, actor, presence }) =>
    presence.cursor ? [{ peerId, name: actor.name, color: colorOf(actor.id), at: presence.cursor }] : [],
  );
}

/** Record id → who else has it selected. */
export function selectionsOf(peers: readonly Peer[]): Map<string, PeerMark[]> {
  const marks = new Map<string, PeerMark[]>();
  for (const { peerId, actor, presence } of peers) {
    for (const id of presence.selection ?? []) {
      const mark = { peerId, name: actor.name, color: colorOf(actor.id) };
      marks.set(id, [...(marks.get(id) ?? []), mark]);
    }
  }
  return marks;
}

export interface Person {
  id: string;
  name: string;
  avatarUrl?: string;
  color: string;
}

/** Everybody in the room once, however many windows they have open. */
export function peopleOf(peers: readonly Peer[]): Person[] {
  const people = new Map<string, Person>();
  for (const { actor } of peers) {
    if (!people.has(actor.id)) people.set(actor.id, { ...actor, color: colorOf(actor.id) });
  }
  return [...people.values()];
}
