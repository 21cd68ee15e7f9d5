import type { Token } from './tokens.ts';
import { wordSet } from './tokens.ts';

export type Language = 'en' | 'de';

const ENGLISH =
  wordSet(`the a an is are of to and or if when they their we our user she he it with for then not otherwise
  from on in by after be can has goes back again enters clicks opens this that as`);
const GERMAN =
  wordSet(`der die das den dem ein eine einen einer eines und oder wenn falls ist sind wird werden sonst nicht
  sie er es wir mit zu zum zur von vom im auf nach dann kann kein keine als ihm ihr ihre bei sich öffnet klickt gibt zurück
  danach aus für wählt`);

/** By its function words; English when there are none. */
export function detectLanguage(tokens: readonly Token[]): Language {
  let balance = 0;
  for (const { low, kind } of tokens) {
    if (kind !== 'word') continue;
    if (ENGLISH.has(low)) balance--;
    if (GERMAN.has(low)) balance++;
    if (/[äöüß]/.test(low)) balance++;
  }
  return balance > 0 ? 'de' : 'en';
}
