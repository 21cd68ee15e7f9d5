export { connectRoom } from './room.ts';
export type * from './types.ts';
