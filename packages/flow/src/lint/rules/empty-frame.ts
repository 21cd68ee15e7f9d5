import { finding, quoteText, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

export const emptyFrame: LintRule = {
  severity: 'info',
  title: 'Empty frame',
  rationale: 'A box with nothing in it makes people look for what is missing.',
  source: SOURCES.minimalism,
  check({ document: { nodes, frames } }) {
    const used = new Set<string>();
    for (const { frameId } of Object.values(nodes)) {
      // A frame that holds a frame with a step in it is not empty either. A frame that is known ends the climb.
      for (let at = frameId; at !== undefined && !used.has(at); at = frames[at]?.parentId) used.add(at);
    }
    const empty = Object.values(frames).filter(({ id }) => !used.has(id));
    if (empty.length === 0) return [];
    const names = empty.slice(0, 3).map(({ id, title }) => quoteText(title.trim() || id));
    return [
      finding(
        `Nothing is in the frame${empty.length === 1 ? '' : 's'} ${names.join(', ')}${empty.length > 3 ? ' …' : ''}: put steps in, or remove it.`,
        [],
        [],
        empty.map(({ id }) => ({ op: 'remove', kind: 'frame', id })),
      ),
    ];
  },
};
