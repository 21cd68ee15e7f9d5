import { FlowError, type FlowErrorCode, type FlowIssue } from '../document/errors.ts';
import {
  COLLECTIONS,
  KINDS,
  REFERENCES,
  idsIn,
  startsAtElementOf,
  type AnyRecord,
} from '../document/fields.ts';
import { jsonBytes } from '../document/json.ts';
import { LIMITS } from '../document/limits.ts';
import type { FlowDocument, RecordKind } from '../document/types.ts';

/**
 * Checks of a document of the right shape what its shape does not say: limits, records under their own ids, every
 * reference, frames without cycles.
 *
 * @throws FlowError `limit_exceeded`, `invalid_request`, `dangling_reference` or `frame_cycle`, with paths.
 */
export function checkGraph(document: FlowDocument): void {
  refuse('limit_exceeded', limits(document));
  refuse('invalid_request', misplaced(document));
  refuse('dangling_reference', dangling(document));
  refuse('frame_cycle', cycles(document));
}

function refuse(code: FlowErrorCode, issues: FlowIssue[]): void {
  if (issues.length > 0) throw new FlowError(code, issues.slice(0, 50));
}

function records(document: FlowDocument, kind: RecordKind): Readonly<Record<string, AnyRecord>> {
  return document[COLLECTIONS[kind]] as unknown as Readonly<Record<string, AnyRecord>>;
}

function limits(document: FlowDocument): FlowIssue[] {
  const issues: FlowIssue[] = [];
  for (const kind of KINDS) {
    const collection = COLLECTIONS[kind];
    const count = Object.keys(document[collection]).length;
    const most = LIMITS[collection];
    if (count > most)
      issues.push({
        path: collection,
        message: `Holds ${count} records, at most ${most} are allowed: split the flow`,
      });
  }
  if (issues.length === 0 && jsonBytes(document) > LIMITS.documentBytes) {
    issues.push({
      path: '',
      message: `The document has more than ${LIMITS.documentBytes} bytes of JSON: split the flow`,
    });
  }
  return issues;
}

function misplaced(document: FlowDocument): FlowIssue[] {
  return KINDS.flatMap((kind) =>
    Object.entries(records(document, kind))
      .filter(([key, record]) => record['id'] !== key)
      .map(([key]) => ({
        path: `${COLLECTIONS[kind]}.${key}.id`,
        message: `Must be "${key}", the key it stands under`,
      })),
  );
}

function dangling(document: FlowDocument): FlowIssue[] {
  const issues: FlowIssue[] = [];
  const get = (kind: RecordKind, id: string): AnyRecord | undefined =>
    Object.hasOwn(document[COLLECTIONS[kind]], id) ? records(document, kind)[id] : undefined;
  for (const kind of KINDS) {
    for (const [id, record] of Object.entries(records(document, kind))) {
      for (const [field, target] of Object.entries(REFERENCES[kind])) {
        for (const ref of idsIn(record[field])) {
          if (!get(target, ref)) {
            issues.push({
              path: `${COLLECTIONS[kind]}.${id}.${field}`,
              message: `There is no ${target} "${ref}"`,
            });
          }
        }
      }
      if (kind === 'edge' && !startsAtElementOf(get('node', String(record['source'])), record)) {
        issues.push({
          path: `edges.${id}.elementId`,
          message: `The screen of node "${String(record['source'])}" has no element "${String(record['elementId'])}"`,
        });
      }
    }
  }
  return issues;
}

function cycles(document: FlowDocument): FlowIssue[] {
  const sound = new Set<string>();
  const issues: FlowIssue[] = [];
  for (const id of Object.keys(document.frames)) {
    const path = new Set<string>();
    for (
      let at: string | undefined = id;
      at !== undefined && !sound.has(at);
      at = document.frames[at]?.parentId
    ) {
      if (path.has(at)) {
        issues.push({ path: `frames.${id}.parentId`, message: `Frame "${at}" lies inside itself` });
        break;
      }
      path.add(at);
    }
    for (const each of path) sound.add(each);
  }
  return issues;
}
