import { test } from 'vitest';

// Stands for the whole project where there is no Chromium, so that the tests that did not run are counted as skipped.
test.skip('browser tests of @uxflow/react: no Chromium on this machine', () => undefined);
