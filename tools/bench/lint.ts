import { emptyDocument, type EdgeTrigger, type FlowDocument, type NodeType } from '@uxflow/flow';
import { lint } from '@uxflow/flow/lint';
import { interleaved, type Row } from './measure.ts';

const ROUNDS = 9;
const SIZES = [2_500, 5_000, 10_000];
const TYPES: NodeType[] = ['screen', 'action', 'decision', 'system', 'screen', 'subflow'];
const TRIGGERS: EdgeTrigger[] = ['click', 'submit', 'success', 'error', 'auto', 'timeout'];
const TITLES = [
  'Enter your e-mail address',
  'Check the code',
  'Is the code right?',
  'Send the confirmation',
  'Your dashboard',
  'Checkout',
  'Pay now',
  'Delete the account',
];

/** A long flow of every kind of step, with screens designed, ways back, and something for most rules to look at. */
function flowOf(count: number): FlowDocument {
  const document = emptyDocument('Bench');
  for (let i = 0; i < count; i += 1) {
    const type = i === 0 ? 'start' : i === count - 1 ? 'end' : (TYPES[i % TYPES.length] ?? 'screen');
    document.nodes[`n${i}`] = {
      id: `n${i}`,
      type,
      title: `${TITLES[i % TITLES.length]} ${i}`,
      description: 'What people see here, and why it matters to them.',
      position: { x: (i % 100) * 240, y: Math.floor(i / 100) * 160 },
      ...(type === 'screen' && {
        screen: {
          elements: [
            { id: 'go', kind: 'button', label: `Go on ${i}` },
            { id: 'field', kind: 'input', label: `Field ${i % 50}` },
            { id: 'list', kind: 'list', label: 'Results' },
          ],
          states: [{ kind: 'default' as const }, { kind: 'loading' as const }],
        },
      }),
    };
  }
  let edges = 0;
  const link = (from: number, to: number, label: string, trigger: EdgeTrigger): void => {
    const id = `e${edges}`;
    edges += 1;
    document.edges[id] = { id, source: `n${from}`, target: `n${to}`, trigger, label };
  };
  for (let i = 0; i < count - 1; i += 1) {
    link(i, i + 1, i % 3 === 0 ? 'yes' : 'Yes', TRIGGERS[i % TRIGGERS.length] ?? 'click');
    if (i > 6 && i % 2 === 0) link(i, i - 5, 'No', 'back');
  }
  return document;
}

/** All lint rules. The target: linear, and below five times JSON.parse and JSON.stringify of the same document. */
export async function benchLint(): Promise<Row[]> {
  const rows: Row[] = [];
  const times: number[] = [];
  for (const size of SIZES) {
    const document = flowOf(size);
    const text = JSON.stringify(document);
    const metric = `${size} nodes, ${Object.keys(document.edges).length} transitions`;
    let issues = 0;
    let length = 0;
    const [ours, json] = await interleaved(
      metric,
      [
        { system: 'uxflow, lint', run: () => void (issues = lint(document).length) },
        {
          system: 'JSON.parse + JSON.stringify',
          run: () => void (length = JSON.stringify(JSON.parse(text)).length),
        },
      ],
      ROUNDS,
    );
    if (!ours || !json || issues === 0 || length !== text.length) throw new Error('nothing was linted');
    times.push(ours.median);
    const ratio = ours.median / json.median;
    rows.push(ours, json, {
      system: 'uxflow takes',
      metric,
      unit: 'times JSON',
      median: ratio,
      rounds: ROUNDS,
    });
  }
  const growth = (times.at(-1) ?? NaN) / (times[0] ?? NaN);
  const metric = `from ${SIZES[0]} to ${SIZES.at(-1)} nodes`;
  return [
    ...rows,
    { system: 'uxflow, lint takes longer', metric, unit: 'times', median: growth, rounds: ROUNDS },
  ];
}
