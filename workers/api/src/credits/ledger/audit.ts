import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { AuditInput, AuditRecord } from '../account.rpc.ts';
import type { Outcome } from '../../platform/errors.ts';
import type { Block } from './block.ts';
import { Answers, refuse } from './idempotency.ts';

const COLUMNS = 'seq, at, actor, action, target, detail, hash';
/** Who does what nobody else is named for. */
const LEDGER = 'ledger';

interface Row extends Record<string, string | number> {
  seq: number;
  at: number;
  actor: string;
  action: string;
  target: string;
  detail: string;
  hash: string;
}

/** Appends to the audit log. @param what `detail` holds no secrets and no personal data: it is kept for ever. */
export function record(
  block: Block,
  what: { actor?: string; action: string; target: string; detail: Readonly<Record<string, unknown>> },
): Row {
  const [last] = block.store.exec<Row>(`SELECT ${COLUMNS} FROM audit ORDER BY seq DESC LIMIT 1`);
  const { actor = LEDGER, action, target } = what;
  const row = {
    seq: (last?.seq ?? 0) + 1,
    at: block.now,
    actor,
    action,
    target,
    detail: JSON.stringify(what.detail),
  };
  const hash = hashOf(last?.hash ?? '', row);
  block.store.exec(
    `INSERT INTO audit (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.seq,
    row.at,
    actor,
    action,
    target,
    row.detail,
    hash,
  );
  return { ...row, hash };
}

/** Appends what others have done in the workspace, once per key. */
export function audit(block: Block, input: AuditInput): Outcome<{ seq: number }> {
  const { key, actor, action, target, detail } = input;
  const answers = new Answers<{ seq: number }>(block, [`audit:${key}`]);
  const asked = JSON.stringify([actor, action, target, detail]);
  const replay = answers.replay(`audit:${key}`, asked);
  if (replay) return replay;
  if (key === '') return refuse('invalid_request', 'key must not be empty.');
  const { seq } = record(block, { actor, action, target, detail });
  const response = { ok: true as const, seq };
  answers.remember(`audit:${key}`, asked, response);
  answers.save(block);
  return response;
}

/** Newest first. The cursor is the number from which the next page goes back. */
export function auditLog(
  block: Block,
  input: { cursor?: string; limit: number },
): { data: AuditRecord[]; nextCursor: string | null } {
  const before = input.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(input.cursor);
  if (!Number.isSafeInteger(before)) return { data: [], nextCursor: null };
  const rows = block.store.exec<Row>(
    `SELECT ${COLUMNS} FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?`,
    before,
    input.limit + 1,
  );
  const data = rows.slice(0, input.limit).map((row) => ({
    ...row,
    detail: JSON.parse(row.detail) as AuditRecord['detail'],
    at: new Date(row.at).toISOString(),
  }));
  return { data, nextCursor: rows.length > input.limit ? String(data.at(-1)?.seq) : null };
}

/** Recomputes the chain. `brokenAt` is the first row that does not follow from the one before; null when all do. */
export function verifyAudit(block: Block): { rows: number; brokenAt: number | null } {
  const PAGE = 1_000;
  let [hash, rows] = ['', 0];
  for (;;) {
    const page = block.store.exec<Row>(
      `SELECT ${COLUMNS} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`,
      rows,
      PAGE,
    );
    for (const row of page) {
      if (row.seq !== rows + 1 || hashOf(hash, row) !== row.hash) return { rows, brokenAt: rows + 1 };
      hash = row.hash;
      rows += 1;
    }
    if (page.length < PAGE) return { rows, brokenAt: null };
  }
}

function hashOf(before: string, { seq, at, actor, action, target, detail }: Omit<Row, 'hash'>): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([before, seq, at, actor, action, target, detail]))));
}
