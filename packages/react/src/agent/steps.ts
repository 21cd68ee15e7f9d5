/** What an agent did, step by step, said in sentences. Pure. */

import { clip } from '@uxflow/flow';

export interface AgentStep {
  id: string;
  kind: 'add' | 'connect' | 'change' | 'remove' | 'look';
  text: string;
  /** What it is about, so that a click shows it on the canvas. */
  nodeIds: readonly string[];
  /** The agent has asked for it, the flow has not answered yet. */
  pending: boolean;
}

const MAX_TITLE = 60;
type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function text(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function quoted(title: string): string {
  return `“${title.length > MAX_TITLE ? `${clip(title, MAX_TITLE - 1).trimEnd()}…` : title}”`;
}

/**
 * The sentence for one tool call; null for calls that nobody needs to read about.
 * @param titleOf the title of a node by its id, as far as it is known
 */
export function describeCall(
  name: string,
  input: unknown,
  titleOf: (id: string) => string | undefined,
): Pick<AgentStep, 'kind' | 'text' | 'nodeIds'> | null {
  const fields = fieldsOf(input);
  const node = (field: string): string => {
    const id = text(fields, field);
    return quoted((id !== undefined && titleOf(id)) || id || 'a step');
  };
  const ids = (...names: string[]): string[] => names.flatMap((field) => text(fields, field) ?? []);
  const title = quoted(text(fields, 'title') ?? 'a step');
  const label = text(fields, 'label');
  switch (name) {
    case 'set_flow_name':
      return { kind: 'change', text: `Named the flow ${quoted(text(fields, 'name') ?? '')}`, nodeIds: [] };
    case 'add_node': {
      const after = text(fields, 'after') === undefined ? '' : ` after ${node('after')}`;
      return {
        kind: 'add',
        text: `Added ${title}${label === undefined ? after : `${after}, if ${quoted(label)}`}`,
        nodeIds: ids('id'),
      };
    }
    case 'insert_between':
      return {
        kind: 'add',
        text: `Inserted ${title} between ${node('source')} and ${node('target')}`,
        nodeIds: ids('id'),
      };
    case 'update_node': {
      const renamed = text(fields, 'title');
      const what =
        renamed === undefined ? `Changed ${node('id')}` : `Renamed ${node('id')} to ${quoted(renamed)}`;
      return { kind: 'change', text: what, nodeIds: ids('id') };
    }
    case 'remove_node':
      return { kind: 'remove', text: `Removed ${node('id')}`, nodeIds: [] };
    case 'connect': {
      const when = label === undefined ? '' : `, if ${quoted(label)}`;
      return {
        kind: 'connect',
        text: `Connected ${node('source')} to ${node('target')}${when}`,
        nodeIds: ids('source', 'target'),
      };
    }
    case 'update_edge': {
      const way = `the way from ${node('source')} to ${node('target')}`;
      const what = label === undefined ? `Changed ${way}` : `Labelled ${way} ${quoted(label)}`;
      return { kind: 'change', text: what, nodeIds: ids('source', 'target') };
    }
    case 'disconnect':
      return {
        kind: 'remove',
        text: `Disconnected ${node('source')} from ${node('target')}`,
        nodeIds: ids('source', 'target'),
      };
    case 'move_to_frame': {
      const frame = text(fields, 'frame');
      const what =
        frame === undefined
          ? `Took ${node('id')} out of its frame`
          : `Moved ${node('id')} into ${quoted(frame)}`;
      return { kind: 'change', text: what, nodeIds: ids('id') };
    }
    case 'layout_flow':
      return { kind: 'change', text: 'Arranged the flow', nodeIds: [] };
    case 'read_flow':
      return { kind: 'look', text: 'Read the flow', nodeIds: [] };
    case 'lint_flow':
      return { kind: 'look', text: 'Checked the flow for problems', nodeIds: [] };
    default:
      return null;
  }
}
