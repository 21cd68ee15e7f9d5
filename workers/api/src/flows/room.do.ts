import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../platform/env.ts';

/** One object a flow. */
export class FlowRoom extends DurableObject<Env> {}
