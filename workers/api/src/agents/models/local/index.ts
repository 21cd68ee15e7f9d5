export { createLocalModel, type LocalModelOptions } from './model.ts';
