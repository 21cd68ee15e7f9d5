export { toGherkin } from './to-gherkin.ts';
