import { ENGLISH } from '../en/lexicon.ts';
export const GERMAN = ENGLISH;
