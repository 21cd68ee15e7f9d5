import type { FlowDocument } from '../../src/document/types.ts';
import { parseDocument } from '../../src/schema/index.ts';
import { A, element, flow, through, type RuleCases } from './build.ts';

/** Rules about titles, labels, frames and personas. */
export const WORD_CASES: RuleCases = {
  'empty-title': {
    found: [
      ['a screen', flow(A, through('a > end'), { nodes: { a: { title: '  ' } } })],
      ['an end', flow(A, through('a > end'), { nodes: { end: { title: '' } } })],
    ],
    silent: [['an empty note', flow([...A, 'n note'], through('a > end'), { nodes: { n: { title: '' } } })]],
  },
  'gesture-without-alternative': {
    found: [['only swiping', flow(A, through('a > end : Swipe left'))]],
    silent: [['a button too', flow(A, through('a > end : Swipe left', 'a > end : Next'))]],
  },
  'puzzle-without-alternative': {
    found: [['a captcha', flow(['a screen Solve the captcha'], through('a > end'))]],
    silent: [
      [
        'another way out of it',
        flow(
          ['a screen Solve the captcha', 'b screen Code by e-mail'],
          through('a > end', 'a > b : Other way', 'b > end'),
        ),
      ],
      [
        'another way round it',
        flow(
          ['w screen Who are you', 'a screen Solve the captcha', 'b screen Code by e-mail'],
          ['start > w', 'w > a : Captcha', 'w > b : Code', 'a > end', 'b > end'],
        ),
      ],
      ['what a machine checks', flow(['a system Check captcha'], through('a > end'))],
    ],
  },
  'duplicate-title': {
    found: [['two screens', flow([...A, 'b screen pick a Date'], through('a > b', 'b > end'))]],
    silent: [
      ['a screen and an action', flow([...A, 'b action Pick a date'], through('a > b', 'b > end'))],
      ['two screens', flow([...A, 'b screen Pick a time'], through('a > b', 'b > end'))],
    ],
  },
  'placeholder-title': {
    found: [
      ['as the editor calls it', flow(['a screen New screen'], through('a > end'))],
      ['numbered', flow(['a screen Screen 2'], through('a > end'))],
      ['lorem ipsum', flow(['a action Lorem ipsum dolor'], through('a > end'))],
    ],
    silent: [
      [
        'real words',
        flow(
          ['a screen New screen for friends', 'b action Screen the applicants'],
          through('a > b', 'b > end'),
        ),
      ],
      ['a start called Start', flow(A, through('a > end'))],
    ],
  },
  'long-title': {
    found: [['a paragraph', flow([`a screen ${'Pick a date and '.repeat(8)}go on`], through('a > end'))]],
    silent: [['eighty characters', flow([`a screen ${'🚀'.repeat(80)}`], through('a > end'))]],
  },
  'vague-label': {
    found: [
      ['on an arrow', flow(A, through('a > end : Click here'))],
      [
        'on a button',
        flow(A, through('a > end'), { screens: { a: { elements: [element('x', 'Mehr', 'link')] } } }),
      ],
    ],
    silent: [
      [
        'a label with a target',
        flow(A, through('a > end : More dates'), {
          screens: { a: { elements: [element('x', 'OK'), element('y', 'Here we go')] } },
        }),
      ],
    ],
  },
  'inconsistent-wording': {
    found: [
      [
        'three spellings',
        flow([...A, 'b screen B'], through('a > b : Sign In', 'b > end : Sign in', 'b > a : Sign in')),
      ],
    ],
    silent: [
      [
        'one spelling',
        flow([...A, 'b screen B'], through('a > b : Next', 'b > end : Next', 'b > a : Back / back')),
      ],
    ],
  },
  'subflow-without-flow': {
    found: [['a bare sub-flow', flow(['a subflow Checkout'], through('a > end'))]],
    silent: [
      [
        'a linked one',
        flow(['a subflow Checkout'], through('a > end'), { nodes: { a: { subflowId: 'flw_1' } } }),
      ],
      [
        'a described one',
        flow(['a subflow Checkout'], through('a > end'), {
          nodes: { a: { description: 'Address, payment, confirmation' } },
        }),
      ],
    ],
  },
  'empty-frame': {
    found: [
      ['nothing in it', framed({ f: undefined }, undefined)],
      ['only empty frames in it', framed({ f: undefined, g: 'f' }, undefined)],
    ],
    silent: [
      ['a step in it', framed({ f: undefined }, 'f')],
      ['a frame with a step in it', framed({ f: undefined, g: 'f' }, 'g')],
    ],
  },
  'unused-persona': {
    found: [['one of two', peopled(['p', 'q'], ['p'])]],
    silent: [
      ['both', peopled(['p', 'q'], ['p', 'q'])],
      ['for the whole flow', peopled(['p', 'q'], [])],
    ],
  },
};

function framed(frames: Record<string, string | undefined>, frameId: string | undefined): FlowDocument {
  const document = flow(A, through('a > end'));
  for (const [id, parentId] of Object.entries(frames)) {
    const size = { width: 100, height: 100 };
    document.frames[id] = { id, title: id, position: { x: 0, y: 0 }, size, ...(parentId && { parentId }) };
  }
  if (frameId) Object.assign(document.nodes['a'] ?? {}, { frameId });
  return parseDocument(document);
}

function peopled(personas: string[], personaIds: string[]): FlowDocument {
  const document = flow(A, through('a > end'));
  for (const id of personas) document.personas[id] = { id, name: id };
  if (personaIds.length > 0) Object.assign(document.nodes['a'] ?? {}, { personaIds });
  return parseDocument(document);
}
