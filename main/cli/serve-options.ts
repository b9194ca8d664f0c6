import { parseIpv4, type Ipv4 } from '../../common/values/ip.ts';
import { DEFAULT_PORTS, SERVER_NAMES, type ServerName } from '../../common/values/server.ts';
import { NOT_BUILT, type BenchOptions } from '../app/options.ts';
import { wrongUsage } from './exit.ts';
import { readPort, type Flags } from './flags.ts';

/** Flags of `serve`, as documented in README. Every one is accepted from the first version on. */
export const SERVE_FLAGS = {
  data: { type: 'string' },
  address: { type: 'string' },
  ui: { type: 'string' },
  'ui-insecure': { type: 'boolean' },
  tftp: { type: 'string' },
  http: { type: 'string' },
  https: { type: 'string' },
  syslog: { type: 'string' },
  dns: { type: 'string' },
  sntp: { type: 'string' },
  cwmp: { type: 'string' },
  'tftp-single-port': { type: 'boolean' },
  dhcp: { type: 'string' },
  'dhcp-pool': { type: 'string' },
  'dhcp-answer': { type: 'string' },
  'dhcp-stop-after': { type: 'string' },
  adopt: { type: 'string' },
  demo: { type: 'boolean' },
} as const;

type FromFlags = Pick<BenchOptions, 'card' | 'address' | 'ports' | 'dhcp' | 'tftpSinglePort' | 'adopt' | 'demo'>;

export function readServeOptions(flags: Flags): FromFlags {
  const demo = flags.is('demo');
  const dhcp = flags.text('dhcp');
  const card = dhcp === undefined || dhcp === 'off' ? null : dhcp;
  if (demo && card !== null) throw wrongUsage('--demo runs on loopback alone: leave --dhcp out.');
  const given = flags.text('address');
  return {
    card,
    address: given === undefined ? null : readAddress(given),
    ports: readPorts(flags, demo),
    dhcp: {
      start: card !== null || demo,
      pool: readPool(flags.text('dhcp-pool')),
      policy: readChoice('dhcp-answer', flags.text('dhcp-answer'), ['phones', 'enrolled', 'all']) ?? 'phones',
      stopAfter: readMinutes(flags.text('dhcp-stop-after')),
    },
    tftpSinglePort: flags.is('tftp-single-port'),
    adopt: readChoice('adopt', flags.text('adopt'), ['all', 'enrolled']),
    demo,
  };
}

/** Where the browser UI listens; null for `off`. Other than loopback it must be asked for in so many words. */
export function readUi(flags: Flags): { readonly address: string; readonly port: number } | null {
  const text = flags.text('ui') ?? '127.0.0.1:0';
  if (text === 'off') return null;
  const parts = /^(?:(.+):)?(\d+)$/.exec(text);
  if (!parts?.[2]) throw wrongUsage(`--ui takes a port, HOST:PORT or off, not ${JSON.stringify(text)}.`);
  const address = parts[1] === undefined || parts[1] === 'localhost' ? '127.0.0.1' : parts[1];
  if (!parseIpv4(address)) throw wrongUsage(`--ui takes an IPv4 address, not ${JSON.stringify(address)}.`);
  if (!address.startsWith('127.') && !flags.is('ui-insecure')) {
    throw wrongUsage(`--ui ${address} would send the token in clear over the network. Add --ui-insecure if you accept that.`);
  }
  return { address, port: readPort('ui', parts[2]) };
}

function readPorts(flags: Flags, demo: boolean): Record<ServerName, number | 'off'> {
  const ports: Record<ServerName, number | 'off'> = { ...DEFAULT_PORTS };
  for (const name of SERVER_NAMES) {
    if (NOT_BUILT.includes(name)) ports[name] = 'off';
    else if (demo) ports[name] = 0;
    const text = name === 'dhcp' ? undefined : flags.text(name);
    if (text === undefined || text === 'off') {
      if (text === 'off') ports[name] = 'off';
      continue;
    }
    if (NOT_BUILT.includes(name)) throw wrongUsage(`--${name}: this server is not part of this version. Leave it off.`);
    ports[name] = readPort(name, text);
  }
  return ports;
}

function readAddress(text: string): Ipv4 {
  const address = parseIpv4(text);
  if (!address || address === '0.0.0.0') throw wrongUsage(`--address takes one IPv4 address of this computer, not ${JSON.stringify(text)}.`);
  return address;
}

function readPool(text: string | undefined): { from: Ipv4; to: Ipv4 } | null {
  if (text === undefined) return null;
  const [from, to, rest] = text.split('-').map((part) => parseIpv4(part.trim()));
  if (from && to && rest === undefined) return { from, to };
  throw wrongUsage(`--dhcp-pool takes FROM-TO, like 10.20.0.101-10.20.0.200, not ${JSON.stringify(text)}.`);
}

function readMinutes(text: string | undefined): number | null {
  if (text === undefined) return 120;
  if (text === 'never') return null;
  const minutes = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (minutes >= 1 && minutes <= 10_080) return minutes;
  throw wrongUsage(`--dhcp-stop-after takes minutes from 1 to 10080, or never, not ${JSON.stringify(text)}.`);
}

function readChoice<T extends string>(flag: string, text: string | undefined, choices: readonly T[]): T | null {
  if (text === undefined) return null;
  const choice = choices.find((candidate) => candidate === text);
  if (choice) return choice;
  throw wrongUsage(`--${flag} takes ${choices.join(' or ')}, not ${JSON.stringify(text)}.`);
}
