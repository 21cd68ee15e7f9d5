import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../platform/env.ts';

/** One object an agent run. */
export class AgentRun extends DurableObject<Env> {}
