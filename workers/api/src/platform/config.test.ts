import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { config } from './config.ts';

const secret = 'a-secret-of-more-than-32-characters-1';

it('variables are parsed: lists, flags and numbers', () => {
  const parsed = config({
    ...env,
    TOKEN_SECRETS: `${secret}, ${secret}2 ,`,
    LOCAL_DEMO: '1',
    LOCAL_MODEL_PACE_MS: '40',
    AGENT_IDLE_MS: '2000',
  });
  expect(parsed).toMatchObject({
    TOKEN_SECRETS: [secret, `${secret}2`],
    LOCAL_DEMO: true,
    LOCAL_MODEL_PACE_MS: 40,
    AGENT_IDLE_MS: 2_000,
    BUILD: 'dev',
  });
  expect(parsed.GOOGLE_API_KEY).toBeUndefined();
});

it('what is missing or wrong is named in one line, without its value', () => {
  const broken = { ...env, TOKEN_SECRETS: '', KEY_PEPPER: 'too-short', GOOGLE_BASE_URL: 'nowhere' };
  expect(() => config(broken)).toThrow(
    /^Configuration: .*TOKEN_SECRETS is not set; KEY_PEPPER: needs at least 32 characters; GOOGLE_BASE_URL: .*$/,
  );
  expect(() => config(broken)).not.toThrow(/too-short|nowhere/);
});

it('an empty variable counts as not set', () => {
  expect(config({ ...env, GOOGLE_API_KEY: '' }).GOOGLE_API_KEY).toBeUndefined();
});

it('no committed configuration lets demo keys in', () => {
  expect(config(env).LOCAL_DEMO).toBe(false);
});
