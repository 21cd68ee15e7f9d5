import { MICRO_CREDITS } from '@uxflow/sdk';

const coarse = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 2, maximumFractionDigits: 6 });

/** Micro-credits as credits for people: `1.24`; small amounts keep two digits that say something. */
export function formatCredits(micro: number): string {
  const credits = micro / MICRO_CREDITS;
  return (credits !== 0 && Math.abs(credits) < 0.1 ? fine : coarse).format(credits);
}
