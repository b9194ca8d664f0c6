import { join } from 'node:path';
import { AUTHORITY_PATH, BENCH_DOMAIN } from '../../../common/values/bench-names.ts';
import { createTurn } from '../turn.ts';
import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import type { ClientCertificates, FailedHandshake, TlsFloor } from '../../../common/values/certificate.ts';
import { done, failed, type Failure, type Result } from '../../../common/values/failure.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';
import { openCabinet, type Seal } from '../../crypto/pki/cabinet.ts';
import { takeChain } from '../../crypto/pki/chain.ts';
import { readNames, type CertificateNames } from '../../crypto/pki/names.ts';
import { readCertificates } from '../../crypto/pki/pem.ts';
import { checkTls, type TlsSettings } from '../../servers/http/tls-transport.ts';
import type { Store } from '../../store/store.ts';
import { readCertificateSettings, writeCertificateSettings, type CertificateSettings } from './certificate-settings.ts';
import { openCertificates, type HeldIdentity } from './held-certificates.ts';

const DAY = 86_400_000;
/** The bench renews its own certificate this long before its end, and speaks of a customer's. */
const SOON_DAYS = 30;
const MOST_FAILED = 20;

/** Certificates of HTTPS: what is kept, what is served, what phones took. */
export interface Certificates {
  view(): CertificatesView;
  /** What HTTPS needs at this address: makes or renews what the bench itself can make. */
  ready(address: Ipv4): Promise<Result<TlsSettings>>;
  /** Hears of every later change while a server runs. @returns ends that */
  follow(listener: (settings: TlsSettings) => void): () => void;
  renew(days: number, names: readonly string[]): Promise<Result<void>>;
  request(names: readonly string[]): Promise<Result<string>>;
  importChain(chain: string, key: string | null): Promise<Result<void>>;
  useOwn(): Promise<Result<void>>;
  setClientCertificates(mode: ClientCertificates): Promise<Result<void>>;
  setFloor(floor: TlsFloor): Promise<Result<void>>;
  /** PEM of what phones need as their custom authority; null before it is made, or when the customer's root is not known. */
  authority(): string | null;
  /** Host names that lead to this bench, for its DNS; the first is the one that phones are told. */
  hosts(): readonly string[];
  /** True when the certificate carries this name or address. */
  carries(name: string): boolean;
  observed(observation: Observation, mac: Mac | null): void;
}

export interface CertificatesNeeds {
  readonly folder: string;
  readonly store: Store;
  readonly seal: Seal;
  /** The address of the bench. */
  address(): Ipv4;
  enrolled(): readonly Mac[];
  now(): number;
  changed(): void;
  trouble(cause: unknown): void;
}

