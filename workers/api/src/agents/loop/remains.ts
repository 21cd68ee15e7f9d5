import type { FlowDocument, JsonValue, Op } from '@uxflow/flow';

/** Whether anything of these edits is still in the flow: nothing is once they were all undone. */
export function editsRemain(document: FlowDocument, edits: readonly Op[]): boolean {
  return edits.some((op) => {
    if (op.op === 'rename') return document.name === op.name;
    const records: Record<string, object> = document[`${op.kind}s`];
    const id = op.op === 'put' ? op.value.id : op.id;
    const record = Object.hasOwn(records, id) ? records[id] : undefined;
    if (op.op === 'put') return record !== undefined;
    if (op.op === 'remove') return record === undefined;
    return (
      record !== undefined &&
      Object.entries(op.set).some(([field, value]) => same(Reflect.get(record, field), value))
    );
  });
}

function same(now: unknown, set: JsonValue): boolean {
  return JSON.stringify(now ?? null) === JSON.stringify(set);
}
