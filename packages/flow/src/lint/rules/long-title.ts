import { clip } from '../../document/clip.ts';
import type { FlowNode, Op } from '../../document/types.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** Characters that can be read at a glance. */
const MOST = 80;

export const longTitle: LintRule = {
  severity: 'info',
  title: 'Title too long to read at a glance',
  rationale: 'A flow is read by its titles; a paragraph in a box hides what the step is about.',
  source: SOURCES.minimalism,
  check(graph) {
    return graph.steps
      .filter(({ title }) => title.length > MOST && clip(title, MOST) !== title)
      .map((node) =>
        finding(
          `${quote(node)} has a title of more than ${MOST} characters: name the step and describe it below.`,
          [node.id],
          [],
          shorten(node),
        ),
      );
  },
};

/** Nothing is lost: the whole title becomes the description, where there is none yet. */
function shorten({ id, title, description = '' }: FlowNode): Op[] {
  if (description.trim() !== '') return [];
  const start = clip(title, MOST - 1);
  const words = start.slice(0, start.lastIndexOf(' ')).trim() || start.trim();
  return [{ op: 'patch', kind: 'node', id, set: { title: `${words}…`, description: title } }];
}
