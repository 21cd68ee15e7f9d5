import type { LanguageModelV4FunctionTool } from '@ai-sdk/provider';
import { EDGE_TRIGGERS, LIMITS, NODE_TYPES } from '@uxflow/flow';
import { z } from 'zod';

/**
 * The tools of `designer`: names, input schemas and result shapes. Schemas are flat and every edit names records
 * by id, because nested arguments make models answer with malformed calls and edits by matching text go astray.
 * What a call does is in `loop/execute.ts`.
 */

const id = z.string().trim().min(1).max(LIMITS.id);
const nodeId = id.describe('Id of a node in the flow');
const newNodeId = id.describe(
  'Short new id of your choice: lower-case words with hyphens, e.g. "enter-code"',
);
const title = z.string().trim().min(1).max(LIMITS.title);
const description = z.string().trim().max(LIMITS.description);
const type = z
  .enum(NODE_TYPES)
  .describe(
    'start, end, screen (something the user sees), action (something the user does), ' +
      'decision (a branch, at least two outgoing edges with labels), system (work behind the scenes), subflow, note',
  );
const label = z
  .string()
  .trim()
  .min(1)
  .max(LIMITS.title)
  .describe('Text at the edge; the answer, at a branch');
const trigger = z.enum(EDGE_TRIGGERS).describe('What starts the transition; click when in doubt');

export const TOOL_INPUTS = {
  set_flow_name: z.strictObject({ name: title }),
  add_node: z.strictObject({
    id: newNodeId,
    type,
    title,
    description: description.optional(),
    after: id
      .optional()
      .describe('Id of an existing node from which an edge to the new node is drawn as well'),
    label: label.optional().describe('Label of that edge; needs after'),
    trigger: trigger.optional().describe('Trigger of that edge; needs after'),
  }),
  update_node: z.strictObject({
    id: nodeId,
    title: title.optional(),
    type: type.optional(),
    description: description.optional().describe('An empty text removes the description'),
  }),
  remove_node: z.strictObject({ id: nodeId }),
  connect: z.strictObject({
    source: nodeId,
    target: nodeId,
    label: label.optional(),
    trigger: trigger.optional(),
  }),
  update_edge: z.strictObject({
    source: nodeId,
    target: nodeId,
    edge: id.optional().describe('Id of the edge, needed only when several join the two nodes'),
    label: z.string().trim().max(LIMITS.title).optional().describe('New label; an empty text removes it'),
    trigger: trigger.optional(),
  }),
  disconnect: z.strictObject({
    source: nodeId,
    target: nodeId,
    edge: id.optional().describe('Id of the edge, needed only when several join the two nodes'),
  }),
  insert_between: z.strictObject({
    source: nodeId,
    target: nodeId,
    id: newNodeId,
    type,
    title,
    description: description.optional(),
    label: label.optional().describe('Label of the edge from the new node to target'),
  }),
  move_to_frame: z.strictObject({
    id: nodeId,
    frame: z
      .string()
      .trim()
      .max(LIMITS.title)
      .describe(
        'Id or title of a frame, created when there is none; an empty text takes the node out of its frame',
      ),
  }),
  read_flow: z.strictObject({}),
  lint_flow: z.strictObject({}),
  layout_flow: z.strictObject({ direction: z.enum(['right', 'down']).optional() }),
  finish: z.strictObject({
    summary: z
      .string()
      .trim()
      .min(1)
      .max(LIMITS.description)
      .describe('One to three sentences for the user: what you built or changed, and what you assumed'),
    // Cut, not refused: all edits are made by then, and a run shall not fail for a long quotation.
    unused: z
      .array(z.string().overwrite((text) => text.slice(0, LIMITS.description)))
      .overwrite((sentences) => sentences.slice(0, 100))
      .optional()
      .describe('Sentences of the request that you could not use, word for word'),
  }),
} as const;

export type ToolName = keyof typeof TOOL_INPUTS;
export type ToolInput<Name extends ToolName> = z.infer<(typeof TOOL_INPUTS)[Name]>;
/** One call, checked. */
export type ToolCall = { [Name in ToolName]: { name: Name; input: ToolInput<Name> } }[ToolName];

