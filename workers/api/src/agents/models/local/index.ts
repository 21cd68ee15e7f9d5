export { createLocalModel } from './model.ts';
