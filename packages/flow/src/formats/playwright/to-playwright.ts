import type { FlowDocument, FlowNode } from '../../document/types.ts';
import { comment, key, literal, member } from '../javascript.ts';
import { UniqueNames, camelCase } from '../names.ts';
import { scenariosOf, titleOf, wordsOf, type Move, type Scenario } from '../scenarios.ts';
import { HELPERS } from './helpers.ts';

const IMPORT = `import { expect, test, type Page } from '@playwright/test';`;

/** Roles of ARIA that an element's kind may name; all else is pressed as a button. */
const ROLES: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'link',
  'menuitem',
  'option',
  'radio',
  'switch',
  'tab',
]);

/**
 * The flow as a Playwright test file: one test for each path of the coverage set, so that all tests together take
 * every transition. What a flow cannot know (how a product shows that a step is reached, which data make a decision
 * come out so) stands in a few functions at the top with sensible defaults, to be adapted once. Transitions on no
 * path are tests to be fixed, so that they are not forgotten.
 */
export function toPlaywright(document: FlowDocument): string {
  const { scenarios, uncovered } = scenariosOf(document);
  const names = new StepNames(scenarios);
  return [
    comment(`${document.name || 'Untitled flow'}: end-to-end tests, exported from a UX flow.`),
    comment(
      `${scenarios.length === 1 ? '1 test takes' : `${scenarios.length} tests take`} every transition that lies between a start and an end.`,
    ),
    ...(scenarios.length === 0
      ? [`import { test } from '@playwright/test';`]
      : [
          IMPORT,
          '',
          ...HELPERS,
          '',
          ...names.table(),
          ...scenarios.flatMap((scenario) => testOf(scenario, names)),
        ]),
    ...(uncovered.length === 0 && scenarios.length === 0
      ? ['', `test.fixme('the flow has no transitions yet', async () => {});`]
      : []),
    ...uncovered.flatMap((move) => ['', `test.fixme(${literal(unreached(move))}, async () => {});`]),
    '',
  ].join('\n');
}

function testOf({ name, first, moves }: Scenario, names: StepNames): string[] {
  return [
    '',
    `test(${literal(name)}, async ({ page }) => {`,
    `  await begin(page, ${names.of(first)});`,
    ...moves.map((move) => {
      const role = roleOf(move);
      return (
        `  await go(page, { edge: ${literal(move.edge.id)}, by: ${literal(move.edge.trigger)}, ` +
        `words: ${literal(wordsOf(move))}, ${role === 'button' ? '' : `role: ${literal(role)}, `}` +
        `from: ${names.of(move.from)}, to: ${names.of(move.to)} });`
      );
    }),
    '});',
  ];
}

function unreached({ edge, from, to }: Move): string {
  return `on no path between a start and an end: ${titleOf(from)} → ${titleOf(to)} (${edge.id})`;
}

function roleOf({ edge, from }: Move): string {
  const element = from.screen?.elements.find(({ id }) => id === edge.elementId);
  const kind = element?.kind.trim().toLowerCase() ?? '';
  return ROLES.has(kind) ? kind : 'button';
}

/** The steps that tests come to, each written once under a name made from its title. */
class StepNames {
  readonly #steps = new Map<string, { node: FlowNode; name: string }>();

  constructor(scenarios: readonly Scenario[]) {
    const unique = new UniqueNames();
    for (const { first, moves } of scenarios) {
      for (const node of [first, ...moves.map(({ to }) => to)]) {
        if (this.#steps.has(node.id)) continue;
        this.#steps.set(node.id, { node, name: unique.take(camelCase(node.title) || node.type) });
      }
    }
  }

  of({ id }: FlowNode): string {
    const name = this.#steps.get(id)?.name ?? '';
    return `steps${member(name)}`;
  }

  table(): string[] {
    const rows = Array.from(this.#steps.values(), ({ node, name }) => {
      const url = node.screen?.externalUrl;
      const fields = [
        `id: ${literal(node.id)}`,
        `type: ${literal(node.type)}`,
        `title: ${literal(titleOf(node))}`,
        ...(url === undefined ? [] : [`url: ${literal(url)}`]),
      ];
      return `  ${key(name)}: { ${fields.join(', ')} },`;
    });
    return ['const steps = {', ...rows, '} satisfies Record<string, Step>;'];
  }
}
