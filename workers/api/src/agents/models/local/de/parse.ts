export { parseEnglish as parseGerman } from '../en/parse.ts';
