import type { FlowNode, ScreenElement } from '@uxflow/flow';
import type { ReactElement, ReactNode } from 'react';
import { boxOf } from '../node-size.ts';

/** Pixels: of the bar around its title, of one title line, of the foot, of one element with the gap above it. */
const BAR = 17;
const TITLE_LINE = 19;
const FOOT = 25;
const ELEMENT = 23;

const FIELD = /input|field|email|password|phone|number|search|select|date|text-?area|picker/i;
const BUTTON = /button|submit|cta/i;
const TOGGLE = /check|toggle|switch|radio/i;

/** How an element of this kind is sketched; kinds are free text, so unknown ones become a line of text. */
function sketchOf({ kind }: ScreenElement): 'button' | 'toggle' | 'field' | 'text' {
  if (BUTTON.test(kind)) return 'button';
  if (TOGGLE.test(kind)) return 'toggle';
  return FIELD.test(kind) ? 'field' : 'text';
}

/** A screen as a small wireframe: window bar, its elements, and the states it can be in. */
export function ScreenBody({ node, title }: { node: FlowNode; title: ReactNode }): ReactElement {
  const elements = node.screen?.elements ?? [];
  const states = (node.screen?.states ?? []).filter(({ kind }) => kind !== 'default');
  const { height, lines } = boxOf(node);
  const room = height - BAR - lines.length * TITLE_LINE - 10;
  const all = Math.floor((room - (states.length > 0 ? FOOT : 0)) / ELEMENT);
  const shown = elements.length <= all ? elements.length : Math.max(1, Math.floor((room - FOOT) / ELEMENT));
  const hidden = elements.length - shown;
  return (
    <div className="uxf-screen">
      <div className="uxf-screen__bar">
        <span className="uxf-screen__dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        {title}
      </div>
      <div className="uxf-screen__body">
        {elements.length === 0 &&
          (node.description ? (
            <p className="uxf-screen__text" title={node.description}>
              {node.description}
            </p>
          ) : (
            <div className="uxf-screen__blank" aria-hidden="true">
              <i />
              <i />
              <i />
            </div>
          ))}
        {elements.slice(0, shown).map((element) => (
          <div
            key={element.id}
            className="uxf-element"
            data-sketch={sketchOf(element)}
            title={`${element.kind}: ${element.label}`}
          >
            <span>{element.label}</span>
          </div>
        ))}
      </div>
      {(states.length > 0 || hidden > 0) && (
        <div className="uxf-screen__foot">
          {hidden > 0 && <span className="uxf-chip">+{hidden} more</span>}
          {states.map((state, index) => (
            <span
              key={`${state.kind}-${index}`}
              className="uxf-chip"
              data-state={state.kind}
              title={state.note}
            >
              {state.kind}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
