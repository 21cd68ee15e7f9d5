import { join } from 'node:path';
import { createClient } from '@redis/client';
import { type Daemon, findBinary, startDaemon } from './daemon.ts';
import { AMOUNT, type Book, PLENTY, type Tally } from './job.ts';

export interface RedisPeer {
  daemon: Daemon;
  settings: string;
  book: Book;
  read(): Promise<Tally>;
  stop(): Promise<void>;
}

/** KEYS: account, holds, journal. ARGV: amount, then ids. All of them, or none. */
const HOLD = `
local amount, count = tonumber(ARGV[1]), #ARGV - 1
if tonumber(redis.call('HGET', KEYS[1], 'available')) < amount * count then return -1 end
for i = 2, #ARGV do if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 1 then return -2 end end
redis.call('HINCRBY', KEYS[1], 'available', -amount * count)
redis.call('HINCRBY', KEYS[1], 'held', amount * count)
for i = 2, #ARGV do
  redis.call('HSET', KEYS[2], ARGV[i], 'open')
  redis.call('RPUSH', KEYS[3], 'hold ' .. ARGV[i] .. ' ' .. amount)
end
return count`;
const SETTLE = `
local amount, count = tonumber(ARGV[1]), #ARGV - 1
for i = 2, #ARGV do if redis.call('HGET', KEYS[2], ARGV[i]) ~= 'open' then return -2 end end
redis.call('HINCRBY', KEYS[1], 'held', -amount * count)
redis.call('HINCRBY', KEYS[1], 'consumed', amount * count)
for i = 2, #ARGV do
  redis.call('HSET', KEYS[2], ARGV[i], 'settled')
  redis.call('RPUSH', KEYS[3], 'settle ' .. ARGV[i] .. ' ' .. amount)
end
return count`;

const open = async (folder: string) => {
  const client = createClient({
    socket: { path: join(folder, 'redis.sock'), tls: false, reconnectStrategy: () => 50 },
    disableOfflineQueue: true,
  });
  // Told by each call as well; a client without a listener would end the process.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/** With its append-only file. Null when it is not on this machine. */
export async function startRedis(
  appendfsync: 'everysec' | 'always',
  amount: number = PLENTY,
): Promise<RedisPeer | null> {
  const server = findBinary('redis-server');
  if (!server) return null;
  const daemon = await startDaemon({
    name: 'redis',
    serve: (folder) => [
      server,
      ['--port', '0', '--unixsocket', join(folder, 'redis.sock'), '--dir', folder].concat([
        '--appendonly',
        'yes',
        '--appendfsync',
        appendfsync,
        '--save',
        '',
      ]),
    ],
    answers: async (folder) => {
      const probe = createClient({
        socket: { path: join(folder, 'redis.sock'), tls: false, reconnectStrategy: false },
      });
      probe.on('error', () => undefined);
      await probe.connect();
      try {
        await probe.ping();
      } finally {
        probe.destroy();
      }
    },
  });
  const client = await open(daemon.folder);
  await client.hSet('ws_0', { available: amount, held: 0, consumed: 0 });
  const version = /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? '?';
  const call = async (script: string, ids: string[], workspace: string): Promise<void> => {
    const keys = [workspace, `${workspace}:holds`, `${workspace}:journal`];
    const count = await client.eval(script, { keys, arguments: [String(AMOUNT), ...ids] });
    if (count !== ids.length) throw new Error(count === -1 ? 'insufficient credits' : 'a hold is not open');
  };
  return {
    daemon,
    settings: `Redis ${version}, append-only file, appendfsync=${appendfsync}, 1 pipelined connection`,
    book: {
      hold: (ids, workspace) => call(HOLD, ids, workspace),
      settle: (ids, workspace) => call(SETTLE, ids, workspace),
    },
    read: async () => {
      const account = await client.hGetAll('ws_0');
      const journal = await client.lRange('ws_0:journal', 0, -1);
      return {
        available: Number(account['available']),
        held: Number(account['held']),
        consumed: Number(account['consumed']),
        charged: journal.filter((line) => line.startsWith('settle ')).map((line) => line.split(' ')[1] ?? ''),
      };
    },
    stop: async () => {
      client.destroy();
      await daemon.stop();
    },
  };
}
