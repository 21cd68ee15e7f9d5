import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/** Set by the test runner where no Chromium can be had. */
const noBrowser = process.env['UXFLOW_NO_BROWSER'] === '1';

export default noBrowser
  ? defineConfig({ test: { name: 'react', include: ['test/real-browser.test.tsx'] } })
  : defineConfig({
      plugins: [react()],
      // Found before the first test, or Vite would reload the page in the middle of one.
      optimizeDeps: {
        include: [
          'react',
          'react-dom',
          'react-dom/client',
          'react/jsx-dev-runtime',
          '@xyflow/react',
          'vitest-browser-react',
          'react-dom/server',
          'fast-check',
          '@uxflow/flow > @dagrejs/dagre',
        ],
      },
      test: {
        name: 'react',
        include: ['src/**/*.test.ts', 'test/**/*.test.tsx'],
        testTimeout: 8_000,
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          viewport: { width: 1200, height: 800 },
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
      },
    });
