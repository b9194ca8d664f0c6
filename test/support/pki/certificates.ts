import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority, type Identity } from '../../../main/crypto/pki/authority.ts';
import { makeKeyPair } from '../../../main/crypto/pki/key-pair.ts';
import { readNames } from '../../../main/crypto/pki/names.ts';
import { makeServerCertificate } from '../../../main/crypto/pki/server-certificate.ts';

const serial = (): Uint8Array => randomBytes(16);

export async function newAuthority(now = Date.now()): Promise<Identity> {
  return makeAuthority({ keys: await makeKeyPair(), now, serial: serial() });
}

export async function newServer(authority: Identity, names: readonly string[], days = 397, now = Date.now()): Promise<Identity> {
  const read = readNames(names);
  if (!read.ok) throw new Error(read.failure.code);
  return makeServerCertificate({ authority, keys: await makeKeyPair(), names: read.value, days, now, serial: serial() });
}

/** An authority and what it signs, made by the openssl program: nothing of ours in it. */
export interface OpensslPki {
  readonly folder: string;
  /** Signs a certificate; `subject` like `/CN=a.example`, `extensions` as lines of an openssl extension file. */
  sign(name: string, subject: string, extensions?: string, days?: number): Identity;
  readonly authority: Identity;
  file(name: string, text: string): string;
  end(): void;
}

export function opensslPki(): OpensslPki {
  const folder = mkdtempSync(join(tmpdir(), 'dialbench-pki-'));
  const openssl = (...args: string[]): void => { execFileSync('openssl', args, { cwd: folder, stdio: 'pipe', timeout: 30_000 }); };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', '/O=Example/CN=Example Phones CA');
  return {
    folder,
    authority: { chain: read('ca.pem'), privateKey: read('ca.key') },
    sign: (name, subject, extensions = '', days = 30) => {
      openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', subject);
      writeFileSync(join(folder, `${name}.ext`), extensions);
      openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`);
      return { chain: read(`${name}.pem`), privateKey: read(`${name}.key`) };
    },
    file: (name, text) => {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    },
    end: () => { rmSync(folder, { recursive: true, force: true }); },
  };
}
