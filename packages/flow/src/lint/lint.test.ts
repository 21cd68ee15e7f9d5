import { describe, expect, test } from 'vitest';
import { sketch } from '../../test/documents.ts';
import { emptyDocument } from '../document/empty.ts';
import { applyOps } from '../document/ops.ts';
import type { FlowDocument } from '../document/types.ts';
import { LINT_RULES, lint, type LintIssue, type LintRuleId } from './index.ts';

const found = (document: FlowDocument, rule: LintRuleId): LintIssue[] =>
  lint(document).filter((issue) => issue.rule === rule);
const where = (document: FlowDocument, rule: LintRuleId): string[] =>
  found(document, rule).map(({ nodeIds, edgeIds }) => [...nodeIds, ...edgeIds].join(' '));
function mended(document: FlowDocument, rule: LintRuleId): FlowDocument {
  const fix = found(document, rule)[0]?.fix;
  if (!fix) throw new Error(`${rule} offers no fix here`);
  return applyOps(document, fix).document;
}

const GOOD = sketch(
  ['s start', 'form screen Your address', 'check decision Is it right?', 'done end'],
  ['s > form / auto', 'form > check / submit', 'check > done : Yes', 'check > form : No / error'],
);

test('a sound flow has no issues, and neither has an empty one', () => {
  expect(lint(GOOD)).toEqual([]);
  expect(lint(emptyDocument('Empty'))).toEqual([]);
  expect(lint(sketch(['n note Only a remark']))).toEqual([]);
});

test('every rule says what it is called, why it matters and where it comes from', () => {
  const rules = Object.values(LINT_RULES);
  expect(rules.length).toBeGreaterThanOrEqual(25);
  for (const { title, rationale, source } of rules) {
    expect([title, rationale, source.name].every((text) => text.length > 5)).toBe(true);
    expect(source.url).toMatch(
      /^https:\/\/(?:www\.nngroup\.com|www\.w3\.org|design-system\.service\.gov\.uk|www\.iso\.org)\//,
    );
  }
  expect(new Set(rules.map(({ title }) => title)).size).toBe(rules.length);
});

describe('missing-start', () => {
  test('is found where nothing starts, and mended where one step is the clear beginning', () => {
    const document = sketch(['a screen', 'b end'], ['a > b']);
    expect(found(document, 'missing-start')).toHaveLength(1);
    expect(lint(mended(document, 'missing-start'))).toEqual([]);
  });
  test('offers no fix where two steps could be the beginning', () => {
    expect(
      found(sketch(['a screen', 'b screen', 'c end'], ['a > c', 'b > c']), 'missing-start')[0]?.fix,
    ).toBeUndefined();
  });
});

describe('multiple-starts', () => {
  test('names all starts', () => {
    expect(where(sketch(['a start', 'b start', 'c end'], ['a > c', 'b > c']), 'multiple-starts')).toEqual([
      'a b',
    ]);
    expect(where(GOOD, 'multiple-starts')).toEqual([]);
  });
});

describe('missing-end', () => {
  test('is found in an endless loop', () => {
    expect(
      found(sketch(['a start', 'b screen', 'c screen'], ['a > b', 'b > c', 'c > b']), 'missing-end'),
    ).toHaveLength(1);
  });
  test('is mended behind the only step that leads nowhere', () => {
    const document = sketch(['a start', 'b screen'], ['a > b']);
    expect(lint(mended(document, 'missing-end'))).toEqual([]);
  });
});

describe('unreachable-node', () => {
  test('names steps that hang together once, the first of them first', () => {
    const document = sketch(['a start', 'b end', 'y screen', 'x screen'], ['a > b', 'x > y', 'y > b']);
    expect(where(document, 'unreachable-node')).toEqual(['x y']);
  });
  test('two islands are two issues', () => {
    const document = sketch(['a start', 'b end', 'x screen', 'y screen'], ['a > b', 'x > b', 'y > b']);
    expect(where(document, 'unreachable-node')).toEqual(['x', 'y']);
  });
  test('notes need not be reached, and without a start nothing is reported', () => {
    expect(where(sketch(['a start', 'b end', 'n note'], ['a > b']), 'unreachable-node')).toEqual([]);
    expect(where(sketch(['a screen', 'b end'], ['a > b']), 'unreachable-node')).toEqual([]);
  });
});

