import type { NodeProps } from '@xyflow/react';
import { memo, type ReactElement } from 'react';
import type { FrameNode as FrameNodeType } from '../model.ts';

/** A frame: the named background of a part of the flow. */
export const FrameNode = memo(function FrameNode({ data }: NodeProps<FrameNodeType>): ReactElement {
  return (
    <div className="uxf-frame">
      <span className="uxf-frame__title" title={data.frame.title}>
        {data.frame.title}
      </span>
    </div>
  );
});
