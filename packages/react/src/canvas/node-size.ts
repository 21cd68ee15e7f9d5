import type { FlowNode } from '@uxflow/flow';
import { titleBox, type TitleBox } from '@uxflow/flow/layout';

const boxes = new WeakMap<FlowNode, TitleBox>();

/** Size and title lines of a node, as layout and the exports see them; measured once for each version of it. */
export function boxOf(node: FlowNode): TitleBox {
  let box = boxes.get(node);
  if (!box) {
    box = titleBox(node);
    boxes.set(node, box);
  }
  return box;
}
