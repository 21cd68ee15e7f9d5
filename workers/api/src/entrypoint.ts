import { WorkerEntrypoint } from 'cloudflare:workers';
import { config } from './platform/config.ts';
import type { Env } from './platform/env.ts';

/** What other Workers of the product may ask of the API, over a service binding and never from outside. */
export class ApiEntrypoint extends WorkerEntrypoint<Env> {
  /** The build that answers, so that a deployment of the other Worker can see what it is bound to. */
  build(): string {
    return config(this.env).BUILD;
  }
}
