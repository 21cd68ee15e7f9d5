import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { sketch } from '../../../test/documents.ts';
import { hostileDocument } from '../../../test/hostile.ts';
import { emptyDocument } from '../../document/empty.ts';
import type { FlowDocument } from '../../document/types.ts';
import { coveragePaths } from '../../paths/index.ts';
import { titleOf } from '../scenarios.ts';
import { toGherkin } from './to-gherkin.ts';

// Properties run on any machine, however busy it is.
vi.setConfig({ testTimeout: 60_000 });

interface Read {
  feature: string;
  scenarios: { name: string; steps: { keyword: string; text: string }[] }[];
  comments: string[];
}

/** The feature as Cucumber's own parser reads it; throws where it does not. */
function read(text: string): Read {
  const parser = new Parser(new AstBuilder(() => ''), new GherkinClassicTokenMatcher());
  const { feature, comments } = parser.parse(text);
  return {
    feature: feature?.name ?? '',
    scenarios: (feature?.children ?? []).map(({ scenario }) => ({
      name: scenario?.name ?? '',
      steps: (scenario?.steps ?? []).map(({ keyword, text: words }) => ({
        keyword: keyword.trim(),
        text: words,
      })),
    })),
    comments: comments.map(({ text: words }) => words),
  };
}

/** The argument of a step as `{string}` reads it. */
const argument = (text: string): string =>
  (/"((?:[^"\\]|\\.)*)"$/s.exec(text)?.[1] ?? '').replace(/\\(.)/gs, '$1');

const SHOP: FlowDocument = sketch(
  ['s start Begin', 'c screen Cart', 'd decision In stock?', 'p action Pay', 'e end Thanks', 'x screen Lost'],
  [
    's > c / auto',
    'c > d : Check out / submit',
    'd > p : Yes',
    'd > c : No / error',
    'p > e / success',
    'x > e',
  ],
);

describe('a flow as a Gherkin feature', () => {
  test('a scenario is a path; what people do is When, what then shows is Then', () => {
    const { feature, scenarios, comments } = read(toGherkin(SHOP));
    expect(feature).toBe('Sketch');
    expect(scenarios.map(({ name }) => name)).toEqual(['1. Begin → Thanks: Check out, No, Check out, Yes']);
    expect(scenarios[0]?.steps.map(({ keyword, text }) => `${keyword} ${text}`)).toEqual([
      'Given the flow is at "Begin"',
      'And the flow goes on',
      'Then the user sees the screen "Cart"',
      'When the user submits "Check out"',
      'Then the question is "In stock?"',
      'When the answer is "No"',
      'Then the user sees the screen "Cart"',
      'When the user submits "Check out"',
      'Then the question is "In stock?"',
      'When the answer is "Yes"',
      'Then the user does "Pay"',
      'And it succeeds',
      'Then the flow ends at "Thanks"',
    ]);
    expect(comments.at(-1)).toBe('# "Lost" to "Thanks": the user clicks');
  });

  test('an empty flow is a feature without scenarios', () => {
    expect(read(toGherkin(emptyDocument('')))).toMatchObject({ feature: 'Untitled flow', scenarios: [] });
  });

  test('is valid for any flow with any words, and walks the coverage set step by step', () => {
    fc.assert(
      fc.property(hostileDocument(), (document) => {
        const { scenarios } = read(toGherkin(document));
        const { paths } = coveragePaths(document);
        expect(scenarios.map(({ steps }) => steps.length)).toEqual(
          paths.map(({ edgeIds }) => 1 + 2 * edgeIds.length),
        );
        const arrivals = scenarios.map(({ steps }) =>
          steps.filter((_, at) => at % 2 === 0).map(({ text }) => argument(text)),
        );
        expect(arrivals).toEqual(
          paths.map(({ nodeIds }) =>
            nodeIds.map((id) => {
              const node = document.nodes[id];
              return node ? titleOf(node) : '';
            }),
          ),
        );
      }),
    );
  });
});