describe('dead-end', () => {
  test('is a step without a way on, a way to itself or to a note included', () => {
    const document = sketch(
      ['a start', 'b screen', 'c end', 'd screen', 'n note'],
      ['a > b', 'a > c', 'b > b : again', 'a > d', 'd > n'],
    );
    expect(where(document, 'dead-end')).toEqual(['b', 'd']);
    expect(where(GOOD, 'dead-end')).toEqual([]);
  });
  test('is linked with the only end', () => {
    const document = sketch(['a start', 'b screen', 'c end'], ['a > b', 'a > c']);
    expect(Object.values(mended(document, 'dead-end').edges).at(-1)).toMatchObject({
      source: 'b',
      target: 'c',
    });
  });
  test('gets an end of its own where there are several, for which one is meant nobody can know', () => {
    const document = sketch(['a start', 'b screen', 'c end', 'd end'], ['a > b', 'a > c', 'a > d']);
    const after = mended(document, 'dead-end');
    expect(Object.values(after.nodes).filter(({ type }) => type === 'end')).toHaveLength(3);
    expect(lint(after)).toEqual([]);
  });
  test('all dead ends of a flow without an end, mended at once, share one new end', () => {
    const document = sketch(['a start', 'b screen', 'c screen'], ['a > b', 'a > c']);
    const after = applyOps(
      document,
      found(document, 'dead-end').flatMap(({ fix = [] }) => fix),
    ).document;
    expect(Object.values(after.nodes).filter(({ type }) => type === 'end')).toHaveLength(1);
    expect(lint(after)).toEqual([]);
  });
  test('a start that leads nowhere is linked with the only step nobody leads to', () => {
    const document = sketch(['a start', 'b screen', 'c end'], ['b > c']);
    expect(lint(mended(document, 'dead-end'))).toEqual([]);
  });
});

describe('decision-branches', () => {
  test('asks for two different branches', () => {
    const document = sketch(
      ['a start', 'none decision', 'one decision', 'twin decision', 'z end'],
      ['a > none', 'a > one', 'a > twin', 'one > z : Yes', 'twin > z : Yes', 'twin > z : yes'],
    );
    expect(found(document, 'decision-branches').map(({ nodeIds }) => nodeIds[0])).toEqual([
      'none',
      'one',
      'twin',
    ]);
    expect(where(GOOD, 'decision-branches')).toEqual([]);
  });
});

describe('unlabelled-branch', () => {
  const asks = (...branches: string[]): FlowDocument =>
    sketch(['s start', 'd decision', 'x end', 'y end', 'z end'], ['s > d', ...branches]);
  const labelsAfter = (document: FlowDocument): (string | undefined)[] =>
    Object.values(mended(document, 'unlabelled-branch').edges)
      .filter(({ source }) => source === 'd')
      .map(({ label }) => label);

  test('a label or a condition is enough', () => {
    const document = asks('d > x : Yes', 'd > y');
    const edge = document.edges['e3'];
    expect(where(document, 'unlabelled-branch')).toEqual(['d e3']);
    if (edge) edge.condition = 'attempts > 3';
    expect(where(document, 'unlabelled-branch')).toEqual([]);
  });
  test('two silent branches become yes and no, the error branch no', () => {
    expect(labelsAfter(asks('d > x', 'd > y'))).toEqual(['Yes', 'No']);
    expect(labelsAfter(asks('d > x / error', 'd > y'))).toEqual(['No', 'Yes']);
  });
  test('one silent branch becomes the opposite of what the other says, in its language and case', () => {
    expect(labelsAfter(asks('d > x : no', 'd > y'))).toEqual(['no', 'yes']);
    expect(labelsAfter(asks('d > x', 'd > y : Nein'))).toEqual(['Ja', 'Nein']);
  });
  test('nothing is guessed for three branches or an answer without an opposite', () => {
    expect(found(asks('d > x : Yes', 'd > y', 'd > z'), 'unlabelled-branch')[0]?.fix).toBeUndefined();
    expect(found(asks('d > x : By card', 'd > y'), 'unlabelled-branch')[0]?.fix).toBeUndefined();
  });
});

