export { documentSchema } from './document.ts';
export { edgeSchema, frameSchema, nodeSchema, personaSchema } from './records.ts';
export { opSchema, opsSchema } from './ops.ts';
export { clientMessageSchema } from './messages.ts';
export { idSchema, pointSchema } from './values.ts';
export { parseClientMessage, parseDocument, parseOps } from './parse.ts';
export { validate } from './validate.ts';
