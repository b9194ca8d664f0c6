import { connect } from 'node:net';
import { decode, encode, streamEncode, type Packet, type Query } from 'dns-packet';
import { askUdp } from './ask-udp.ts';
import { noAnswer, NOTHING_TO_DO } from './check.ts';
import type { Check, Finding, ProbeOptions } from './check.ts';

/** Domain that phones on a bench are told. */
const DOMAIN = 'bench.internal';
const SERVICE = `_ciscoprov-http._tcp.${DOMAIN}`;
const CONNECT_MS = 4000;

/** Asks for the bench's own name over UDP: its address must be the one that was asked. */
export async function checkDnsUdp(options: ProbeOptions, port: number): Promise<Check> {
  const started = performance.now();
  const query = queryFor('A', DOMAIN, options);
  const answer = await askUdp({ address: options.address, port, bytes: encode(query), accepts: (bytes) => read(bytes, query.id) !== null }, options.signal);
  const packet = answer.ok ? read(answer.bytes, query.id) : null;
  const told = packet?.answers.find(({ type }) => type === 'A')?.data;
  const target = `${options.address}:${port}`;
  const say = sayer('udp', target, started);
  if (!answer.ok) return say('wrong', noAnswer(target, answer.cause), { code: 'probe.do-firewall', params: {} });
  if (told === options.address) return say('right', { code: 'probe.name', params: { name: DOMAIN, address: options.address } }, NOTHING_TO_DO);
  const found: Finding = typeof told === 'string'
    ? { code: 'probe.name-elsewhere', params: { name: DOMAIN, address: told } }
    : { code: 'probe.name-refused', params: { name: DOMAIN, answer: packet?.rcode ?? '' } };
  return say('wrong', found, { code: 'probe.do-name', params: {} });
}

/** Asks for the provisioning service over TCP; that there is none is right while HTTP does not listen. */
export async function checkDnsTcp(options: ProbeOptions, port: number): Promise<Check> {
  const started = performance.now();
  const target = `${options.address}:${port}`;
  const query = queryFor('SRV', SERVICE, options);
  const answer = await askTcp(options, port, query);
  const say = sayer('tcp', target, started);
  if (typeof answer === 'string') return say('wrong', noAnswer(target, answer), { code: 'probe.do-start', params: {} });
  const service = answer.answers.find(({ type }) => type === 'SRV')?.data;
  const found = typeof service === 'object' && service !== null && 'port' in service ? Number(service.port) : null;
  return found === null
    ? say('unsure', { code: 'probe.no-service', params: { name: SERVICE, answer: answer.rcode } }, { code: 'probe.do-http', params: {} })
    : say('right', { code: 'probe.service', params: { name: SERVICE, port: found } }, NOTHING_TO_DO);
}

function queryFor(type: string, name: string, options: ProbeOptions): Query {
  return { type: 'query', id: Number(options.marker) & 0xffff, questions: [{ type, name }] };
}

function sayer(transport: 'udp' | 'tcp', target: string, started: number) {
  return (verdict: Check['verdict'], finding: Finding, advice: Finding): Check => ({
    server: 'dns', transport, target, verdict, finding, advice, tookMs: Math.round(performance.now() - started),
  });
}

/** The answer, or in the system's words why there is none. */
function askTcp(options: ProbeOptions, port: number, query: Query): Promise<Packet | string> {
  return new Promise((resolve) => {
    const socket = connect({ host: options.address, port, signal: options.signal });
    let held = Buffer.alloc(0);
    const end = (answer: Packet | string): void => {
      clearTimeout(limit);
      socket.destroy();
      resolve(answer);
    };
    const limit = setTimeout(() => end('timed out'), CONNECT_MS);
    socket.once('connect', () => socket.write(streamEncode(query)));
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      if (held.length < 2 || held.length < 2 + held.readUInt16BE(0)) return;
      end(read(held.subarray(2, 2 + held.readUInt16BE(0)), query.id) ?? 'not DNS');
    });
    socket.once('error', (error) => end(error.message));
    socket.once('close', () => end('closed'));
  });
}

function read(bytes: Uint8Array, id: number): Packet | null {
  try {
    const packet = decode(Buffer.from(bytes));
    return packet.type === 'response' && packet.id === id ? packet : null;
  } catch {
    return null;
  }
}
