import { DurableObject } from 'cloudflare:workers';

interface Env {
  HASTY: DurableObjectNamespace<Hasty>;
}

/** Milliseconds between the acknowledgement and the write: what a careless write-behind cache would do. */
const DELAY = 100;

/** The negative control of the crash run: it acknowledges before it has written, so a kill must lose something. */
export class Hasty extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS written (id TEXT PRIMARY KEY)');
  }

  write(id: string): void {
    setTimeout(() => this.ctx.storage.sql.exec('INSERT OR IGNORE INTO written VALUES (?)', id), DELAY);
  }

  read(): string[] {
    return this.ctx.storage.sql
      .exec<{ id: string }>('SELECT id FROM written')
      .toArray()
      .map((row) => row.id);
  }
}

export default {
  async fetch(request, env) {
    const hasty = env.HASTY.getByName('control');
    if (request.method === 'GET') return Response.json(await hasty.read());
    await hasty.write(await request.text());
    return new Response(null, { status: 204 });
  },
} satisfies ExportedHandler<Env>;
