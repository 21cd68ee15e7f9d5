import { describe, expect, test } from 'vitest';
import type { Cases, RuleCases } from '../../test/lint/build.ts';
import { GOOD_FLOWS } from '../../test/lint/good.ts';
import { PATH_CASES } from '../../test/lint/paths.ts';
import { SCREEN_CASES } from '../../test/lint/screens.ts';
import { WORD_CASES } from '../../test/lint/words.ts';
import { applyOps } from '../document/ops.ts';
import type { FlowDocument } from '../document/types.ts';
import { parseDocument } from '../schema/index.ts';
import { lint, LINT_RULE_IDS, type LintRuleId } from './index.ts';

const CASES: RuleCases = { ...PATH_CASES, ...SCREEN_CASES, ...WORD_CASES };

/** Rules with tests of their own beside `lint`. */
const ELSEWHERE: readonly LintRuleId[] = [
  'dangling-edge',
  'missing-start',
  'missing-end',
  'multiple-starts',
  'unreachable-node',
  'dead-end',
  'decision-branches',
  'unlabelled-branch',
  'submit-without-error-path',
  'duplicate-edge',
  'self-loop',
];

test('every rule is tested for what it finds and for what it passes over', () => {
  expect([...ELSEWHERE, ...Object.keys(CASES)].sort()).toEqual([...LINT_RULE_IDS].sort());
});

const of = (document: FlowDocument, rule: LintRuleId) =>
  lint(document).filter((issue) => issue.rule === rule);

describe.each(Object.entries(CASES) as [LintRuleId, Cases][])('%s', (rule, { found, silent }) => {
  test.each(found)('is found: %s; its fix removes it and breaks nothing', (_, document) => {
    const issues = of(document, rule);
    expect(issues).toHaveLength(1);
    const before = new Set(lint(document).map((issue) => issue.rule));
    for (const { fix } of issues) {
      if (!fix) continue;
      const after = parseDocument(applyOps(document, fix).document);
      expect(of(after, rule)).toEqual([]);
      // No fix buys its silence with another problem.
      expect(lint(after).filter((issue) => !before.has(issue.rule))).toEqual([]);
    }
  });
  test.each(silent)('is not found: %s', (_, document) => {
    expect(of(document, rule)).toEqual([]);
  });
});

test('most rules about a single field offer a fix', () => {
  const fixable = (Object.entries(CASES) as [LintRuleId, Cases][])
    .filter(([rule, { found }]) => found.some(([, document]) => of(document, rule)[0]?.fix))
    .map(([rule]) => rule);
  expect(fixable.sort()).toEqual([
    'auto-from-element',
    'destructive-without-confirmation',
    'edge-into-start',
    'empty-frame',
    'empty-title',
    'inconsistent-wording',
    'insecure-image',
    'list-without-empty-state',
    'loading-without-error',
    'long-title',
    'submit-without-confirmation',
  ]);
});

test('the inserted question keeps the label, leads on by yes and back by no', () => {
  const [, document] = CASES['destructive-without-confirmation']?.found[1] ?? [];
  if (!document) throw new Error('no case');
  const { document: after } = applyOps(
    document,
    of(document, 'destructive-without-confirmation')[0]?.fix ?? [],
  );
  const ways = Object.values(after.edges).map(({ source, target, label = '' }) =>
    `${source} > ${target} ${label}`.trim(),
  );
  expect(ways).toEqual(
    expect.arrayContaining(['a > e2-confirm Abo kündigen', 'e2-confirm > b Ja', 'e2-confirm > a Nein']),
  );
});

test.each(Object.entries(GOOD_FLOWS))('an ordinary good flow gets no remark: %s', (_, document) => {
  expect(lint(document).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});
