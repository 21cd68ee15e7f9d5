type ApiEnv = import('../src/platform/env.ts').Env;

declare namespace Cloudflare {
  interface Env extends ApiEnv {
    TEST_MIGRATIONS: import('cloudflare:test').D1Migration[];
  }
}
