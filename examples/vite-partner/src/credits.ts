import { watchCredits } from './api.ts';

/** One connection for the whole page: the header and the billing page show the same balance. */
export const credits = watchCredits();
