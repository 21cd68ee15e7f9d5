import { emptyDocument } from '@uxflow/flow';
import { describe, expect, it } from 'vitest';
import { edit, signIn, titles, ways } from './edit/edit.fixture.ts';

const CHART = `flowchart TD
  s([Start]) --> mail[Enter e-mail]
  mail --> ok{Known?}
  ok -->|yes| home[Home page]
  ok -->|no| mail
  home --> e([End])`;

describe('a Mermaid chart in the prompt', () => {
  it('is drawn as it is, and the words around it are reported as unused', async () => {
    const { document, unused, outcome } = await edit(
      `Please draw this:\n\`\`\`mermaid\n${CHART}\n\`\`\`\nThanks`,
      emptyDocument('New'),
    );
    expect(outcome.status).toBe('succeeded');
    expect(ways(document)).toEqual([
      'Enter e-mail > Known?',
      'Home page > End',
      'Known? > Enter e-mail (no)',
      'Known? > Home page (yes)',
      'Start > Enter e-mail',
    ]);
    expect(unused).toEqual(['Please draw this:', 'Thanks']);
  });

  it('needs no fence, and gets the start and the end that it lacks', async () => {
    const { document } = await edit('graph LR\n a[Pay] --> b[Ship]\n c[Refund]', emptyDocument('New'));
    expect(ways(document)).toEqual([
      'Pay > Ship',
      'Refund > End',
      'Ship > End',
      'Start > Pay',
      'Start > Refund',
    ]);
  });

  it('keeps its subgraphs as frames', async () => {
    const { document } = await edit(
      'flowchart LR\nsubgraph Checkout\n a[Pay] --> b[Ship]\nend',
      emptyDocument('New'),
    );
    expect(Object.values(document.frames).map(({ title }) => title)).toEqual(['Checkout']);
    const [frame] = Object.keys(document.frames);
    expect(Object.values(document.nodes).filter(({ frameId }) => frameId === frame)).toHaveLength(2);
  });

  it('joins a flow that is there as a part of its own', async () => {
    const before = signIn();
    const { document } = await edit('```mermaid\ngraph TD\n a[Pay] --> b[Ship]\n```', before);
    expect(titles(document)).toEqual([...titles(before), 'Pay', 'Ship']);
    expect(ways(document)).toContain('Pay > Ship');
  });

  it('that cannot be read changes nothing and names the line', async () => {
    const { document, reply } = await edit('```mermaid\ngraph TD\n a[Pay --> b\n```', emptyDocument('New'));
    expect(Object.keys(document.nodes)).toEqual([]);
    expect(reply).toMatch(/line 2/);
  });
});
