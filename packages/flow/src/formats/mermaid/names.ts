import type { FlowDocument } from '../../document/types.ts';

/** What a document's nodes and frames are called in a diagram. */
export interface Names {
  node: (id: string) => string;
  frame: (id: string) => string;
}

interface Rules {
  /** Whether the diagram's grammar takes this id as it is. */
  allowed: (id: string) => boolean;
  /** How names begin that take the place of ids the grammar does not take. */
  node: string;
  frame: string;
}

/** Nodes and frames share one name space in Mermaid. An id stays where it can, and no two get the same name. */
export function namesOf(document: FlowDocument, rules: Rules): Names {
  const nodeIds = Object.values(document.nodes).map(({ id }) => id);
  const frameIds = Object.values(document.frames).map(({ id }) => id);
  const taken = new Set([...nodeIds, ...frameIds]);
  const used = new Set<string>();
  let number = 1;
  const name = (id: string, stem: string): [string, string] => {
    let candidate = id;
    while (!rules.allowed(candidate) || used.has(candidate)) {
      do candidate = `${stem}${number++}`;
      while (taken.has(candidate));
    }
    used.add(candidate);
    return [id, candidate];
  };
  const nodes = new Map(nodeIds.map((id) => name(id, rules.node)));
  const frames = new Map(frameIds.map((id) => name(id, rules.frame)));
  return { node: (id) => nodes.get(id) ?? id, frame: (id) => frames.get(id) ?? id };
}