describe('submit-without-error-path', () => {
  const flow = (nodes: string[], edges: string[]): FlowDocument =>
    sketch(['s start', ...nodes, 'z end'], edges);
  test.each([
    ['said by the trigger', flow(['f screen Your data'], ['s > f', 'f > z / submit'])],
    ['an English title', flow(['f screen Sign up'], ['s > f', 'f > z'])],
    ['a German title', flow(['f action Code eingeben'], ['s > f', 'f > z'])],
  ])('is found: %s', (_, document) => {
    expect(found(document, 'submit-without-error-path').map(({ nodeIds }) => nodeIds)).toEqual([['f']]);
  });
  test.each([
    [
      'an error transition',
      flow(['f screen Sign up', 'x screen'], ['s > f', 'f > z', 'f > x / error', 'x > f']),
    ],
    [
      'a branch that says so',
      flow(['f screen Sign up', 'x screen'], ['s > f', 'f > z', 'f > x : code is wrong', 'x > f']),
    ],
    [
      'a decision behind a check',
      flow(
        ['f screen Log in', 'c system Check', 'd decision Right?'],
        ['s > f', 'f > c / submit', 'c > d', 'd > z : Yes', 'd > f : No'],
      ),
    ],
    ['a title that tells of success', flow(['f screen Sign up successful'], ['s > f', 'f > z'])],
    ['a system step', flow(['f system Submit order'], ['s > f', 'f > z / submit'])],
    ['an act that nobody can refuse', flow(['f action Pick a seat'], ['s > f', 'f > z / submit'])],
  ])('is not found: %s', (_, document) => {
    expect(where(document, 'submit-without-error-path')).toEqual([]);
  });
  test('a screen is mended by an error state and keeps what it shows', () => {
    const document = flow(['f screen Sign up'], ['s > f', 'f > z / submit']);
    const form = document.nodes['f'];
    if (form)
      form.screen = { elements: [{ id: 'e', kind: 'button', label: 'Go' }], states: [{ kind: 'default' }] };
    const after = mended(document, 'submit-without-error-path');
    expect(after.nodes['f']?.screen).toMatchObject({
      elements: [{ id: 'e' }],
      states: [{ kind: 'default' }, { kind: 'error' }],
    });
    expect(lint(after)).toEqual([]);
  });
  test('an action is mended by a way back to its screen', () => {
    const document = flow(
      ['f screen Your data', 'a action Submit order'],
      ['s > f', 'f > a', 'a > z / submit'],
    );
    const after = mended(document, 'submit-without-error-path');
    expect(Object.values(after.edges).at(-1)).toMatchObject({ source: 'a', target: 'f', trigger: 'error' });
    expect(lint(after)).toEqual([]);
  });
});

describe('duplicate-edge', () => {
  test('is the same transition twice; other words or another trigger make another transition', () => {
    const document = sketch(
      ['a start', 'b end'],
      ['a > b : Go', 'a > b : go ', 'a > b : Back', 'a > b : Go / timeout'],
    );
    expect(where(document, 'duplicate-edge')).toEqual(['e1 e2']);
    expect(Object.keys(mended(document, 'duplicate-edge').edges)).toEqual(['e1', 'e3', 'e4']);
  });
});

describe('self-loop', () => {
  test('is a way to itself that does not say why', () => {
    const document = sketch(
      ['a start', 'b screen', 'c end'],
      ['a > b', 'b > c', 'b > b', 'b > b : again', 'b > b / error'],
    );
    expect(where(document, 'self-loop')).toEqual(['b e3']);
    expect(lint(mended(document, 'self-loop'))).toEqual([]);
  });
});

describe('dangling-edge', () => {
  test('is found and removed, and other rules do not trip over it', () => {
    const document = sketch(['a start', 'b end'], ['a > b', 'b > ghost', '__proto__ > b']);
    expect(where(document, 'dangling-edge')).toEqual(['b e2', 'b e3']);
    expect(Object.keys(mended(document, 'dangling-edge').edges)).toEqual(['e1', 'e3']);
  });
});

describe('options', () => {
  const document = sketch(['a screen Sign up', 'b end'], ['a > b']);
  test('a rule switched off is silent, an overridden severity is used, errors come first', () => {
    expect(lint(document, { rules: { 'missing-start': 'off', 'submit-without-error-path': 'off' } })).toEqual(
      [],
    );
    expect(lint(document).map(({ rule }) => rule)).toEqual(['missing-start', 'submit-without-error-path']);
    expect(
      lint(document, { rules: { 'missing-start': 'info' } }).map(({ rule, severity }) => [rule, severity]),
    ).toEqual([
      ['submit-without-error-path', 'warning'],
      ['missing-start', 'info'],
    ]);
  });
});
