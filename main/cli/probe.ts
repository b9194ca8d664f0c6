import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import { isLoopback, parseIpv4 } from '../../common/values/ip.ts';
import { parseMac } from '../../common/values/mac.ts';
import type { Mac } from '../../common/values/mac.ts';
import { findModel } from '../../common/values/model.ts';
import { fleetIdentity } from '../simulator/identity.ts';
import type { Check, ProbeOptions } from '../simulator/probe/check.ts';
import { probeBench } from '../simulator/probe/probe.ts';
import { wrongUsage } from './exit.ts';
import type { CommandIo } from './io.ts';
import { portOption } from './phone-options.ts';

export const PROBE_USAGE = `dialbench probe --server HOST [--mac MAC] [--model PN] [--tftp-port N|off] [--http-port N|off]
                [--syslog-port N|off] [--dns-port N|off] [--sntp-port N|off] [--dhcp-port N] [--json]
  Plays the clients of a bench: asks for a profile by TFTP and HTTP, for the bench's name by DNS and for the time by
  SNTP, sends one syslog line, and sends one DISCOVER where --dhcp-port is given (loopback only). With --mac it asks as that phone, whose profile must then be served;
  the bench cannot tell it from the phone and records it as such.
`;

const MARKS: Readonly<Record<Check['verdict'], string>> = { right: 'ok', wrong: 'WRONG', unsure: 'unsure' };

/**
 * `dialbench probe --server HOST …`.
 * @returns 0 nothing is wrong, 1 something is, 2 wrong usage.
 */
export async function probeCommand(args: readonly string[], io: CommandIo): Promise<number> {
  let options: { readonly probe: ProbeOptions; readonly json: boolean };
  try {
    const read = readArguments(args, io.signal);
    if (read === 'help') {
      io.stdout.write(PROBE_USAGE);
      return 0;
    }
    options = read;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    io.stderr.write(`${error.message}\n\n${PROBE_USAGE}`);
    return 2;
  }
  const checks = await probeBench(options.probe);
  const right = checks.every((check) => check.verdict !== 'wrong');
  if (options.json) io.stdout.write(`${JSON.stringify({ right, checks: checks.map(withSentences) })}\n`);
  else io.stdout.write(table(checks));
  return right ? 0 : 1;
}

function withSentences(check: Check): object {
  return {
    ...check,
    finding: { ...check.finding, sentence: sentence(check.finding.code, check.finding.params) },
    advice: { ...check.advice, sentence: sentence(check.advice.code, check.advice.params) },
  };
}

/** Two lines for each check: what was found, and what to do about it where there is anything. */
function table(checks: readonly Check[]): string {
  const names = checks.map((check) => `${check.server}/${check.transport}`);
  const width = Math.max(...names.map((name) => name.length), 6);
  const places = Math.max(...checks.map((check) => check.target.length), 6);
  const lines = checks.flatMap((check, index) => {
    const start = `${MARKS[check.verdict].padEnd(8)}${(names[index] ?? '').padEnd(width + 2)}${check.target.padEnd(places + 2)}`;
    const advice = check.advice.code === 'probe.do-nothing' ? [] : [`${' '.repeat(start.length)}→ ${sentence(check.advice.code, check.advice.params)}`];
    return [`${start}${sentence(check.finding.code, check.finding.params)}`, ...advice];
  });
  return `${lines.join('\n')}\n`;
}

function readArguments(args: readonly string[], signal: AbortSignal): { readonly probe: ProbeOptions; readonly json: boolean } | 'help' {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      server: { type: 'string' }, mac: { type: 'string' }, model: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' },
      'tftp-port': { type: 'string' }, 'http-port': { type: 'string' }, 'syslog-port': { type: 'string' }, 'dhcp-port': { type: 'string' },
      'dns-port': { type: 'string' }, 'sntp-port': { type: 'string' },
    },
  });
  if (values.help) return 'help';
  if (values.server === undefined) throw wrongUsage('--server HOST is missing: the address of the bench.');
  const address = values.server === 'localhost' ? parseIpv4('127.0.0.1') : parseIpv4(values.server);
  if (!address) throw wrongUsage(`--server ${values.server} is not an IPv4 address.`);
  const mac = values.mac === undefined ? null : parseMac(values.mac);
  if (values.mac !== undefined && mac === null) throw wrongUsage(`--mac ${values.mac} is not a MAC address.`);
  const model = findModel(values.model ?? 'CP-8841-3PCC') ?? findModel(`CP-${values.model}-3PCC`);
  if (model === null) throw wrongUsage(`--model ${values.model} is not a model of this family.`);
  const port = (name: 'tftp' | 'http' | 'syslog' | 'dns' | 'sntp', otherwise: number): number | null => {
    const text = values[`${name}-port`];
    return text === 'off' ? null : portOption(`--${name}-port`, text, otherwise);
  };
  const dhcp = values['dhcp-port'] === undefined || values['dhcp-port'] === 'off' ? null : portOption('--dhcp-port', values['dhcp-port'], 67);
  if (dhcp !== null && !isLoopback(address)) throw wrongUsage('--dhcp-port works over loopback only: a probe has no network card of its own.');
  const made = fleetIdentity(0, 0);
  return {
    json: values.json ?? false,
    probe: {
      address,
      ports: { dhcp, tftp: port('tftp', 69), http: port('http', 80), syslog: port('syslog', 514), dns: port('dns', 53), sntp: port('sntp', 123) },
      phone: { ...made, model, mac: mac ?? ownMac() },
      named: mac !== null,
      marker: String(randomInt(100_000, 1_000_000)),
      signal,
    },
  };
}

/** A locally administered MAC (IEEE 802: second bit of the first octet), which no phone has. */
function ownMac(): Mac {
  return `02${randomInt(0x1_0000_0000).toString(16).padStart(10, '0')}` as Mac;
}
