export { RefusedError } from './refused.ts';
export { connectRoom } from './room.ts';
export type * from './types.ts';
