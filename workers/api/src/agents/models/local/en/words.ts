import { phrases, wordSet } from '../text/tokens.ts';

/** English words that carry structure. Nothing here names a product or its trade. */

export const DETERMINERS =
  wordSet(`the a an this that these those our their his her its my your every each all some any no both either
  neither another such what which whose more`);
export const PRONOUNS = wordSet(
  'he she it they we you i one somebody someone nobody anybody anyone everybody everyone this that these those who none which what',
);
export const OBJECT_PRONOUNS = wordSet('it them him her us me they this that these those one ones');
export const PREPOSITIONS =
  wordSet(`of in on at by for from to with without into onto over under above below via per through during within
  between against about after before behind until till as like except despite around across towards toward inside outside among beyond upon out off up down`);
export const BE = wordSet('is are was were be been being am');
export const HAVE = wordSet('has have had having');
export const DO = wordSet('does do did');
export const MODALS: ReadonlyMap<string, 'can' | 'may' | 'must' | 'will'> = new Map([
  ['can', 'can'],
  ['could', 'can'],
  ['may', 'may'],
  ['might', 'may'],
  ['must', 'must'],
  ['should', 'must'],
  ['shall', 'must'],
  ['will', 'will'],
  ['would', 'will'],
]);
export const NEGATIONS = wordSet('not never no none nobody nothing neither without');
export const ADVERBS =
  wordSet(`then next too now also again already still just only first finally afterwards afterward later immediately instantly
  automatically directly straight instead too even simply either yet ever once twice meanwhile simultaneously subsequently
  lastly thereafter additionally optionally usually normally always eventually successfully shortly soon thus therefore hence
  otherwise else however additionally furthermore moreover initially manually actually currently previously briefly please secondly
  thirdly firstly quickly accordingly likewise nevertheless basically sometimes often there here merely personally`);
/** Phrases at the head of a clause that only order or colour it. */
export const LEADS =
  phrases(`in the end|at the end|at last|at first|first of all|after that|after this|after which|from there|from here|in the meantime|for now|as a next step|
  in addition|as well|of course|by the way|and so|to begin with|to start with|at this point|
  by now|at the beginning|once again|in turn|on top of that|as a result|for this|to do so|to do this|for that|next up|then again|at that point|when done|once done|that done|in this step|after all that`);
export const PARALLEL = phrases(
  'at the same time|in parallel|simultaneously|concurrently|in the same moment|at the same moment',
);
export const AGAIN = phrases(
  'again|once more|one more time|anew|a second time|another time|afresh|over again',
);
export const DIRECT = phrases('straight|directly|immediately|at once|right away|straight away|instantly');
export const ELSE =
  phrases(`otherwise|or else|else|if not|if no|when not|everybody else|everyone else|all others|the others|anyone else|others|the rest|
  in all other cases|in any other case|in every other case|in other cases|failing that|in the other case`);
export const IF =
  phrases(`if|in case|in the event that|in the event|should|provided|provided that|in the case of|providing|assuming|assuming that|only if|in cases where|given that|supposing|
  in case of|in the event of`);
export const WHEN = phrases(
  'when|whenever|once|as soon as|after|before|now that|the moment|by the time|every time|each time|since',
);
export const UNTIL = phrases('until|till');
export const WHETHER = phrases('whether|whether or not');
export const REASON = phrases(
  'no matter how|no matter what|no matter whether|no matter who|because|so that|so as to|in order to|in order that|although|though|even though|since|whereas|which means|which means that|that way|this way|to make sure',
);
export const MEANWHILE = phrases('while|as long as|for as long as');
export const UNLESS = phrases('unless|except if|except when|except where');
export const LATTER = phrases('in the latter case|in the last case|in the second case');
export const ANYWAY = phrases(
  'in both cases|in either case|in any case|in all cases|in every case|either way|any way|whatever the outcome|whatever the result|regardless',
);
export const OPTIONAL = phrases(
  'optionally|opt|if wanted|if desired|if needed|if required|if necessary|if applicable|if they want|if they like|if they wish|if he wants|if she wants|if you want|if you like|if she wants to|if he wants to|if they want to|if you want to|if they wish to|if she likes|if he likes|if she wishes|if he wishes|if wished|if preferred|where applicable|when needed|as an option|as needed|if so desired|at will',
);
export const IN_CASE = phrases(
  'in that case|in this case|in which case|when that happens|if that happens|if this happens|then and there',
);
