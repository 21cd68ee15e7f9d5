import { A, element, flow, through, type RuleCases } from './build.ts';

/** Rules about what is on a screen. */
export const SCREEN_CASES: RuleCases = {
  'ambiguous-elements': {
    found: [
      [
        'two times “Go on”',
        flow([...A, 'b screen B'], through('a > b', 'a > end', 'b > end'), {
          screens: { a: { elements: [element('x', 'Go on'), element('y', 'go on ')] } },
          from: { e2: 'x', e3: 'y' },
        }),
      ],
    ],
    silent: [
      [
        'two buttons for the same',
        flow(A, through('a > end', 'a > end'), {
          screens: { a: { elements: [element('x', 'Go on'), element('y', 'Go on')] } },
          from: { e2: 'x', e3: 'y' },
        }),
      ],
      [
        'different labels',
        flow([...A, 'b screen B'], through('a > b', 'a > end', 'b > end'), {
          screens: { a: { elements: [element('x', 'Go on'), element('y', 'Leave')] } },
          from: { e2: 'x', e3: 'y' },
        }),
      ],
    ],
  },
  'unlabelled-element': {
    found: [
      [
        'a button and a field',
        flow(A, through('a > end'), {
          screens: { a: { elements: [element('x', ' ', 'iconButton'), element('y', '', 'text-field')] } },
        }),
      ],
    ],
    silent: [
      [
        'a picture, a line and a named button',
        flow(A, through('a > end'), {
          screens: {
            a: { elements: [element('x', '', 'image'), element('y', '', 'divider'), element('z', 'Go')] },
          },
        }),
      ],
    ],
  },
  'auto-from-element': {
    found: [
      [
        'a button that works by itself',
        flow(A, through('a > end / auto'), {
          screens: { a: { elements: [element('x', 'Go')] } },
          from: { e2: 'x' },
        }),
      ],
    ],
    silent: [
      [
        'a button that is clicked',
        flow(A, through('a > end'), {
          screens: { a: { elements: [element('x', 'Go')] } },
          from: { e2: 'x' },
        }),
      ],
    ],
  },
  'loading-without-error': {
    found: [
      [
        'a spinner for ever',
        flow(A, through('a > end'), { screens: { a: { states: ['default', 'loading'] } } }),
      ],
    ],
    silent: [
      ['an error state', flow(A, through('a > end'), { screens: { a: { states: ['loading', 'error'] } } })],
      [
        'a way out of the error',
        flow([...A, 'b screen Try again'], through('a > end', 'a > b / error', 'b > a'), {
          screens: { a: { states: ['loading'] } },
        }),
      ],
    ],
  },
  'list-without-empty-state': {
    found: [
      [
        'results',
        flow(A, through('a > end'), {
          screens: { a: { elements: [element('x', 'Dates', 'ResultsList')], states: ['default'] } },
        }),
      ],
    ],
    silent: [
      [
        'a designed empty list',
        flow(A, through('a > end'), {
          screens: { a: { elements: [element('x', 'Dates', 'list')], states: ['default', 'empty'] } },
        }),
      ],
      [
        'no state designed yet',
        flow(A, through('a > end'), { screens: { a: { elements: [element('x', 'Dates', 'list')] } } }),
      ],
      [
        'no list',
        flow(A, through('a > end'), {
          screens: { a: { elements: [element('x', 'Listen')], states: ['default'] } },
        }),
      ],
    ],
  },
  'redundant-entry': {
    found: [
      [
        'the address again',
        flow([...A, 'b screen B'], through('a > b', 'b > end'), {
          screens: {
            a: { elements: [element('x', 'Address', 'input')] },
            b: { elements: [element('y', 'address', 'text field')] },
          },
        }),
      ],
      [
        'over a step in between',
        flow([...A, 's system Save', 'b screen B'], through('a > s', 's > b', 'b > end'), {
          screens: {
            a: { elements: [element('x', 'Address', 'input')] },
            b: { elements: [element('y', 'Address', 'input')] },
          },
        }),
      ],
    ],
    silent: [
      [
        'a password again',
        flow([...A, 'b screen B'], through('a > b', 'b > end'), {
          screens: {
            a: { elements: [element('x', 'Password', 'input')] },
            b: { elements: [element('y', 'Password', 'input')] },
          },
        }),
      ],
      [
        'after an error',
        flow([...A, 'b screen B'], through('a > end', 'a > b / error', 'b > a / back'), {
          screens: {
            a: { elements: [element('x', 'Address', 'input')] },
            b: { elements: [element('y', 'Address', 'input')] },
          },
        }),
      ],
      [
        'two ways in',
        flow([...A, 'b screen B'], through('start > b', 'a > end', 'b > end'), {
          screens: {
            a: { elements: [element('x', 'E-mail', 'input')] },
            b: { elements: [element('y', 'E-mail', 'input')] },
          },
        }),
      ],
      [
        'the same button',
        flow([...A, 'b screen B'], through('a > b', 'b > end'), {
          screens: { a: { elements: [element('x', 'Next')] }, b: { elements: [element('y', 'Next')] } },
        }),
      ],
    ],
  },
  'unlinked-element': {
    found: [
      [
        'one button forgotten',
        flow(A, through('a > end'), {
          screens: { a: { elements: [element('x', 'Go'), element('y', 'Leave')] } },
          from: { e2: 'x' },
        }),
      ],
    ],
    silent: [
      [
        'nothing linked yet',
        flow(A, through('a > end'), {
          screens: { a: { elements: [element('x', 'Go'), element('y', 'Leave')] } },
        }),
      ],
      [
        'fields and texts',
        flow(A, through('a > end'), {
          screens: {
            a: {
              elements: [element('x', 'Go'), element('y', 'Name', 'input'), element('z', 'Hello', 'text')],
            },
          },
          from: { e2: 'x' },
        }),
      ],
    ],
  },
  'image-without-text': {
    found: [
      [
        'only a picture',
        flow(A, through('a > end'), { screens: { a: { imageUrl: 'https://example.com/a.png' } } }),
      ],
    ],
    silent: [
      [
        'described',
        flow(A, through('a > end'), {
          screens: { a: { imageUrl: 'https://example.com/a.png' } },
          nodes: { a: { description: 'A calendar' } },
        }),
      ],
      [
        'with its elements',
        flow(A, through('a > end'), {
          screens: { a: { imageUrl: 'https://example.com/a.png', elements: [element('x', 'Go')] } },
        }),
      ],
    ],
  },
  'insecure-image': {
    found: [
      [
        'http',
        flow(A, through('a > end'), {
          screens: { a: { imageUrl: 'http://example.com/a.png', elements: [element('x', 'Go')] } },
        }),
      ],
    ],
    silent: [
      [
        'https',
        flow(A, through('a > end'), {
          screens: { a: { imageUrl: 'https://example.com/a.png', elements: [element('x', 'Go')] } },
        }),
      ],
      [
        'my own machine',
        flow(A, through('a > end'), {
          screens: { a: { imageUrl: 'http://localhost:3000/a.png', elements: [element('x', 'Go')] } },
        }),
      ],
    ],
  },
};
