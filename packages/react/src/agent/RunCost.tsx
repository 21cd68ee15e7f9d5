import type { Run } from '@uxflow/sdk';
import type { ReactElement } from 'react';
import { formatCredits } from '../chrome/credits.ts';
import { Icon } from '../icons.tsx';

const count = new Intl.NumberFormat('en');

/**
 * What a run may cost while it works, and to the item what it did cost.
 * @param running what it would cost if it ended now, in micro-credits; null when it has ended
 */
export function RunCost({ run, running }: { run: Run; running: number | null }): ReactElement {
  if (running !== null) {
    return (
      <span className="uxf-cost" data-testid="run-cost" data-cost={running}>
        {running > 0 ? `${formatCredits(running)} of ` : ''}up to {formatCredits(run.quote)} credits
      </span>
    );
  }
  const total = `${formatCredits(run.cost)} ${run.cost === 1_000_000 ? 'credit' : 'credits'}`;
  if (run.items.length === 0) {
    return (
      <span className="uxf-cost" data-testid="run-cost" data-cost={run.cost}>
        {run.cost === 0 ? 'Nothing charged' : total}
      </span>
    );
  }
  return (
    <details className="uxf-cost" data-testid="run-cost" data-cost={run.cost}>
      <summary>
        {total} · {run.items.length} {run.items.length === 1 ? 'item' : 'items'}{' '}
        <Icon name="chevron" size={12} />
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Tokens</th>
            <th scope="col">Credits</th>
          </tr>
        </thead>
        <tbody>
          {run.items.map((item, index) => (
            <tr key={index}>
              <td title={item.model}>{item.model}</td>
              <td>
                {count.format(item.inputTokens)} in, {count.format(item.outputTokens)} out
              </td>
              <td>{formatCredits(item.cost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
