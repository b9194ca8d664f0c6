import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { parseArgs } from 'node:util';
import { isLoopback, parseIpv4 } from '../../common/values/ip.ts';
import { parseMac } from '../../common/values/mac.ts';
import { findModel } from '../../common/values/model.ts';
import type { PhoneEvent, PhoneState } from '../simulator/events.ts';
import { readLoadName } from '../domain/firmware/names.ts';
import { FAULTS, isFault } from '../simulator/faults.ts';
import type { Fault } from '../simulator/faults.ts';
import { reachFirmware } from '../simulator/fleet-firmware.ts';
import { startFleet } from '../simulator/fleet.ts';
import type { FleetOptions } from '../simulator/fleet.ts';
import type { PhoneOptions } from '../simulator/options.ts';
import { wrongUsage } from './exit.ts';
import { fromHere } from './folders.ts';
import type { CommandIo } from './io.ts';
import { eventText, stateText } from './phone-text.ts';
import { portOption, wholeOption } from './phone-options.ts';

export const PHONE_USAGE = `dialbench phone --server HOST [--count N] [--mac MAC] [--model PN] [--dhcp-port N]
                [--tftp-port N] [--http-port N] [--https-port N] [--syslog-port N] [--dns-port N] [--pace N] [--stagger MS] [--seed N]
                [--firmware VERSION] [--target VERSION [--within SECONDS]] [--tftp-window N] [--write-seconds N]
                [--fault ${FAULTS.join('|')}] [--stay] [--json]
  Virtual phones power up against a bench and fetch their profiles. They reach that bench and nothing else.
  With --dhcp-port they learn their server from a bench's DHCP on loopback; without it HOST stands for option 66.
  They follow the rules of their profiles: conditions, --key, --post, --uid, triggers; what they cannot do fails aloud.
  With --dns-port the bench answers names. --clock 2020-01-01 sets the phone's clock, --certificate FILE (PEM, key included) is what it shows.
  They follow Upgrade_Rule: the list, the images of their platform, the flash, a start with the new load. --firmware sip88xx.11-3-2MPP0001-609
  is what they run at first. With --target VERSION the command ends when each phone runs it or has given up, after --within seconds
  (default 600) at the latest. --tftp-window asks for a window of that many blocks; --write-seconds is the time of the flash, 60 to 120
  by chance without it. --fault may stand several times.
  --pace 20 lets twenty of a phone's seconds pass in one (default 20). --stay keeps them powered until Ctrl C.
`;

interface PhoneCommand {
  readonly fleet: FleetOptions;
  readonly json: boolean;
  readonly stay: boolean;
  /** The load that every phone shall come to; null when their profiles are all that is waited for. */
  readonly target: string | null;
  readonly withinMs: number;
}

/**
 * `dialbench phone --server HOST …`. Data on stdout, messages on stderr.
 * @returns 0 every phone was provisioned and runs the target where one was given, 1 at least one does not, 2 wrong usage.
 */
export async function phoneCommand(args: readonly string[], io: CommandIo): Promise<number> {
  let command: PhoneCommand;
  try {
    const read = readArguments(args);
    if (read === 'help') {
      io.stdout.write(PHONE_USAGE);
      return 0;
    }
    command = read;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    io.stderr.write(`${error.message}\n\n${PHONE_USAGE}`);
    return 2;
  }
  return runPhones(command, io);
}

