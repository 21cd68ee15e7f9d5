import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument } from '../../test/documents.ts';
import { FlowError } from '../document/errors.ts';
import { LINT_LEVELS, LINT_RULE_IDS, lint, parseLintConfig } from './index.ts';

function issuesOf(value: unknown): string[] {
  try {
    parseLintConfig(value);
    return [];
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    expect(error.code).toBe('invalid_request');
    return error.issues.map(({ path }) => path);
  }
}

describe('a lint configuration from outside', () => {
  test('is taken over when every rule and level is known', () => {
    const rules = { 'dead-end': 'off', 'self-loop': 'error' };
    expect(parseLintConfig({ rules })).toEqual({ rules });
    expect(parseLintConfig({})).toEqual({ rules: {} });
  });

  test.each([
    ['no object', 'off', ['']],
    ['a list', [], ['']],
    ['nothing', null, ['']],
    ['an unknown field', { rule: {} }, ['rule']],
    ['rules as a list', { rules: ['dead-end'] }, ['rules']],
    ['an unknown rule', { rules: { 'dead-ends': 'off' } }, ['rules.dead-ends']],
    [
      'what objects inherit',
      { rules: { toString: 'off', constructor: 'off' } },
      ['rules.toString', 'rules.constructor'],
    ],
    ['an own __proto__', JSON.parse('{"rules": {"__proto__": "off"}}'), ['rules.__proto__']],
    [
      'an unknown level',
      { rules: { 'dead-end': 'fatal', 'self-loop': true } },
      ['rules.dead-end', 'rules.self-loop'],
    ],
  ])('is refused with the place of each fault: %s', (_, value: unknown, paths) => {
    expect(issuesOf(value)).toEqual(paths);
  });

  test('changes nothing but what it names: a level replaces the severity, off leaves the rule out', () => {
    const config = fc.dictionary(fc.constantFrom(...LINT_RULE_IDS), fc.constantFrom(...LINT_LEVELS), {
      maxKeys: 8,
    });
    fc.assert(
      fc.property(anyDocument({ maxNodes: 8 }), config, (document, rules) => {
        const issues = lint(document, parseLintConfig({ rules }));
        const expected = lint(document).flatMap((issue) => {
          const level = rules[issue.rule] ?? issue.severity;
          return level === 'off' ? [] : [{ ...issue, severity: level }];
        });
        const order = (list: typeof issues) => list.map((issue) => JSON.stringify(issue)).sort();
        expect(order(issues)).toEqual(order(expected));
        const ranks = issues.map(({ severity }) => LINT_LEVELS.indexOf(severity));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });
});
