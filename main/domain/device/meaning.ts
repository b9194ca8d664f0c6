import { parseIpv4, type Ipv4 } from '../../../common/values/ip.ts';
import type { Failure } from '../../../common/values/failure.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';
import { parsePhoneLine } from '../../../common/values/phone-line.ts';
import { resolveName } from '../files/resolve.ts';
import type { Signs } from '../identify/signs.ts';

/** One observation that was attributed to a phone, with what only the application knows of it. */
export interface SeenRow {
  readonly observation: Observation;
  readonly mac: Mac;
  readonly signs: Signs;
  /** Set when what was delivered is this phone's own profile; `load` is the firmware file that it asks for. */
  readonly profile?: { readonly sha256: string; readonly load: string | null };
  /** Set when the phone sent its whole configuration: how many parameters are not what it was served. */
  readonly report?: { readonly differences: number };
  /** Why the phone's profile could not be given, with the params of its sentence. */
  readonly failure?: Failure;
}

/** What an observation proves of a phone. */
export type Meaning =
  | { readonly kind: 'powered-up' }
  /** `boot`: the phone asked to keep its address right after power-up (INIT-REBOOT, RFC 2131 §4.3.2). */
  | { readonly kind: 'addressed'; readonly ip: Ipv4 | null; readonly boot: boolean }
  | { readonly kind: 'profile'; readonly sha256: string; readonly load: string | null }
  | { readonly kind: 'firmware' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'resynced' }
  | { readonly kind: 'upgraded' }
  /** The phone's own word of what it holds. */
  | { readonly kind: 'reported'; readonly differences: number }
  | { readonly kind: 'trouble'; readonly code: string; readonly params: Failure['params'] }
  | { readonly kind: 'sign-of-life' };

const ALIVE: Meaning = { kind: 'sign-of-life' };
/** The `.loads` list and the images it names (8851: rootfs, kernel, boot loader as `.sbn`). */
const FIRMWARE = /\.(?:loads|sbn|bin|zup)$/i;
/** Ends of a transfer that are the phone's own or the cable's. What the bench itself ended (a stop, a changed file) is not its trouble. */
const PHONE_STOPPED = /^(?:tftp\.(?:never-answered|silent|large-blocks-lost|aborted)|http\.(?:gone|stalled|timeout))$/;
/** A client that only asks for the size (TFTP tsize) hangs up before the first byte, on purpose. */
const HUNG_UP = /^(?:tftp\.aborted|http\.gone)$/;
/** Refusals that a person must mend before this phone can go on. */
const NEEDS_A_HAND = /^(?:profile\.|file\.enterprise-load$|file\.other-phone$|tls\.(?!timeout$|garbage$|gone$|left$|plain-http$))/;

/** Reads the meaning of one observation. Only what the wire proves counts: a transfer that merely began proves nothing. */
export function readMeaning(row: SeenRow): Meaning {
  const { server } = row.observation;
  if (server === 'dhcp') return readDhcp(row.observation);
  if (server === 'syslog') return readLine(row.observation.facts.text ?? '');
  if (server === 'tftp' || server === 'http' || server === 'https') return readTransfer(row);
  return ALIVE;
}

/** The last part of a path without its query, for sentences. */
export function fileOf(path: string): string {
  return path.replace(/[?#].*$/s, '').split(/[/\\]/).findLast((part) => part !== '') ?? '/';
}

function readDhcp({ asked, outcome, detail }: Observation): Meaning {
  const boot = asked === 'REQUEST' && detail?.['phase'] === 'init-reboot';
  if (outcome.kind !== 'answered' || outcome.answer !== 'ACK') return asked === 'DISCOVER' || boot ? { kind: 'powered-up' } : ALIVE;
  const told = detail?.['ip'];
  return { kind: 'addressed', ip: typeof told === 'string' ? parseIpv4(told) : null, boot };
}

function readLine(text: string): Meaning {
  const line = parsePhoneLine(text);
  if (!line) return ALIVE;
  if (line.outcome === 'successful') return { kind: line.what === 'resync' ? 'resynced' : 'upgraded' };
  if (line.outcome === 'requesting') return ALIVE;
  const code = line.what === 'resync' ? 'phone.resync-failed' : 'phone.upgrade-failed';
  return { kind: 'trouble', code, params: { error: (line.error ?? '').slice(0, 200) || '-' } };
}

function readTransfer({ observation, profile, failure, report }: SeenRow): Meaning {
  const { outcome, facts, asked } = observation;
  const path = facts.path ?? '/';
  switch (outcome.kind) {
    case 'delivered':
      if (asked === 'HEAD' || outcome.answer === '206' || !outcome.confirmed) return ALIVE;
      if (profile) return { kind: 'profile', sha256: profile.sha256, load: profile.load };
      return FIRMWARE.test(fileOf(path)) ? { kind: 'firmware' } : { kind: 'file', file: fileOf(path) };
    case 'received':
      return report ? { kind: 'reported', differences: report.differences } : ALIVE;
    case 'broken':
      return PHONE_STOPPED.test(outcome.code) && (outcome.bytes > 0 || !HUNG_UP.test(outcome.code))
        ? { kind: 'trouble', code: 'phone.transfer-broken', params: { file: fileOf(path) } }
        : ALIVE;
    case 'refused':
      return readRefusal(observation, outcome.code, path, failure);
    default:
      return ALIVE;
  }
}

function readRefusal(observation: Observation, code: string, path: string, failure: Failure | undefined): Meaning {
  if (failure) return { kind: 'trouble', code: failure.code, params: failure.params };
  const name = resolveName(path);
  if (name.kind === 'enterprise') return { kind: 'trouble', code: 'file.enterprise-load', params: { file: name.file } };
  if (!NEEDS_A_HAND.test(code)) return ALIVE;
  const params = Object.entries(observation.detail ?? {}).filter(
    (entry): entry is [string, string | number] => typeof entry[1] !== 'boolean',
  );
  return { kind: 'trouble', code, params: { file: fileOf(path), ...Object.fromEntries(params) } };
}
