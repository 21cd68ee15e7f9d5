type ApiEnv = import('../src/platform/env.ts').Env;

declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import('../src/index.ts');
  }
  interface Env extends ApiEnv {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[];
  }
}
