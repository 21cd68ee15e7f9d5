export { creditsEventStream, watchCreditsAt } from './relay.ts';
export { watchCredits } from './watch.ts';
export type { Credits, CreditsSnapshot, CreditsWatch, CreditsWatchOptions } from './watch.ts';
