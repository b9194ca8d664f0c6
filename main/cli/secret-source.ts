import type { BoxSource } from '../crypto/workspace-key.ts';

const VARIABLE = 'DIALBENCH_WORKSPACE_PASSPHRASE';

/**
 * What seals the workspace's secrets: the passphrase of the environment where one is set, else a key file in the workspace.
 * The variable is taken out of the environment, so that no program that the bench starts inherits it.
 */
export function secretSource(): BoxSource {
  const passphrase = process.env[VARIABLE];
  delete process.env[VARIABLE];
  return passphrase === undefined || passphrase === '' ? { kind: 'key-file' } : { kind: 'passphrase', passphrase };
}
