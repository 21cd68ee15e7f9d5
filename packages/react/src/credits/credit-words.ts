import type { Credits } from '@uxflow/sdk/credits';
import { formatCredits } from '../chrome/credits.ts';

/** From this share of a budget on that is left, it is said to run low. */
const LOW_SHARE = 0.2;

/** What a meter shows of credits, in words. */
export interface CreditWords {
  /** What runs may still use, micro-credits. */
  available: number;
  /** `low` and `empty` are shown, not only coloured. */
  level: 'fine' | 'low' | 'empty';
  main: string;
  /** What else there is to say; empty when nothing. */
  note: string;
  /** How much of a budget is left, 0 to 1; null when there is no limit to compare with. */
  share: number | null;
}

/**
 * @param lowAt micro-credits at which a workspace's balance is low; budgets are low at a fifth
 * @returns null when there is nothing to show: an end user without a budget
 */
export function creditWords(credits: Credits, lowAt = 0): CreditWords | null {
  if ('available' in credits) {
    const { available, held, debt } = credits;
    const level = available <= 0 ? 'empty' : available <= lowAt ? 'low' : 'fine';
    const note = [
      ...(held > 0 ? [`${formatCredits(held)} in use`] : []),
      ...(debt > 0 ? [`${formatCredits(debt)} owed`] : []),
    ].join(', ');
    return { available, level, main: `${amount(available)} left`, note, share: null };
  }
  const { budget } = credits;
  if (!budget) return null;
  const { remaining, limit, held, per, resetsAt } = budget;
  const share = limit > 0 ? remaining / limit : 0;
  const level = remaining <= 0 ? 'empty' : share <= LOW_SHARE ? 'low' : 'fine';
  const again = `new credits ${new Date(resetsAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}`;
  return {
    available: remaining,
    level,
    main: `${formatCredits(remaining)} of ${amount(limit)} left ${per === 'day' ? 'today' : 'this month'}`,
    note: [...(held > 0 ? [`${formatCredits(held)} in use`] : []), ...(level === 'fine' ? [] : [again])].join(
      ', ',
    ),
    share,
  };
}

function amount(micro: number): string {
  return `${formatCredits(micro)} ${micro === 1_000_000 ? 'credit' : 'credits'}`;
}
