import {
  EDGE_TRIGGERS,
  LIMITS,
  type EdgeTrigger,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type NodeType,
  type Op,
} from '@uxflow/flow';
import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { IconButton } from '../chrome/IconButton.tsx';
import { NODE_TYPE_TEXT, PALETTE } from './node-types.ts';
import { describeNode, relabelEdge, removeRecords, retitleNode, retriggerEdge, retypeNode } from './ops.ts';

const TRIGGER_TEXT = {
  click: 'On click',
  submit: 'On submit',
  success: 'On success',
  error: 'On error',
  auto: 'By itself',
  timeout: 'After a time',
  back: 'Going back',
} as const satisfies Record<EdgeTrigger, string>;

export interface InspectorProps {
  document: FlowDocument;
  nodeIds: readonly string[];
  edgeIds: readonly string[];
  onOps: (ops: Op[]) => void;
  onClose: () => void;
}

/** The fields of the one thing that is selected, or what can be done with several. */
export default function Inspector({
  document,
  nodeIds,
  edgeIds,
  onOps,
  onClose,
}: InspectorProps): ReactElement | null {
  const nodes = nodeIds.flatMap((id) => document.nodes[id] ?? []);
  const edges = edgeIds.flatMap((id) => document.edges[id] ?? []);
  const [node] = nodes;
  const [edge] = edges;
  const remove = (): void => onOps(removeRecords(document, nodeIds, edgeIds));
  if (nodes.length + edges.length === 0) return null;
  const one = nodes.length + edges.length === 1;
  const name = !one
    ? `${nodes.length + edges.length} selected`
    : node
      ? NODE_TYPE_TEXT[node.type].name
      : 'Transition';
  return (
    <section className="uxf-inspector" aria-label="Inspector">
      <header>
        <b>{name}</b>
        <IconButton icon="trash" label="Delete" onClick={remove} />
        <IconButton icon="close" label="Close the inspector" onClick={onClose} />
      </header>
      {one && node && <NodeFields key={node.id} node={node} onOps={onOps} />}
      {one && !node && edge && <EdgeFields key={edge.id} edge={edge} document={document} onOps={onOps} />}
    </section>
  );
}

function NodeFields({ node, onOps }: { node: FlowNode; onOps: (ops: Op[]) => void }): ReactElement {
  return (
    <>
      <DraftField
        label="Title"
        value={node.title}
        max={LIMITS.title}
        onDone={(title) => onOps(retitleNode(node, title))}
      />
      <Select label="Type" value={node.type} onChange={(type) => onOps(retypeNode(node, type as NodeType))}>
        {PALETTE.map((type) => (
          <option key={type} value={type}>
            {NODE_TYPE_TEXT[type].name}
          </option>
        ))}
      </Select>
      <DraftField
        label="Description"
        value={node.description ?? ''}
        max={LIMITS.description}
        rows={3}
        onDone={(description) => onOps(describeNode(node, description))}
      />
    </>
  );
}

function EdgeFields({
  edge,
  document,
  onOps,
}: {
  edge: FlowEdge;
  document: FlowDocument;
  onOps: (ops: Op[]) => void;
}): ReactElement {
  const from = document.nodes[edge.source]?.title ?? '';
  const to = document.nodes[edge.target]?.title ?? '';
  return (
    <>
      <p className="uxf-inspector__path" title={`${from} → ${to}`}>
        <span>{from}</span> → <span>{to}</span>
      </p>
      <DraftField
        label="Label"
        value={edge.label ?? ''}
        max={LIMITS.title}
        onDone={(label) => onOps(relabelEdge(edge, label))}
      />
      <Select
        label="Happens"
        value={edge.trigger}
        onChange={(trigger) => onOps(retriggerEdge(edge, trigger as EdgeTrigger))}
      >
        {EDGE_TRIGGERS.map((trigger) => (
          <option key={trigger} value={trigger}>
            {TRIGGER_TEXT[trigger]}
          </option>
        ))}
      </Select>
    </>
  );
}

/** A field that is committed when it is left, so that typing is one edit. What others type meanwhile is shown once it is left. */
function DraftField({
  label,
  value,
  max,
  rows,
  onDone,
}: {
  label: string;
  value: string;
  max: number;
  rows?: number;
  onDone: (value: string) => void;
}): ReactElement {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const done = (): void => {
    if (draft !== null) onDone(draft);
    setDraft(null);
  };
  const shared = {
    id,
    value: draft ?? value,
    maxLength: max,
    onBlur: done,
    onChange: (event: { target: { value: string } }) => setDraft(event.target.value),
  };
  return (
    <div className="uxf-field">
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? (
        <input
          {...shared}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') setDraft(null);
          }}
        />
      ) : (
        <textarea {...shared} rows={rows} />
      )}
    </div>
  );
}

function Select({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}): ReactElement {
  const id = useId();
  return (
    <div className="uxf-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
    </div>
  );
}