const DESCRIPTIONS: Record<ToolName, string> = {
  set_flow_name: 'Names the flow.',
  add_node:
    'Adds one node and, with "after", the edge that leads to it. Never give coordinates: layout is automatic.',
  update_node: 'Changes the title, type or description of one node.',
  remove_node: 'Removes one node together with its edges.',
  connect: 'Draws one edge between two existing nodes.',
  update_edge: 'Changes the label or trigger of the edge between two nodes.',
  disconnect: 'Removes the edge between two nodes.',
  insert_between:
    'Puts a new node into the edge between two nodes. The edge to the new node keeps label and trigger.',
  move_to_frame: 'Puts a node into a frame (a titled group), or takes it out.',
  read_flow: 'Answers with the flow as it stands now: nodes, edges and frames.',
  lint_flow:
    'Answers with the problems that the flow has now: dead ends, unreachable nodes, unlabelled branches …',
  layout_flow:
    'Arranges the whole flow anew. Only when the user asks for it: new nodes are placed without it.',
  finish: 'Ends your work. Call it once, last, when the request is carried out.',
};

/** What a node, an edge or a frame looks like to a model. */
export interface NodeListing {
  id: string;
  type: string;
  title: string;
  description?: string;
  frame?: string;
}
export interface EdgeListing {
  id: string;
  source: string;
  target: string;
  trigger: string;
  label?: string;
}
export interface FrameListing {
  id: string;
  title: string;
}
/** The flow without geometry; stands in the prompt and is the answer of `read_flow`. */
export interface FlowListing {
  name: string;
  nodes: NodeListing[];
  edges: EdgeListing[];
  frames: FrameListing[];
}

/** The answer of a call that worked. `id` is the real id, which differs from the asked one when that was taken. */
export interface ToolResults {
  set_flow_name: { ok: true };
  add_node: { ok: true; id: string; edge?: string };
  update_node: { ok: true; id: string };
  remove_node: { ok: true; id: string };
  connect: { ok: true; edge: string };
  update_edge: { ok: true; edge: string };
  disconnect: { ok: true; edge: string };
  insert_between: { ok: true; id: string; edges: [string, string] };
  move_to_frame: { ok: true; id: string; frame: string | null };
  read_flow: { ok: true } & FlowListing;
  lint_flow: {
    ok: true;
    issues: { rule: string; severity: string; message: string; nodes: string[]; edges: string[] }[];
  };
  layout_flow: { ok: true; moved: number };
  finish: { ok: true };
}

/** The answer of a call that was refused: nothing has changed, and `remedy` says how to mend the call. */
export interface ToolFailure {
  ok: false;
  error: string;
  remedy: string;
}
export type ToolResult = ToolResults[ToolName] | ToolFailure;

function isToolName(name: string): name is ToolName {
  return Object.hasOwn(TOOL_INPUTS, name);
}

/** The tools as a language model is told about them. */
export const TOOL_DEFINITIONS: LanguageModelV4FunctionTool[] = Object.entries(TOOL_INPUTS).map(
  ([name, schema]) => {
    const { $schema: _, ...inputSchema } = z.toJSONSchema(schema, { io: 'input' });
    return {
      type: 'function',
      name,
      description: isToolName(name) ? DESCRIPTIONS[name] : name,
      inputSchema: inputSchema as LanguageModelV4FunctionTool['inputSchema'],
    };
  },
);

/** A model's call, checked against the tool's schema; a failure says what to change. */
export function parseToolCall(name: string, json: string): ToolCall | ToolFailure {
  if (!isToolName(name)) {
    return {
      ok: false,
      error: `There is no tool "${name.slice(0, 64)}".`,
      remedy: `Use one of: ${Object.keys(TOOL_INPUTS).join(', ')}.`,
    };
  }
  let raw: unknown;
  try {
    raw = json.trim() === '' ? {} : JSON.parse(json);
  } catch {
    return { ok: false, error: 'The arguments are not valid JSON.', remedy: 'Send one flat JSON object.' };
  }
  const parsed = TOOL_INPUTS[name].safeParse(withoutNulls(raw));
  if (parsed.success) return { name, input: parsed.data } as ToolCall;
  const issues = parsed.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`);
  return {
    ok: false,
    error: issues.join('; ').slice(0, 500),
    remedy: `Fields of ${name}: ${Object.keys(TOOL_INPUTS[name].shape).join(', ')}. Correct them and call it again.`,
  };
}

/** Models send `null` for optional fields they leave out. */
function withoutNulls(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
}