export async function openCertificateBook(needs: CertificatesNeeds): Promise<Certificates> {
  const { store, now } = needs;
  const cabinet = openCabinet(join(needs.folder, 'keys'), needs.seal);
  const held = await openCertificates(cabinet, now);
  let settings = await readCertificateSettings(store);
  let clientAuthorities: readonly string[] = [];
  let unreadable: string | null = null;
  let renewed: string | null = null;
  const failures: FailedHandshake[] = [];
  const followers = new Set<(settings: TlsSettings) => void>();
  const inTurn = createTurn();
  await readClientAuthorities();

  return {
    view,
    authority,
    hosts: () => serving()?.hosts ?? [],
    carries: (name) => serving()?.facts.names.includes(name) === true,
    ready: (address) => inTurn(() => ready(address)),
    follow: (listener) => {
      followers.add(listener);
      return () => followers.delete(listener);
    },
    renew: (days, names) => inTurn(async () => {
      const wanted = wantedNames(names.length > 0 ? names : settings.names, needs.address());
      if (!wanted.ok) return wanted;
      const made = await held.makeServer(wanted.value, days);
      if (!made.ok) return made;
      renewed = null;
      return change({ origin: 'bench', days, names: names.length > 0 ? names : settings.names });
    }),
    request: (names) => inTurn(async () => {
      const wanted = wantedNames(names.length > 0 ? names : settings.names, needs.address(), names.length > 0);
      return wanted.ok ? held.request(wanted.value) : wanted;
    }),
    importChain: (chain, key) => inTurn(async () => {
      const waiting = held.waitingKey();
      const known = held.customer()?.privateKey;
      const keys = [waiting, known].filter((each) => each !== null && each !== undefined);
      const taken = takeChain({ text: chain, key, waiting: keys, address: needs.address(), now: now() });
      if (!taken.ok) return taken;
      const usable = checkTls(tlsOf({ ...taken.value, facts: { names: [], from: 0, to: 0 } }));
      if (usable !== null) return failed('tls.not-usable', { cause: usable });
      const kept = await held.keepCustomer(taken.value);
      return kept.ok ? change({ origin: 'customer' }) : kept;
    }),
    useOwn: () => inTurn(async () => {
      const own = await ownServer(needs.address());
      return own.ok ? change({ origin: 'bench' }) : own;
    }),
    setClientCertificates: (mode) => inTurn(async () => {
      await readClientAuthorities();
      return change({ clientCertificates: mode });
    }),
    setFloor: (floor) => inTurn(async () => {
      const identity = serving();
      const usable = identity ? checkTls({ ...tlsOf(identity), floor }) : null;
      return usable === null ? change({ floor }) : failed('tls.not-usable', { cause: usable });
    }),
    observed,
  };

  function serving(): HeldIdentity | null {
    return settings.origin === 'customer' ? held.customer() : held.server();
  }

  function authority(): string | null {
    if (settings.origin === 'bench') return held.authority()?.chain ?? null;
    return held.customer()?.root?.pem ?? null;
  }

  function authorityPrint(): string | null {
    return (settings.origin === 'bench' ? held.authority() : held.customer())?.root?.fingerprint ?? null;
  }

  function view(): CertificatesView {
    const identity = serving();
    const holders = new Set(holdersNow());
    const enrolled = needs.enrolled();
    return {
      authority: held.authority()?.facts ?? null,
      server: identity?.facts ?? null,
      origin: identity ? settings.origin : null,
      clientCertificates: settings.clientCertificates,
      tlsFloor: settings.floor,
      authorityPath: AUTHORITY_PATH,
      phones: enrolled.length,
      phonesHolding: enrolled.filter((mac) => holders.has(mac)).length,
      failed: failures,
      remark: remark(identity),
    };
  }

  async function ready(address: Ipv4): Promise<Result<TlsSettings>> {
    await readClientAuthorities();
    const customer = settings.origin === 'customer' ? held.customer() : null;
    const identity = customer ? done(customer) : await ownServer(address);
    if (!identity.ok) return identity;
    const tls = tlsOf(identity.value);
    const usable = checkTls(tls);
    needs.changed();
    return usable === null ? done(tls) : failed('tls.not-usable', { cause: usable });
  }

  /** The bench's own certificate, made anew when it lacks a name, ends soon, or another authority signed it. */
  async function ownServer(address: Ipv4): Promise<Result<HeldIdentity>> {
    const authorityNow = await held.ensureAuthority();
    if (!authorityNow.ok) return authorityNow;
    const wanted = wantedNames(settings.names, address);
    if (!wanted.ok) return wanted;
    const own = held.server();
    const soon = Math.min(SOON_DAYS, settings.days / 3);
    const names = [...wanted.value.hosts, ...wanted.value.addresses];
    const lacking = own ? names.find((name) => !own.facts.names.includes(name)) : undefined;
    const fresh = own !== null && own.facts.issuer === authorityNow.value.facts.subject && own.chain.endsWith(authorityNow.value.chain);
    if (own && fresh && lacking === undefined && now() >= own.facts.from && now() < own.facts.to - soon * DAY) return done(own);
    if (lacking !== undefined && fresh) renewed = lacking;
    return held.makeServer(wanted.value, settings.days);
  }

  function tlsOf({ chain, privateKey, facts }: Pick<TlsSettings, 'chain' | 'privateKey' | 'facts'>): TlsSettings {
    const own = held.authority()?.chain;
    return {
      chain, privateKey, facts, floor: settings.floor,
      clientCertificates: settings.clientCertificates,
      clientAuthorities: [...(own === undefined ? [] : [own]), ...clientAuthorities],
    };
  }

  async function change(part: Partial<CertificateSettings>): Promise<Result<void>> {
    const next = { ...settings, ...part };
    try {
      await writeCertificateSettings(store, next);
      settings = { ...settings, ...part };
    } catch (error) {
      return failed('pki.disk', { cause: error instanceof Error ? error.message : String(error) });
    }
    const identity = serving();
    if (identity) for (const follow of followers) follow(tlsOf(identity));
    needs.changed();
    return done(undefined);
  }

  async function readClientAuthorities(): Promise<void> {
    const files = await cabinet.clientAuthorities();
    unreadable = null;
    clientAuthorities = files.flatMap(({ file, text }) => {
      const read = readCertificates(text);
      if (!read.ok) unreadable ??= file;
      return read.ok ? read.value.map((each) => each.toString()) : [];
    });
  }

  function remark(identity: HeldIdentity | null): Failure | null {
    const trouble = held.trouble();
    if (trouble) return trouble;
    if (!identity) return null;
    const date = new Date(identity.facts.to).toISOString().slice(0, 10);
    const address = needs.address();
    if (now() > identity.facts.to) return failed('tls.expired', { date }).failure;
    const told = identity.hosts[0] ?? address;
    if (!identity.facts.names.includes(told)) return failed('tls.names-old', { name: told }).failure;
    if (settings.origin === 'customer' && now() > identity.facts.to - SOON_DAYS * DAY) return failed('tls.ends-soon', { date }).failure;
    if (unreadable !== null) return failed('tls.client-authority-unreadable', { file: unreadable }).failure;
    if (settings.clientCertificates === 'required' && clientAuthorities.length === 0) return failed('tls.no-client-authority').failure;
    if (settings.floor === 'TLSv1' || settings.floor === 'TLSv1.1') return failed('tls.weak-floor').failure;
    return renewed === null ? null : failed('tls.renewed', { name: renewed }).failure;
  }

  function holdersNow(): readonly Mac[] {
    return settings.holders.authority === authorityPrint() ? settings.holders.macs : [];
  }

  function observed({ server, outcome, asked, facts, peer, at, detail }: Observation, mac: Mac | null): void {
    if (server === 'https' && asked === 'TLS' && outcome.kind === 'refused') {
      const params = Object.fromEntries(Object.entries(detail ?? {}).filter((entry): entry is [string, string | number] => typeof entry[1] !== 'boolean'));
      failures.unshift({ at, peer: peer.address, code: outcome.code, params });
      failures.length = Math.min(failures.length, MOST_FAILED);
      needs.changed();
    }
    if (outcome.kind !== 'delivered' || !outcome.confirmed || asked === 'HEAD' || mac === null || !isAuthorityPath(facts.path ?? '')) return;
    const print = authorityPrint();
    const before = holdersNow();
    if (print === null || before.includes(mac)) return;
    settings = { ...settings, holders: { authority: print, macs: [...before, mac] } };
    writeCertificateSettings(store, settings).catch(needs.trouble);
    needs.changed();
  }
}

/** `/ca.pem`, with or without its slash and query, as TFTP and HTTP spell it. */
export function isAuthorityPath(path: string): boolean {
  return path.replace(/[?#].*$/s, '').replace(/^\/+/, '') === AUTHORITY_PATH.slice(1);
}

/** @param alone leaves the bench's own domain out: a customer's authority signs its own names only */
function wantedNames(names: readonly string[], address: Ipv4, alone = false): Result<CertificateNames> {
  return readNames(alone ? names : [...names, BENCH_DOMAIN, address]);
}
