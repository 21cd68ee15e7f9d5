import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of one local installation: made at its first start and kept beside its data. */
export interface LocalSecrets {
  tokenSecret: string;
  keyPepper: string;
  encryptionKey: string;
  operatorToken: string;
  stripeWebhookSecret: string;
}

export function localSecrets(stateDir: string): LocalSecrets {
  const file = join(stateDir, 'secrets.json');
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<LocalSecrets>) : {};
  const secret = () => randomBytes(32).toString('base64url');
  // An installation that is older than one of them gets that one now.
  const secrets: LocalSecrets = {
    tokenSecret: secret(),
    keyPepper: secret(),
    encryptionKey: secret(),
    operatorToken: `uxf_op_${secret()}`,
    stripeWebhookSecret: `whsec_${secret()}`,
    ...kept,
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
