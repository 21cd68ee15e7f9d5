import type { NodeType } from '../../document/types.ts';

export const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
export const BPMN_DI = 'http://www.omg.org/spec/BPMN/20100524/DI';
export const DC = 'http://www.omg.org/spec/DD/20100524/DC';
export const DI = 'http://www.omg.org/spec/DD/20100524/DI';
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** Attributes that say what BPMN has no word for. Other tools keep or ignore them. */
export const UX = 'urn:uxflow:flow:1';

/** What each BPMN element becomes. Maps: the names come from outside. */
export const TYPE_OF: ReadonlyMap<string, NodeType> = new Map<string, NodeType>([
  ['startEvent', 'start'],
  ['endEvent', 'end'],
  ['intermediateCatchEvent', 'system'],
  ['intermediateThrowEvent', 'system'],
  ['boundaryEvent', 'system'],
  ['task', 'action'],
  ['manualTask', 'action'],
  ['userTask', 'screen'],
  ['serviceTask', 'system'],
  ['scriptTask', 'system'],
  ['businessRuleTask', 'system'],
  ['sendTask', 'system'],
  ['receiveTask', 'system'],
  ['callActivity', 'subflow'],
  ['subProcess', 'subflow'],
  ['transaction', 'subflow'],
  ['adHocSubProcess', 'subflow'],
  ['exclusiveGateway', 'decision'],
  ['inclusiveGateway', 'decision'],
  ['complexGateway', 'decision'],
  ['eventBasedGateway', 'decision'],
  // Nobody decides anything here: the ways run side by side.
  ['parallelGateway', 'system'],
]);

/** What stands beside the flow. No sequence flow touches these, and lanes do not list them. */
export const BESIDE: ReadonlyMap<string, NodeType> = new Map<string, NodeType>([
  ['textAnnotation', 'note'],
  ['dataObjectReference', 'note'],
  ['dataStoreReference', 'note'],
  ['participant', 'system'],
]);

/** What a node becomes that never was BPMN; `TYPE_OF` leads back. */
export const ELEMENT_OF: Readonly<Record<NodeType, string>> = {
  start: 'startEvent',
  end: 'endEvent',
  screen: 'userTask',
  action: 'task',
  decision: 'exclusiveGateway',
  system: 'serviceTask',
  subflow: 'callActivity',
  note: 'textAnnotation',
};

/** Frames that hold a flow of their own, into which no sequence flow may reach from outside. */
export const SUB_PROCESSES: ReadonlySet<string> = new Set(['subProcess', 'transaction', 'adHocSubProcess']);

/** Activities may be repeated and have a way by default; of the other elements only these gateways have one. */
export const ACTIVITIES: ReadonlySet<string> = new Set([
  'task',
  'manualTask',
  'userTask',
  'serviceTask',
  'scriptTask',
  'businessRuleTask',
  'sendTask',
  'receiveTask',
  'callActivity',
  ...SUB_PROCESSES,
]);
export const DEFAULT_GATEWAYS: ReadonlySet<string> = new Set([
  'exclusiveGateway',
  'inclusiveGateway',
  'complexGateway',
]);

export const EVENT_KINDS: ReadonlySet<string> = new Set([
  'cancel',
  'compensate',
  'conditional',
  'error',
  'escalation',
  'link',
  'message',
  'signal',
  'terminate',
  'timer',
]);
/** Elements of event definitions that hold their text. */
export const EVENT_FORMS: ReadonlySet<string> = new Set([
  'timeDate',
  'timeDuration',
  'timeCycle',
  'condition',
]);

/** Attributes of BPMN elements that are kept as they are; the others are structure, or references that are lost. */
export const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set([
  'associationDirection',
  'calledElement',
  'cancelActivity',
  'cancelRemainingInstances',
  'completionQuantity',
  'eventGatewayType',
  'gatewayDirection',
  'implementation',
  'instantiate',
  'isClosed',
  'isCollection',
  'isExecutable',
  'isForCompensation',
  'isImmediate',
  'isInterrupting',
  'method',
  'ordering',
  'parallelMultiple',
  'processType',
  'scriptFormat',
  'startQuantity',
  'textFormat',
  'triggeredByEvent',
]);
