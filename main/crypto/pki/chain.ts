import type { KeyObject, X509Certificate } from 'node:crypto';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Identity } from './authority.ts';
import { distinguishedName, namesOf } from './facts.ts';
import { RSA_BITS } from './key-pair.ts';
import { readCertificates, readPrivateKey } from './pem.ts';

export interface ForeignChain {
  /** The server's certificate first, text around the blocks allowed; may hold the private key too. */
  readonly text: string;
  /** PEM, when it is not in the text. */
  readonly key: string | null;
  /** PEM of keys that wait here for an answer to the bench's own request. */
  readonly waiting: readonly string[];
  /** The bench's address, which counts as a name. */
  readonly address: Ipv4 | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_PURPOSE = '2.5.29.37.0';

/**
 * Takes a certificate that the customer's own authority signed. Each refusal is a code of `pki.…`: nothing readable, wrong
 * order, a signature that does not follow, not for servers, out of its time, no name for phones, a key too short, no key,
 * a key of another certificate.
 */
export function takeChain(given: ForeignChain): Result<Identity> {
  const read = readCertificates(given.text);
  if (!read.ok) return read;
  const [server, ...above] = read.value;
  if (!server) return failed('pki.no-certificate');
  const refusal = [checkServer(server, given), checkOrder(server, above), ...read.value.map((each) => checkTime(each, given.now))];
  const refused = refusal.find((each) => !each.ok);
  if (refused && !refused.ok) return refused;
  const key = findKey(server, given);
  if (!key.ok) return key;
  const privateKey = key.value.export({ type: 'pkcs8', format: 'pem' }).toString();
  return done({ chain: read.value.map((each) => each.toString()).join(''), privateKey });
}

/** The certificate at the top of a chain that signed itself: what phones need as their custom authority. Null without one. */
export function rootOf(certificates: readonly X509Certificate[]): X509Certificate | null {
  return certificates.findLast((each) => each.ca && signed(each, each)) ?? null;
}

/** Host names that phones can be told: a wildcard is none. */
export function hostsOf(certificate: X509Certificate): readonly string[] {
  return namesOf(certificate).filter((name) => /[a-z]/i.test(name) && name.includes('.') && !name.includes('*') && !name.includes(':'));
}

function checkServer(server: X509Certificate, { address }: ForeignChain): Result<void> {
  const subject = distinguishedName(server.subject);
  if (server.ca) return failed('pki.authority-first', { subject });
  if (signed(server, server)) return failed('pki.self-signed', { subject });
  const purposes = server.keyUsage as readonly string[] | undefined;
  if (purposes && !purposes.includes(SERVER_AUTH) && !purposes.includes(ANY_PURPOSE)) return failed('pki.not-for-servers', { subject });
  const bits = server.publicKey.asymmetricKeyType === 'rsa' ? (server.publicKey.asymmetricKeyDetails?.modulusLength ?? 0) : RSA_BITS;
  if (bits < RSA_BITS) return failed('pki.key-small', { bits, least: RSA_BITS });
  if (hostsOf(server).length === 0 && !(address && namesOf(server).includes(address))) return failed('pki.no-name', { subject });
  return done(undefined);
}

function checkOrder(server: X509Certificate, above: readonly X509Certificate[]): Result<void> {
  let below = server;
  for (const [index, next] of above.entries()) {
    const names = { number: index + 2, subject: distinguishedName(next.subject), below: distinguishedName(below.subject) };
    if (!below.checkIssued(next)) return failed('pki.order', names);
    if (!signed(below, next)) return failed('pki.signature', names);
    below = next;
  }
  return done(undefined);
}

function checkTime(certificate: X509Certificate, now: number): Result<void> {
  const subject = distinguishedName(certificate.subject);
  const [from, to] = [certificate.validFromDate, certificate.validToDate];
  if (now > to.getTime()) return failed('pki.expired', { subject, date: dayOf(to) });
  if (now < from.getTime()) return failed('pki.not-yet', { subject, date: dayOf(from) });
  return done(undefined);
}

function findKey(server: X509Certificate, { text, key, waiting }: ForeignChain): Result<KeyObject> {
  const given = readPrivateKey(key ?? text);
  if (!given.ok) return given;
  if (key !== null && given.value === null) return failed('pki.key-unreadable');
  if (given.value) return server.checkPrivateKey(given.value) ? done(given.value) : failed('pki.key-other');
  for (const pem of waiting) {
    const own = readPrivateKey(pem);
    if (own.ok && own.value && server.checkPrivateKey(own.value)) return done(own.value);
  }
  return failed(waiting.length === 0 ? 'pki.no-key' : 'pki.key-not-ours');
}

function signed(certificate: X509Certificate, by: X509Certificate): boolean {
  try {
    return certificate.checkIssued(by) && certificate.verify(by.publicKey);
  } catch {
    // A key of a kind that this runtime does not know.
    return false;
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
