import type { Clause } from '../clause.ts';
import type { Jump } from '../meaning/context.ts';
export function germanJump(_c: Clause): Jump | null { return null; }
