export { splitEnglish as splitGerman } from '../en/split.ts';
