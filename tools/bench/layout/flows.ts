import { emptyDocument, type EdgeTrigger, type FlowDocument, type NodeType } from '@uxflow/flow';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const STEPS: [NodeType, string][] = [
  ['screen', 'Enter your e-mail address'],
  ['screen', 'Choose a plan'],
  ['action', 'Send the confirmation'],
  ['system', 'Check the payment with the bank'],
  ['screen', 'Your orders'],
  ['action', 'Fill in the delivery address'],
  ['subflow', 'Checkout'],
];
const QUESTIONS = ['Is the code right?', 'Paid?', 'Has the customer an account already?', 'In stock?'];

/**
 * A flow as products have them: features of 8 to 16 steps that follow from each other, most of them in a frame, each
 * a line of steps with decisions, ways back, errors that are mended and rejoin, and a few links home.
 */
export function flowOf(count: number, seed: number): FlowDocument {
  const random = seeded(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const document = emptyDocument(`Flow of ${count}, seed ${seed}`);
  let nodes = 0,
    edges = 0;
  const step = (type: NodeType, title: string, frameId?: string): string => {
    const id = `n${nodes}`;
    nodes += 1;
    document.nodes[id] = { id, type, title, position: { x: 0, y: 0 }, ...(frameId && { frameId }) };
    return id;
  };
  const link = (source: string, target: string, trigger: EdgeTrigger, label?: string): void => {
    const id = `e${edges}`;
    edges += 1;
    document.edges[id] = { id, source, target, trigger, ...(label && { label }) };
  };

  const ends: string[] = [step('start', 'Start')];
  const home = step('screen', 'Home');
  link(ends[0] ?? '', home, 'click');
  ends[0] = home;
  for (let feature = 0; nodes < count; feature += 1) {
    const frameId = random() < 0.6 ? `f${feature}` : undefined;
    if (frameId !== undefined) {
      const title = `Feature ${feature}`;
      document.frames[frameId] = {
        id: frameId,
        title,
        position: { x: 0, y: 0 },
        size: { width: 400, height: 300 },
      };
    }
    const size = Math.min(8 + below(9), count - nodes);
    const line: string[] = [];
    let last = ends[Math.max(0, ends.length - 1 - below(3))] ?? home;
    let label: string | undefined;
    for (let made = 0; made < size; made += 1) {
      if (line.length > 1 && made < size - 1 && random() < 0.28) {
        const question = step('decision', QUESTIONS[below(QUESTIONS.length)] ?? '', frameId);
        link(last, question, 'auto', label);
        const earlier = line[Math.max(0, line.length - 1 - below(5))] ?? last;
        if (random() < 0.5) link(question, earlier, 'back', 'No');
        else {
          const mend = step(random() < 0.5 ? 'screen' : 'action', 'Tell what is wrong', frameId);
          made += 1;
          link(question, mend, 'error', 'No');
          if (random() < 0.6) link(mend, earlier, 'click', 'try again');
          else line.push(mend);
        }
        line.push(question);
        [last, label] = [question, 'Yes'];
      } else {
        const [type, title] = STEPS[below(STEPS.length)] ?? ['action', 'Go on'];
        const next = step(type, title, frameId);
        link(last, next, 'click', label);
        const skipped = line[line.length - 3];
        if (skipped !== undefined && random() < 0.12) link(skipped, next, 'click', 'skip');
        line.push(next);
        [last, label] = [next, undefined];
      }
    }
    if (random() < 0.25) link(last, home, 'back', 'home');
    ends.push(last);
  }
  return document;
}

/** The flow after an edit in its middle: one step more between two that follow each other. */
export function withOneMore(document: FlowDocument): { document: FlowDocument; added: string } {
  const edited = structuredClone(document);
  const forward = Object.values(edited.edges).filter(({ trigger }) => trigger === 'click');
  const edge = forward[forward.length >> 1];
  const target = edge && edited.nodes[edge.target];
  if (!edge || !target) throw new Error('the flow has no middle');
  const added = 'added';
  edited.nodes[added] = {
    id: added,
    type: 'action',
    title: 'One step more',
    position: { x: 0, y: 0 },
    ...(target.frameId && { frameId: target.frameId }),
  };
  edited.edges['added'] = { id: 'added', source: added, target: edge.target, trigger: 'click' };
  edge.target = added;
  return { document: edited, added };
}
