import { finding, quote, type LintRule } from '../rule.ts';
import { SOURCES } from '../sources.ts';
import { soundsLikeOrdering, soundsLikeReview } from '../words.ts';

export const orderWithoutReview: LintRule = {
  severity: 'info',
  title: 'Order without a look at it',
  rationale:
    'People who cannot check their order before it is placed order the wrong thing, and send it back.',
  source: SOURCES.checkAnswers,
  check(graph) {
    const orders = graph.steps.filter(
      ({ type, title }) => (type === 'screen' || type === 'action') && soundsLikeOrdering(title),
    );
    const [first] = orders;
    if (!first) return [];
    const before = graph.leadingTo(orders.map(({ id }) => id));
    if (graph.steps.some(({ id, title }) => before.has(id) && soundsLikeReview(title))) return [];
    return [
      finding(
        `People come to ${quote(first)} without having seen what they order: let them check it first.`,
        orders.map(({ id }) => id),
      ),
    ];
  },
};
