import * as z from 'zod/mini';
import { LIMITS } from '../document/limits.ts';
import {
  EDGE_TRIGGERS,
  NODE_TYPES,
  SCREEN_STATES,
  type FlowEdge,
  type FlowNode,
  type Frame,
  type JsonValue,
  type Persona,
  type RecordKind,
} from '../document/types.ts';
import {
  countSchema,
  dataSchema,
  distinct,
  idSchema,
  longText,
  pointSchema,
  sizeSchema,
  titleText,
  urlSchema,
} from './values.ts';

const elementSchema = z.strictObject({ id: idSchema, kind: titleText, label: titleText });
const stateSchema = z.strictObject({ kind: z.enum(SCREEN_STATES), note: z.exactOptional(longText) });
const screenSchema = z.strictObject({
  elements: distinct(elementSchema, LIMITS.screenElements, (element) => element.id),
  states: z
    .array(stateSchema)
    .check(z.maxLength(LIMITS.screenStates, { error: `At most ${LIMITS.screenStates} entries` })),
  imageUrl: z.exactOptional(urlSchema),
  externalUrl: z.exactOptional(urlSchema),
});

const sourceSchema = z
  .strictObject({ documentId: idSchema, start: countSchema, end: countSchema })
  .check(z.refine(({ start, end }) => start <= end, { error: 'Must not lie before start', path: ['end'] }));

const NODE = {
  required: { type: z.enum(NODE_TYPES), title: titleText, position: pointSchema },
  optional: {
    description: longText,
    frameId: idSchema,
    pinned: z.boolean(),
    size: sizeSchema,
    screen: screenSchema,
    subflowId: idSchema,
    personaIds: distinct(idSchema, LIMITS.personas, (id) => id),
    source: sourceSchema,
    data: dataSchema,
  },
};
const EDGE = {
  required: { source: idSchema, target: idSchema, trigger: z.enum(EDGE_TRIGGERS) },
  optional: { label: titleText, condition: longText, elementId: idSchema, data: dataSchema },
};
const FRAME = {
  required: { title: titleText, position: pointSchema, size: sizeSchema },
  optional: { parentId: idSchema, data: dataSchema },
};
const PERSONA = { required: { name: titleText }, optional: { goal: longText } };

type Shape = Record<string, z.ZodMiniType>;
type Optional<S extends Shape> = { [F in keyof S]: z.ZodMiniExactOptional<S[F]> };

function optional<S extends Shape>(shape: S): Optional<S> {
  return Object.fromEntries(
    Object.entries(shape).map(([field, schema]) => [field, z.exactOptional(schema)]),
  ) as Optional<S>;
}

export const nodeSchema: z.ZodMiniType<FlowNode> = z.strictObject({
  id: idSchema,
  ...NODE.required,
  ...optional(NODE.optional),
});
export const edgeSchema: z.ZodMiniType<FlowEdge> = z.strictObject({
  id: idSchema,
  ...EDGE.required,
  ...optional(EDGE.optional),
});
export const frameSchema: z.ZodMiniType<Frame> = z.strictObject({
  id: idSchema,
  ...FRAME.required,
  ...optional(FRAME.optional),
});
export const personaSchema: z.ZodMiniType<Persona> = z.strictObject({
  id: idSchema,
  ...PERSONA.required,
  ...optional(PERSONA.optional),
});

/** Any fields of a record but its id; optional ones also null, which removes them. */
function changes({
  required,
  optional: removable,
}: {
  required: Shape;
  optional: Shape;
}): z.ZodMiniType<PatchSet> {
  const nullable = Object.fromEntries(
    Object.entries(removable).map(([field, schema]) => [field, z.nullable(schema)]),
  );
  return z
    .strictObject({ ...optional(required), ...optional(nullable) })
    .check(
      z.refine((set) => Object.keys(set).length > 0, { error: 'Name at least one field to change' }),
    ) as unknown as z.ZodMiniType<PatchSet>;
}
type PatchSet = Record<string, JsonValue>;

/** What the `set` of a patch may hold, by kind of record. */
export const changeSchemas: { [K in RecordKind]: z.ZodMiniType<PatchSet> } = {
  node: changes(NODE),
  edge: changes(EDGE),
  frame: changes(FRAME),
  persona: changes(PERSONA),
};
