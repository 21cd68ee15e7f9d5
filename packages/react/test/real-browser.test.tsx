import { expect, test } from 'vitest';

// Where there is no Chromium, this one stands for the whole project, so that what did not run is counted as skipped.
test.skipIf(typeof document === 'undefined')('the tests of this package run in a real browser', () => {
  expect(navigator.userAgent).toContain('Chrome/');
});
