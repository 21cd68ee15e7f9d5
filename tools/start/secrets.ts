import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of one local installation: made at its first start and kept beside its data. */
export interface LocalSecrets {
  tokenSecret: string;
  keyPepper: string;
  operatorToken: string;
}

export function localSecrets(stateDir: string): LocalSecrets {
  const file = join(stateDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as LocalSecrets;
  const secret = () => randomBytes(32).toString('base64url');
  const secrets = { tokenSecret: secret(), keyPepper: secret(), operatorToken: `uxf_op_${secret()}` };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
