export { toPlaywright } from './to-playwright.ts';
