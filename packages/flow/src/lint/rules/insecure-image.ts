import { LIMITS } from '../../document/limits.ts';
import type { FlowNode, Op } from '../../document/types.ts';
import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';

/** A picture from the author's own machine never leaves it. */
const INSECURE = /^http:\/\/(?!(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?#]|$))/i;

export const insecureImage: LintRule = {
  severity: 'info',
  title: 'Picture over an open connection',
  rationale: 'Browsers do not show such a picture on a secure page, so others see a hole.',
  source: SOURCES.mixedContent,
  check(graph) {
    return graph.steps
      .filter(({ screen }) => INSECURE.test(screen?.imageUrl ?? ''))
      .map((node) =>
        finding(
          `The picture of ${quote(node)} is loaded without encryption: use https.`,
          [node.id],
          [],
          secure(node),
        ),
      );
  },
};

/** What browsers do by themselves where they can: the same address over https, unless it names a port. */
function secure({ id, screen }: FlowNode): Op[] {
  const imageUrl = screen?.imageUrl;
  if (!screen || imageUrl === undefined || /^http:\/\/[^/?#]*:\d/i.test(imageUrl)) return [];
  const { elements, states, ...rest } = screen;
  const set = {
    screen: {
      ...rest,
      elements: elements.map((element) => ({ ...element })),
      states: states.map((state) => ({ ...state })),
      imageUrl: imageUrl.replace(/^http:/i, 'https:'),
    },
  };
  // One letter longer: an address at the limit of length stays as it is.
  return set.screen.imageUrl.length > LIMITS.url ? [] : [{ op: 'patch', kind: 'node', id, set }];
}
