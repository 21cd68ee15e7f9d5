import { createServer } from 'node:net';

/** The block of ports that one running product occupies; `base` is the API's. */
export interface Ports {
  api: number;
  webhooks: number;
  stripe: number;
  example: number;
}

export function portsFrom(base: number): Ports {
  return { api: base, webhooks: base + 1, stripe: base + 3, example: base + 5 };
}

/** Names of what cannot listen because its port is taken, e.g. `['API (8787)']`. */
export async function takenPorts(ports: Ports): Promise<string[]> {
  const named: [string, number][] = [
    ['API', ports.api],
    ['webhook Worker', ports.webhooks],
    ['local Stripe', ports.stripe],
    ['partner example', ports.example],
  ];
  const taken: string[] = [];
  for (const [name, port] of named) if (!(await isFree(port))) taken.push(`${name} (${port})`);
  return taken;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
