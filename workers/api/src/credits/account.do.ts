import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../platform/env.ts';

/** One object a workspace: its credit ledger. */
export class WorkspaceAccount extends DurableObject<Env> {}
