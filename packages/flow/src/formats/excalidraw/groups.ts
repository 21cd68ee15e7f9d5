import type { Drawing } from '../import/drawing.ts';
import type { Element } from './elements.ts';

/**
 * Groups as frames: those that hold at least two shapes, inside the frame that all their shapes are in. What is in
 * several groups is in the innermost; groups that hold the same shapes are one.
 */
export function addGroups(drawing: Drawing, elements: readonly Element[]): void {
  const groupsOf = new Map(elements.map(({ id, groupIds }) => [id, groupIds]));
  const members = new Map<string, number>();
  for (const { key } of drawing.nodes)
    for (const group of new Set(groupsOf.get(key))) members.set(group, (members.get(group) ?? 0) + 1);
  const frameOf = new Map<string, string | undefined>();
  const around = new Map<string, string>();
  for (const node of drawing.nodes) {
    const groups = (groupsOf.get(node.key) ?? []).filter(
      (group, at, all) =>
        (members.get(group) ?? 0) > 1 && members.get(group) !== members.get(all[at + 1] ?? ''),
    );
    const [inner] = groups;
    if (inner === undefined) continue;
    for (const [at, group] of groups.entries()) {
      const outer = groups[at + 1];
      if (outer !== undefined && !around.has(group)) around.set(group, outer);
      frameOf.set(group, !frameOf.has(group) || frameOf.get(group) === node.frame ? node.frame : undefined);
    }
    node.frame = groupKey(inner);
  }
  for (const [group, frame] of frameOf) {
    const outer = around.get(group);
    const parent = outer === undefined ? frame : groupKey(outer);
    drawing.frames.push({ key: groupKey(group), title: '', ...(parent === undefined ? {} : { parent }) });
  }
}

function groupKey(group: string): string {
  return `group.${group}`;
}