async function runPhones(command: PhoneCommand, io: CommandIo): Promise<number> {
  const tell = (event: PhoneEvent): void => {
    if (command.json) io.stdout.write(`${JSON.stringify(event)}\n`);
    else if (command.fleet.count <= 10) io.stderr.write(`${eventText(event)}\n`);
  };
  const fleet = startFleet({ ...command.fleet, log: tell });
  const stopped = new Promise<'stopped'>((resolve) => {
    if (io.signal.aborted) resolve('stopped');
    io.signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
  const { target, withinMs } = command;
  const goal = target === null ? fleet.finished : reachFirmware(fleet, { target, withinMs, signal: io.signal });
  const outcome = await Promise.race([goal, stopped]);
  if (outcome !== 'stopped' && command.stay) await stopped;
  const states = fleet.phones.map((phone) => phone.state());
  await fleet.stop();
  if (command.json) io.stdout.write(`${JSON.stringify({ phones: states })}\n`);
  else {
    for (const state of states) io.stdout.write(`${stateText(state)}\n`);
  }
  const good = states.filter((state) => isProvisioned(state) && (target === null || state.firmware === target)).length;
  io.stderr.write(`${good} of ${command.fleet.count} virtual phones ${target === null ? 'took their profile' : `run ${target}`}.\n`);
  return good === command.fleet.count ? 0 : 1;
}

function isProvisioned(state: PhoneState): boolean {
  return state.reaction === 'A' && state.profile !== null;
}

function readArguments(args: readonly string[]): PhoneCommand | 'help' {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      server: { type: 'string' }, count: { type: 'string' }, mac: { type: 'string' }, model: { type: 'string' },
      'tftp-port': { type: 'string' }, 'http-port': { type: 'string' }, 'syslog-port': { type: 'string' }, 'https-port': { type: 'string' }, 'dns-port': { type: 'string' }, clock: { type: 'string' }, certificate: { type: 'string' }, 'dhcp-port': { type: 'string' },
      pace: { type: 'string' }, stagger: { type: 'string' }, seed: { type: 'string' },
      fault: { type: 'string', multiple: true }, firmware: { type: 'string' }, target: { type: 'string' }, within: { type: 'string' },
      'tftp-window': { type: 'string' }, 'write-seconds': { type: 'string' },
      stay: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' },
    },
  });
  if (values.help) return 'help';
  if (values.server === undefined) throw wrongUsage('--server HOST is missing: the address of the bench.');
  const address = values.server === 'localhost' ? parseIpv4('127.0.0.1') : parseIpv4(values.server);
  if (!address) throw wrongUsage(`--server ${values.server} is not an IPv4 address.`);
  const dhcpPort = values['dhcp-port'] === undefined ? null : portOption('--dhcp-port', values['dhcp-port'], 67);
  if (dhcpPort !== null && !isLoopback(address)) {
    throw wrongUsage('--dhcp-port works over loopback only: a virtual phone has no network card of its own.');
  }
  const count = wholeOption('--count', values.count, 1, 1, 5000);
  const mac = values.mac === undefined ? null : parseMac(values.mac);
  if (values.mac !== undefined && mac === null) throw wrongUsage(`--mac ${values.mac} is not a MAC address.`);
  if (mac !== null && count !== 1) throw wrongUsage('--mac names one phone: leave --count out.');
  const model = values.model === undefined ? null : findModel(values.model) ?? findModel(`CP-${values.model}-3PCC`);
  if (values.model !== undefined && model === null) throw wrongUsage(`--model ${values.model} is not a model of this family.`);
  const faults = (values.fault ?? []).map(readFault);
  const own = {
    ...readTls(values.clock, values.certificate),
    ...(values['tftp-window'] === undefined ? {} : { tftpWindow: wholeOption('--tftp-window', values['tftp-window'], 1, 1, 64) }),
    ...(values['write-seconds'] === undefined ? {} : { writeSeconds: wholeOption('--write-seconds', values['write-seconds'], 0, 0, 3600) }),
  };
  const firmware = values.firmware === undefined ? null : readFirmware('--firmware', values.firmware);
  return {
    json: values.json ?? false,
    stay: values.stay ?? false,
    target: values.target === undefined ? null : readFirmware('--target', values.target),
    withinMs: wholeOption('--within', values.within, 600, 1, 86_400) * 1000,
    fleet: {
      count,
      server: {
        address, dhcpPort,
        tftpPort: portOption('--tftp-port', values['tftp-port'], 69),
        httpPort: portOption('--http-port', values['http-port'], 80),
        syslogPort: portOption('--syslog-port', values['syslog-port'], 514),
        httpsPort: portOption('--https-port', values['https-port'], 443),
        ...(values['dns-port'] === undefined ? {} : { dnsPort: portOption('--dns-port', values['dns-port'], 53) }),
      },
      source: dhcpPort === null ? 'given' : 'dhcp',
      pace: wholeOption('--pace', values.pace, 20, 1, 100_000),
      staggerMs: wholeOption('--stagger', values.stagger, 0, 0, 3_600_000),
      seed: wholeOption('--seed', values.seed, 1, 0, 0xffff_ffff),
      faults: () => faults,
      own: () => own,
      identity: (born) => ({ ...born, mac: mac ?? born.mac, model: model ?? born.model, firmware: firmware ?? born.firmware }),
    },
  };
}

/** A clock that began on another day, and one PEM file with certificate and key. */
function readTls(clock: string | undefined, file: string | undefined): Pick<PhoneOptions, 'clock' | 'certificate'> {
  const begin = clock === undefined ? Number.NaN : Date.parse(clock);
  if (clock !== undefined && Number.isNaN(begin)) throw wrongUsage(`--clock ${clock} is not a date like 2020-01-01.`);
  const off = begin - Date.now();
  return {
    ...(clock === undefined ? {} : { clock: () => Date.now() + off }),
    ...(file === undefined ? {} : { certificate: readCertificate(file) }),
  };
}

function readCertificate(file: string): { readonly certificate: string; readonly privateKey: string } {
  try {
    const text = readFileSync(fromHere(file), 'utf8');
    // Tried once here: TLS would say it for each phone and each request.
    createSecureContext({ cert: text, key: text });
    return { certificate: text, privateKey: text };
  } catch (error) {
    throw wrongUsage(`--certificate ${file} does not hold a certificate and its key as PEM (${error instanceof Error ? error.message : String(error)}).`);
  }
}

function readFirmware(name: string, text: string): string {
  const version = text.replace(/\.loads$/i, '');
  if (readLoadName(`${version}.loads`) === null) throw wrongUsage(`${name} takes a load like sip88xx.11-3-2MPP0001-609, not ${JSON.stringify(text)}.`);
  return version;
}

function readFault(text: string): Fault {
  if (!isFault(text)) throw wrongUsage(`--fault ${text} is not one of ${FAULTS.join(', ')}.`);
  return text;
}
