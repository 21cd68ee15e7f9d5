import { A, element, flow, through, type RuleCases } from './build.ts';

/** Rules about where a flow leads. */
export const PATH_CASES: RuleCases = {
  'inescapable-loop': {
    found: [
      [
        'two screens in a circle',
        flow([...A, 'b screen B', 'c screen C'], through('a > b', 'b > c', 'c > b', 'a > end : x')),
      ],
    ],
    silent: [
      ['a circle with a way out', flow([...A, 'b screen B'], through('a > b', 'b > a / back', 'b > end'))],
      [
        'a dead end, which is its own matter',
        flow([...A, 'b screen B'], through('a > b : x', 'a > end : y')),
      ],
      [
        'a circle nobody reaches',
        flow([...A, 'b screen B', 'c screen C'], through('a > end', 'b > c', 'c > b')),
      ],
    ],
  },
  'edge-into-start': {
    found: [
      [
        'a way back to the start',
        flow([...A, 'b screen B'], through('a > b', 'b > end', 'b > start / back')),
      ],
    ],
    silent: [
      [
        'a way back to the first step',
        flow([...A, 'b screen B'], through('a > b', 'b > end', 'b > a / back')),
      ],
    ],
  },
  'edge-out-of-end': {
    found: [['a step behind the end', flow([...A, 'b screen B'], through('a > end', 'end > b', 'b > end'))]],
    silent: [['an end', flow(A, through('a > end'))]],
  },
  'repeated-branch-label': {
    found: [
      [
        'yes twice',
        flow(
          ['a decision Sure?', 'b screen B', 'c screen C'],
          through('a > b : Yes', 'a > c : yes', 'b > end', 'c > end'),
        ),
      ],
    ],
    silent: [
      [
        'different answers',
        flow(['a decision Sure?', 'b screen B'], through('a > b : Yes', 'a > end : No', 'b > end')),
      ],
      [
        'the same label for another cause',
        flow(
          ['a decision Sure?', 'b screen B'],
          through('a > b : Later', 'a > end : Later / timeout', 'b > end'),
        ),
      ],
    ],
  },
  'destructive-without-confirmation': {
    found: [
      [
        'a click that deletes',
        flow(['a screen Settings', 'b system Delete account'], through('a > b', 'b > end')),
      ],
      [
        'said on the arrow, in German',
        flow(
          ['a screen Einstellungen', 'b system Vertrag beenden'],
          through('a > b : Abo kündigen', 'b > end'),
        ),
      ],
      [
        'an action that just does it',
        flow(['a screen Files', 'b action Delete file'], through('a > b', 'b > end')),
      ],
    ],
    silent: [
      [
        'a question in between',
        flow(
          ['a screen Settings', 'q decision Really?', 'b system Delete account'],
          through('a > q : Delete', 'q > b : Yes', 'q > a : No', 'b > end'),
        ),
      ],
      [
        'a screen that asks',
        flow(
          ['a screen Delete account', 'b system Delete account'],
          through('a > b', 'a > end : Keep it', 'b > end'),
        ),
      ],
      [
        'an action whose question follows',
        flow(
          ['a screen Files', 'b action Delete file', 'c screen Confirm deletion'],
          through('a > b', 'b > c', 'c > end'),
        ),
      ],
      [
        'what can be taken back',
        flow(['a screen Files', 'b action Delete file', 'u action Undo'], through('a > b', 'b > u', 'u > a')),
      ],
      [
        'what a machine does',
        flow(
          ['a screen Report', 'b system Prepare', 'c system Delete old files'],
          through('a > b', 'b > c', 'c > end'),
        ),
      ],
      [
        'taking a thing out of a list',
        flow(['a screen Cart', 'b action Remove item'], through('a > b', 'b > a', 'a > end : Done')),
      ],
    ],
  },
  'error-ends-flow': {
    found: [
      ['thrown out', flow(A, through('a > end', 'a > end / error'), { nodes: { end: { title: 'End' } } })],
    ],
    silent: [
      ['an end that says why', flow([...A, 'x end Booking failed'], through('a > end', 'a > x / error'))],
      [
        'a screen that says why',
        flow([...A, 'b screen Not available'], through('a > end', 'a > b / error', 'b > a')),
      ],
      [
        'an error designed on the screen itself',
        flow(A, through('a > end', 'a > end : Give up / error'), {
          nodes: { end: { title: 'End' } },
          screens: { a: { states: ['error'] } },
        }),
      ],
    ],
  },
  'submit-without-confirmation': {
    found: [['sent, and gone', flow(A, through('a > end / submit'), { nodes: { end: { title: 'End' } } })]],
    silent: [
      ['an end that says so', flow([...A, 'x end Request sent'], through('a > x / submit'))],
      [
        'a success on the screen itself',
        flow(A, through('a > end / submit'), {
          nodes: { end: { title: 'End' } },
          screens: { a: { states: ['success', 'error'] } },
        }),
      ],
      [
        'a confirmation page',
        flow([...A, 'b screen Thank you'], through('a > b / submit', 'b > end'), {
          nodes: { end: { title: 'End' } },
        }),
      ],
    ],
  },
  'order-without-review': {
    found: [
      ['order at once', flow(['a screen Product', 'b action Place order'], through('a > b', 'b > end'))],
    ],
    silent: [
      [
        'an overview before',
        flow(['a screen Order summary', 'b action Place order'], through('a > b', 'b > end')),
      ],
      ['a basket', flow(['a screen Warenkorb', 'b action Jetzt kaufen'], through('a > b', 'b > end'))],
      ['paying a fee', flow(['a action Pay fee'], through('a > end'))],
      ['what is over', flow(['a screen Thank you, order now complete'], through('a > end'))],
    ],
  },
  'timeout-without-recovery': {
    found: [
      ['over at once', flow(A, through('a > end', 'a > end / timeout'))],
      [
        'a message, and over',
        flow([...A, 'b screen Session expired'], through('a > end', 'a > b / timeout', 'b > end')),
      ],
    ],
    silent: [
      [
        'a way back',
        flow([...A, 'b screen Session expired'], through('a > end', 'a > b / timeout', 'b > a')),
      ],
      [
        'the time limit of a machine',
        flow(['a system Ask the bank'], through('a > end / success', 'a > end / timeout')),
      ],
    ],
  },
  'screen-leaves-by-itself': {
    found: [['a page that goes away', flow([...A, 'b screen B'], through('a > b / auto', 'b > end'))]],
    silent: [
      [
        'a page that waits for the machine',
        flow(['a screen Loading …', 'b screen B'], through('a > b / auto', 'b > end')),
      ],
      [
        'a page with a loading state',
        flow([...A, 'b screen B'], through('a > b / auto', 'b > end'), {
          screens: { a: { states: ['loading', 'error'] } },
        }),
      ],
      [
        'a page one can leave',
        flow([...A, 'b screen B'], through('a > b / auto', 'a > b : Skip', 'b > end')),
      ],
      ['the last page', flow(A, through('a > end / auto'))],
      ['a machine', flow(['a system Ask the bank', 'b screen B'], through('a > b / auto', 'b > end'))],
    ],
  },
  'ambiguous-exits': {
    found: [['two silent ways', flow([...A, 'b screen B'], through('a > b', 'a > end', 'b > end'))]],
    silent: [
      ['named ways', flow([...A, 'b screen B'], through('a > b : Details', 'a > end', 'b > end'))],
      [
        'different causes',
        flow(['a system Send', 'b screen Sorry'], through('a > end / success', 'a > b / error', 'b > a')),
      ],
      [
        'different elements',
        flow([...A, 'b screen B'], through('a > b', 'a > end', 'b > end'), {
          screens: { a: { elements: [element('x', 'Go'), element('y', 'Leave')] } },
          from: { e2: 'x', e3: 'y' },
        }),
      ],
      ['several ways in', flow([...A, 'b screen B'], through('start > b', 'a > end', 'b > end'))],
    ],
  },
  'redundant-decision': {
    found: [['all the same', flow(['a decision Sure?'], through('a > end : Yes', 'a > end : No'))]],
    silent: [
      [
        'a difference',
        flow(['a decision Sure?', 'b screen B'], through('a > end : Yes', 'a > b : No', 'b > a')),
      ],
    ],
  },
};
