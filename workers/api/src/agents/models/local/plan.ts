import type { FlowListing, ToolCall } from '../../tools.ts';
import { anchorsOf, drawing } from './draw.ts';
import { readFlow } from './read.ts';
import { say } from './say.ts';

/** What the model is going to do about a request, decided from the request and the flow alone. */
export interface Plan {
  /** Told at the beginning. */
  intro: string;
  calls: ToolCall[];
  summary: string;
  unused: string[];
  /** Ask for the lint result before finishing. */
  lint: boolean;
}

/** Only a start and an end, or nothing: there is nothing to edit yet. */
export function isEmpty(flow: FlowListing): boolean {
  return (
    flow.nodes.every(({ type }) => type === 'start' || type === 'end' || type === 'note') &&
    flow.nodes.length <= 2
  );
}

function nameOf(heading: string | null, firstSteps: readonly string[]): string {
  const plain = (heading ?? '').replaceAll(/[*_#`]/g, '').trim();
  if (plain.length >= 3 && plain.length <= 80) return plain;
  return firstSteps[0] ?? 'Flow';
}

/** Draws the whole of a description on an empty flow. */
export function planDrawing(flow: FlowListing, request: string): Plan {
  const reading = readFlow(request);
  const words = say(reading.language);
  const steps = reading.nodes.filter(({ type }) => type !== 'start' && type !== 'end');
  if (steps.length === 0)
    return {
      intro: words.nothing,
      calls: [],
      summary: words.nothing,
      unused: reading.unused.slice(0, 100),
      lint: false,
    };
  const decisions = steps.filter(({ type }) => type === 'decision').length;
  const calls: ToolCall[] = [
    {
      name: 'set_flow_name',
      input: {
        name: nameOf(
          reading.heading,
          steps.map(({ title }) => title),
        ),
      },
    },
    ...drawing(reading, flow, anchorsOf(flow)),
  ];
  return {
    intro: words.read(steps.length - decisions, decisions),
    calls,
    summary: words.drew(steps.length - decisions, decisions, reading.unused.length),
    unused: reading.unused.slice(0, 100),
    lint: true,
  };
}
