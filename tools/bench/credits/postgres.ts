import { dirname, join } from 'node:path';
import { Pool, type PoolClient } from 'pg';
import { type Daemon, findBinary, startDaemon } from './daemon.ts';
import { AMOUNT, type Book, PLENTY, type Tally } from './job.ts';

const CONNECTIONS = 16;

export interface PostgresPeer {
  daemon: Daemon;
  settings: string;
  forUpdate: Book;
  singleStatement: Book;
  read(): Promise<Tally>;
  stop(): Promise<void>;
}

function connect(folder: string, max: number): Pool {
  const pool = new Pool({ host: folder, user: 'bench', database: 'postgres', max });
  // A connection that is lost while nobody uses it; one that is used tells its user.
  pool.on('error', () => undefined);
  return pool;
}

/** With its own defaults: fsync, synchronous_commit and full_page_writes are on. Null when it is not on this machine. */
export async function startPostgres(amount: number = PLENTY): Promise<PostgresPeer | null> {
  const [server, initdb] = [findBinary('postgres'), findBinary('initdb')];
  if (!server || !initdb) return null;
  const daemon = await startDaemon({
    name: 'postgres',
    prepare: (folder) => [initdb, ['-D', join(folder, 'data'), '-U', 'bench', '--auth=trust', '--locale=C']],
    // Its socket is in its folder; no port is opened.
    serve: (folder) => [
      join(dirname(server), 'postgres'),
      ['-D', join(folder, 'data'), '-c', `unix_socket_directories=${folder}`, '-c', 'listen_addresses='],
    ],
    answers: async (folder) => {
      const probe = connect(folder, 1);
      try {
        await probe.query('SELECT 1');
      } finally {
        await probe.end();
      }
    },
  });
  const pool = connect(daemon.folder, CONNECTIONS);
  await pool.query(`
    CREATE TABLE account (id text PRIMARY KEY, available bigint NOT NULL CHECK (available >= 0), held bigint NOT NULL,
      consumed bigint NOT NULL);
    CREATE TABLE hold (id text PRIMARY KEY, account text NOT NULL, amount bigint NOT NULL, state text NOT NULL);
    CREATE TABLE entry (seq bigserial PRIMARY KEY, hold text NOT NULL, kind text NOT NULL, amount bigint NOT NULL);
    INSERT INTO account VALUES ('ws_0', ${amount}, 0, 0);`);
  const { rows } = await pool.query<{ settings: string }>(
    `SELECT string_agg(name || '=' || setting, ', ' ORDER BY name) AS settings FROM pg_settings
     WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'wal_level', 'server_version')`,
  );
  return {
    daemon,
    settings: `write-ahead log, ${rows[0]?.settings ?? '?'}, ${CONNECTIONS} connections`,
    forUpdate: forUpdate(pool),
    singleStatement: singleStatement(pool),
    read: () => tally(pool),
    stop: async () => {
      await pool.end();
      await daemon.stop();
    },
  };
}

const ENTRIES = 'INSERT INTO entry (hold, kind, amount) SELECT id, $1, $2 FROM unnest($3::text[]) AS id';

/** The usual transaction: lock the account's row, look, write. Batched, each of its statements is set-based. */
function forUpdate(pool: Pool): Book {
  const lock = 'SELECT available FROM account WHERE id = $1 FOR UPDATE';
  return {
    hold: (ids, workspace) =>
      inTransaction(pool, async (client) => {
        const sum = ids.length * AMOUNT;
        const { rows } = await client.query<{ available: string }>(lock, [workspace]);
        if (Number(rows[0]?.available ?? 0) < sum) throw new Error('insufficient credits');
        const move = 'UPDATE account SET available = available - $1, held = held + $1 WHERE id = $2';
        await client.query(move, [sum, workspace]);
        const hold = "INSERT INTO hold SELECT id, $1, $2, 'open' FROM unnest($3::text[]) AS id";
        await client.query(hold, [workspace, AMOUNT, ids]);
        await client.query(ENTRIES, ['hold', AMOUNT, ids]);
      }),
    settle: (ids, workspace) =>
      inTransaction(pool, async (client) => {
        await client.query(lock, [workspace]);
        const end = "UPDATE hold SET state = 'settled' WHERE id = ANY($1) AND state = 'open'";
        if ((await client.query(end, [ids])).rowCount !== ids.length) throw new Error('a hold is not open');
        const move = 'UPDATE account SET held = held - $1, consumed = consumed + $1 WHERE id = $2';
        await client.query(move, [ids.length * AMOUNT, workspace]);
        await client.query(ENTRIES, ['settle', AMOUNT, ids]);
      }),
  };
}

async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  // Told by the query under way as well; without a listener a lost connection would end the process.
  const onLost = (): void => undefined;
  client.on('error', onLost);
  let broken = true;
  try {
    await client.query('BEGIN');
    await work(client);
    await client.query('COMMIT');
    broken = false;
  } finally {
    client.off('error', onLost);
    // A connection in the middle of a transaction is not used again, which rolls it back.
    client.release(broken);
  }
}

function singleStatement(pool: Pool): Book {
  const hold = `
    WITH a AS (
      UPDATE account SET available = available - $2::bigint, held = held + $2::bigint
      WHERE id = $1 AND available >= $2::bigint RETURNING id
    ), h AS (
      INSERT INTO hold SELECT x.id, a.id, $3::bigint, 'open' FROM a, unnest($4::text[]) AS x(id) RETURNING id
    )
    INSERT INTO entry (hold, kind, amount) SELECT id, 'hold', $3::bigint FROM h`;
  const settle = `
    WITH h AS (
      UPDATE hold SET state = 'settled' WHERE id = ANY($2) AND state = 'open' RETURNING id, amount
    ), a AS (
      UPDATE account SET held = held - s.sum, consumed = consumed + s.sum
      FROM (SELECT SUM(amount)::bigint AS sum FROM h) AS s WHERE id = $1 AND s.sum > 0
    )
    INSERT INTO entry (hold, kind, amount) SELECT id, 'settle', amount FROM h`;
  return {
    hold: async (ids, workspace) => {
      const { rowCount } = await pool.query(hold, [workspace, ids.length * AMOUNT, AMOUNT, ids]);
      if (rowCount !== ids.length) throw new Error('insufficient credits');
    },
    settle: async (ids, workspace) => {
      const { rowCount } = await pool.query(settle, [workspace, ids]);
      if (rowCount !== ids.length) throw new Error('a hold is not open');
    },
  };
}

async function tally(pool: Pool): Promise<Tally> {
  const { rows } = await pool.query<{ available: string; held: string; consumed: string }>(
    "SELECT available, held, consumed FROM account WHERE id = 'ws_0'",
  );
  const charges = await pool.query<{ hold: string }>("SELECT hold FROM entry WHERE kind = 'settle'");
  return {
    available: Number(rows[0]?.available),
    held: Number(rows[0]?.held),
    consumed: Number(rows[0]?.consumed),
    charged: charges.rows.map(({ hold }) => hold),
  };
}
