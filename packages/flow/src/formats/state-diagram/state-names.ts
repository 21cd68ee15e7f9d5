import type { FlowDocument } from '../../document/types.ts';
import { type Names, namesOf } from '../mermaid/names.ts';

const LEGAL = /^\w+$/;
/** Words that begin a statement, whatever their case, and what Mermaid calls the diagram itself. */
const KEYWORD =
  /^(?:state|note|class|classdef|style|click|href|default|scale|hide|direction|acctitle|accdescr|root)$/i;

/** Ids that Mermaid allows for states, composite ones included. */
export function stateNames(document: FlowDocument): Names {
  return namesOf(document, {
    allowed: (id) => LEGAL.test(id) && !KEYWORD.test(id),
    node: 's_',
    frame: 'f_',
  });
}
