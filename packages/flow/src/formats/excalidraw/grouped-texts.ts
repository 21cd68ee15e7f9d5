import type { Drawing, DrawnNode } from '../import/drawing.ts';
import type { Element } from './elements.ts';

/**
 * Before texts could be bound, people grouped a shape with its text, and libraries still do: such a text becomes the
 * shape's own when the group holds that one empty shape, the text lies on it and no arrow holds on to the text.
 */
export function adoptGroupedTexts(drawing: Drawing, elements: readonly Element[]): void {
  const groupOf = new Map(elements.map(({ id, groupIds }) => [id, groupIds[0]]));
  const held = new Set(drawing.edges.flatMap(({ source, target }) => [source.key, target.key]));
  const groups = new Map<string, DrawnNode[]>();
  for (const node of drawing.nodes) {
    const group = groupOf.get(node.key);
    if (group === undefined) continue;
    const known = groups.get(group);
    if (known) known.push(node);
    else groups.set(group, [node]);
  }
  const adopted = new Set<DrawnNode>();
  for (const nodes of groups.values()) {
    const texts = nodes.filter(({ meaning }) => meaning === 'note');
    const [shape, ...others] = nodes.filter(({ meaning }) => meaning !== 'note');
    if (!shape || others.length > 0 || shape.text !== '') continue;
    if (texts.some((text) => held.has(text.key) || !liesOn(text, shape))) continue;
    shape.text = texts.map(({ text }) => text).join('\n');
    for (const text of texts) adopted.add(text);
  }
  drawing.nodes = drawing.nodes.filter((node) => !adopted.has(node));
}

function liesOn({ box: text }: DrawnNode, { box: shape }: DrawnNode): boolean {
  if (!text || !shape) return false;
  const [x, y] = [text.x + text.width / 2, text.y + text.height / 2];
  return x >= shape.x && x <= shape.x + shape.width && y >= shape.y && y <= shape.y + shape.height;
}
