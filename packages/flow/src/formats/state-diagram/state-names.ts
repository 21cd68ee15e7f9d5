import type { FlowDocument } from '../../document/types.ts';

export interface StateNames {
  node: (id: string) => string;
  frame: (id: string) => string;
}

const LEGAL = /^\w+$/;
/** Words that begin a statement, whatever their case, and what Mermaid calls the diagram itself. */
const KEYWORD =
  /^(?:state|note|class|classdef|style|click|href|default|scale|hide|direction|acctitle|accdescr|root)$/i;

/** Ids that Mermaid allows: states and composite states share one name space there, and some words are taken. */
export function stateNames(document: FlowDocument): StateNames {
  const nodeIds = Object.values(document.nodes).map(({ id }) => id);
  const frameIds = Object.values(document.frames).map(({ id }) => id);
  const taken = new Set([...nodeIds, ...frameIds]);
  const used = new Set<string>();
  let number = 1;
  const name = (id: string, stem: string): [string, string] => {
    let candidate = id;
    while (!LEGAL.test(candidate) || KEYWORD.test(candidate) || used.has(candidate)) {
      do candidate = `${stem}${number++}`;
      while (taken.has(candidate));
    }
    used.add(candidate);
    return [id, candidate];
  };
  const nodes = new Map(nodeIds.map((id) => name(id, 's_')));
  const frames = new Map(frameIds.map((id) => name(id, 'f_')));
  return { node: (id) => nodes.get(id) ?? id, frame: (id) => frames.get(id) ?? id };
}
