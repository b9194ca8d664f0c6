import type { Ipv4 } from '../../../common/values/ip.ts';
import { bareAnswer, CLASS_IN, RCODE, TYPE, type DnsAnswer, type DnsRecord, type Question, type RecordData } from './message.ts';
import { isWithin, nameBytes, suffixes } from './name.ts';

/** What the bench knows of itself at the moment of a question. */
export interface ZoneFacts {
  /** The served address: every name that is ours leads there. */
  readonly address: Ipv4;
  /** The domain that phones are told by DHCP. */
  readonly domain: string;
  /** Further names of this bench: those of its certificate. Anything that is no plain host name is passed over. */
  readonly names: readonly string[];
  /** Port of the HTTP server, null while it does not listen. */
  readonly http: number | null;
  readonly https: number | null;
}

/** An answer, with what people are told of it. */
export interface Told {
  readonly answer: DnsAnswer;
  /** What the asker saw: `10.20.0.1`, `bench.internal:443`, `no data`, `NXDOMAIN`, `REFUSED`. */
  readonly text: string;
  /** Why there was nothing for it; null when there was. `outside` is left to known-names.ts. */
  readonly why: 'outside' | 'transfer' | 'no-such-name' | 'service-off' | null;
}

/** Seconds: a bench moves to another card, and its servers come and go. */
const TTL = 30;
/** Nobody transfers the zone, so its number never has to grow. */
const SERIAL = 1;
const HOST_NAME = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const NUMERIC_END = /(?:^|\.)\d+$/;

/** Provisioning services of the phones (DOMAIN of DHCP, or the host behind `--srv`); TFTP has none. */
const SERVICES = [
  { label: '_ciscoprov-https._tls', port: (facts: ZoneFacts) => facts.https },
  { label: '_ciscoprov-http._tcp', port: (facts: ZoneFacts) => facts.http },
] as const;

/** Answers one question from what is ours and from nothing else: no recursion, no forwarding (RFC 1034 §4.3.2). Pure. */
export function answerQuestion(question: Question, facts: ZoneFacts): Told {
  if (question.class !== CLASS_IN) return refused('outside');
  if (question.type === TYPE.AXFR || question.type === TYPE.IXFR) return refused('transfer');
  const zone = zoneOf(question.name, facts);
  if (zone === null) return refused('outside');
  const records = recordsOf(question.name, zone, facts);
  if (records === null) {
    const off = SERVICES.some(({ label }) => question.name === `${label}.${zone}`);
    return negative(RCODE.NXDOMAIN, zone, facts, off ? 'service-off' : 'no-such-name');
  }
  // RFC 8482 §4.2: ANY gets one small record, so that it is good for nothing but a look.
  if (question.type === TYPE.ANY) return positive(question.name, [{ type: 'HINFO', cpu: 'RFC8482', os: '' }], facts);
  const wanted = records.filter((data) => TYPE[data.type] === question.type);
  return wanted.length === 0 ? negative(RCODE.NOERROR, zone, facts, null) : positive(question.name, wanted, facts);
}

/** `1.0.20.10.in-addr.arpa` (RFC 1035 §3.5). */
function reverseName(address: Ipv4): string {
  return `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
}

/** The apex of the zone that a name lies in: the closest one. Each foreign name of the certificate is a zone of its own. */
function zoneOf(name: string, facts: ZoneFacts): string | null {
  const zones = [facts.domain, reverseName(facts.address), ...ownNames(facts)].filter((zone) => isWithin(name, zone));
  return zones.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/** Host names outside the bench's domain, lower case; addresses and wildcards are none. */
function ownNames(facts: ZoneFacts): readonly string[] {
  return hostNames(facts).filter((name) => !isWithin(name, facts.domain));
}

function hostNames(facts: ZoneFacts): readonly string[] {
  return facts.names
    .map((name) => name.toLowerCase().replace(/\.$/, ''))
    .filter((name) => HOST_NAME.test(name) && !NUMERIC_END.test(name) && nameBytes(name) !== null);
}

/** Everything that stands under a name; empty where only longer names exist (RFC 4592 §2.2.2); null where nothing is. */
function recordsOf(name: string, zone: string, facts: ZoneFacts): readonly RecordData[] | null {
  const { domain, address } = facts;
  const here: RecordData[] = [];
  if (name === zone) here.push(soaData(facts), { type: 'NS', name: serverName(facts) });
  if (zone === reverseName(address)) return name === zone ? [...here, { type: 'PTR', name: domain }] : null;
  const hosts = zone === domain ? [domain, serverName(facts), ...hostNames(facts)] : [zone];
  if (hosts.includes(name)) here.push({ type: 'A', address });
  const services = SERVICES.flatMap(({ label, port }) => {
    const open = port(facts);
    return open === null ? [] : [{ owner: `${label}.${zone}`, port: open }];
  });
  for (const { owner, port } of services) {
    // One target: priority and weight have nobody to choose from.
    if (owner === name) here.push({ type: 'SRV', priority: 10, weight: 10, port, target: zone });
  }
  if (here.length > 0) return here;
  const longer = [...hosts.filter((host) => isWithin(host, zone)), ...services.map(({ owner }) => owner)].flatMap(suffixes);
  return longer.includes(name) ? [] : null;
}

function positive(name: string, data: readonly RecordData[], facts: ZoneFacts): Told {
  const answers = data.map((each): DnsRecord => ({ name, ttl: TTL, data: each }));
  const named = data.flatMap((each) => (each.type === 'SRV' ? [each.target] : each.type === 'NS' ? [each.name] : []));
  const additional = named.map((host): DnsRecord => ({ name: host, ttl: TTL, data: { type: 'A', address: facts.address } }));
  return {
    answer: { rcode: RCODE.NOERROR, authoritative: true, answers, authority: [], additional },
    text: data.map(dataText).join(', '),
    why: null,
  };
}

/** "There is none" with the SOA that says for how long (RFC 2308 §3). */
function negative(rcode: number, zone: string, facts: ZoneFacts, why: Told['why']): Told {
  const authority: readonly DnsRecord[] = [{ name: zone, ttl: TTL, data: soaData(facts) }];
  return { answer: { rcode, authoritative: true, answers: [], authority, additional: [] }, text: rcode === RCODE.NXDOMAIN ? 'NXDOMAIN' : 'no data', why };
}

function refused(why: 'outside' | 'transfer'): Told {
  return { answer: bareAnswer(RCODE.REFUSED), text: 'REFUSED', why };
}

function soaData(facts: ZoneFacts): RecordData {
  return {
    type: 'SOA', primary: serverName(facts), mailbox: `hostmaster.${facts.domain}`,
    serial: SERIAL, refresh: 3600, retry: 600, expire: 86_400, minimum: TTL,
  };
}

function serverName(facts: ZoneFacts): string {
  return `ns.${facts.domain}`;
}

function dataText(data: RecordData): string {
  switch (data.type) {
    case 'A':
      return data.address;
    case 'SRV':
      return `${data.target}:${data.port}`;
    case 'NS':
    case 'PTR':
      return data.name;
    default:
      return data.type;
  }
}
