import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Set by the test runner where no Chromium can be had. */
const noBrowser = process.env['UXFLOW_NO_BROWSER'] === '1';

const config: ViteUserConfig = defineConfig({
  test: {
    name: 'sdk-browser',
    include: ['test/browser/*.test.ts'],
    testTimeout: 15_000,
    ...(!noBrowser && {
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
            args: [
              '--no-sandbox',
              '--disable-background-networking',
              '--disable-component-update',
              '--disable-sync',
              '--no-first-run',
            ],
          },
        }),
        instances: [{ browser: 'chromium' }],
      },
    }),
  },
});

export default config;
