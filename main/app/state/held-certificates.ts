import { createPrivateKey, createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { done, failed, type Failure, type Result } from '../../../common/values/failure.ts';
import type { CertificateFacts } from '../../../common/values/certificate.ts';
import { makeAuthority, type Identity } from '../../crypto/pki/authority.ts';
import type { Cabinet, Drawer } from '../../crypto/pki/cabinet.ts';
import { certificateFacts } from '../../crypto/pki/facts.ts';
import { makeKeyPair, type KeyPairPem } from '../../crypto/pki/key-pair.ts';
import type { CertificateNames } from '../../crypto/pki/names.ts';
import { makeRequest } from '../../crypto/pki/request.ts';
import { hostsOf, rootOf } from '../../crypto/pki/chain.ts';
import { readCertificates } from '../../crypto/pki/pem.ts';
import { makeServerCertificate } from '../../crypto/pki/server-certificate.ts';

/** A certificate with its key, opened, and what is shown of it. */
export interface HeldIdentity extends Identity {
  readonly facts: CertificateFacts;
  /** Names and addresses that it is for; read once, DNS asks for every packet. */
  readonly hosts: readonly string[];
  /** The last certificate of its chain, null where the chain does not reach one. */
  readonly root: { readonly pem: string; readonly fingerprint: string } | null;
}

/** The certificates of a workspace in memory, and how new ones come to be. */
export interface HeldCertificates {
  authority(): HeldIdentity | null;
  server(): HeldIdentity | null;
  customer(): HeldIdentity | null;
  /** PEM of the key that waits for an answer to the bench's request. */
  waitingKey(): string | null;
  /** A drawer that cannot be opened: HTTPS does not start, and nothing is put in its place. */
  trouble(): Failure | null;
  /** Makes the bench's own authority when it lacks or has ended. */
  ensureAuthority(): Promise<Result<HeldIdentity>>;
  makeServer(names: CertificateNames, days: number): Promise<Result<HeldIdentity>>;
  /** PKCS#10 with the key that already waits, so that an answer to an earlier request still fits. */
  request(names: CertificateNames): Promise<Result<string>>;
  /** Takes a foreign chain; the request that it may answer is done. */
  keepCustomer(identity: Identity): Promise<Result<HeldIdentity>>;
}

export async function openCertificates(cabinet: Cabinet, now: () => number): Promise<HeldCertificates> {
  const held = new Map<Drawer, HeldIdentity>();
  let trouble: Failure | null = null;
  let waiting: Identity | null = null;
  for (const drawer of ['authority', 'server', 'customer', 'request'] as const) {
    const kept = await cabinet.get(drawer).catch((error: unknown) => diskFailure(error));
    if (!kept.ok) trouble ??= kept.failure;
    else if (kept.value && drawer === 'request') waiting = kept.value;
    else if (kept.value) {
      const read = withFacts(kept.value);
      if (read.ok) held.set(drawer, read.value);
      else trouble ??= read.failure;
    }
  }

  return {
    authority: () => held.get('authority') ?? null,
    server: () => held.get('server') ?? null,
    customer: () => held.get('customer') ?? null,
    waitingKey: () => waiting?.privateKey ?? null,
    trouble: () => trouble,
    ensureAuthority,
    makeServer: async (names, days) => {
      const authority = await ensureAuthority();
      if (!authority.ok) return authority;
      const made = { authority: authority.value, keys: await makeKeyPair(), names, days, now: now(), serial: randomBytes(16) };
      return keep('server', makeServerCertificate(made));
    },
    request: async (names) => {
      if (trouble) return { ok: false, failure: trouble };
      const keys = waiting ? keysOf(waiting) : await makeKeyPair();
      const pem = makeRequest(keys, names);
      const next = { chain: pem, privateKey: keys.privateKey };
      const written = await write('request', next);
      if (!written.ok) return written;
      waiting = next;
      return done(pem);
    },
    keepCustomer: async (identity) => {
      const kept = await keep('customer', identity);
      if (kept.ok && waiting && new X509Certificate(identity.chain).checkPrivateKey(createPrivateKey(waiting.privateKey))) {
        waiting = null;
        await cabinet.remove('request').catch(() => undefined);
      }
      return kept;
    },
  };

  async function ensureAuthority(): Promise<Result<HeldIdentity>> {
    if (trouble) return { ok: false, failure: trouble };
    const own = held.get('authority');
    if (own && now() < own.facts.to) return done(own);
    return keep('authority', makeAuthority({ keys: await makeKeyPair(), now: now(), serial: randomBytes(16) }));
  }

  async function keep(drawer: Drawer, identity: Identity): Promise<Result<HeldIdentity>> {
    if (trouble) return { ok: false, failure: trouble };
    const read = withFacts(identity);
    if (!read.ok) return read;
    const written = await write(drawer, identity);
    if (!written.ok) return written;
    held.set(drawer, read.value);
    return read;
  }

  async function write(drawer: Drawer, identity: Identity): Promise<Result<void>> {
    try {
      await cabinet.put(drawer, identity);
      return done(undefined);
    } catch (error) {
      return diskFailure(error);
    }
  }
}

function withFacts(identity: Identity): Result<HeldIdentity> {
  try {
    const first = new X509Certificate(identity.chain);
    const chain = readCertificates(identity.chain);
    const root = chain.ok ? rootOf(chain.value) : null;
    return done({
      ...identity, facts: certificateFacts(first), hosts: hostsOf(first),
      root: root && { pem: root.toString(), fingerprint: root.fingerprint256 },
    });
  } catch (error) {
    return failed('pki.unreadable', { number: 1 }, String(error));
  }
}

function keysOf({ privateKey }: Identity): KeyPairPem {
  return { privateKey, publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString() };
}

function diskFailure(error: unknown): { readonly ok: false; readonly failure: Failure } {
  return failed('pki.disk', { cause: error instanceof Error ? error.message : String(error) });
}
