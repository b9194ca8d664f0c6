import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';
import { parsePhoneLine } from '../../../common/values/phone-line.ts';
import type { Movement, WaveInput } from '../../domain/firmware/wave/events.ts';
import type { Signs } from '../../domain/identify/signs.ts';
import type { Exchange } from '../state/exchanges.ts';

/** One observation that was attributed to an enrolled phone, with the transfer that it belongs to. */
export interface SeenOfPhone {
  readonly mac: Mac;
  readonly observation: Observation;
  readonly signs: Signs;
  readonly exchange: Exchange | undefined;
}

/** What an observation means for waves: the version first, since it decides what everything else belongs to. */
export function waveInputs({ mac, observation, signs, exchange }: SeenOfPhone): readonly WaveInput[] {
  const { outcome, server } = observation;
  const inputs: WaveInput[] = [];
  if (signs.firmware !== null) inputs.push({ kind: 'shown', mac, version: signs.firmware });
  if (server === 'dhcp' && isPowerUp(observation)) inputs.push({ kind: 'powered', mac });
  if (exchange?.profile && outcome.kind === 'delivered') inputs.push({ kind: 'profile', mac, load: exchange.profile.load });
  if (exchange?.file !== undefined) inputs.push(...ofFirmware(exchange.file, mac, observation));
  if (server === 'syslog') inputs.push(...ofLine(mac, observation.facts.text ?? ''));
  return inputs;
}

/** Phones that an input speaks of; empty for what concerns all. */
export function macsOf(input: WaveInput): readonly Mac[] {
  switch (input.kind) {
    case 'moved':
      return input.movements.map(({ mac }) => mac);
    case 'asked':
    case 'given':
    case 'broken':
      return [input.movement.mac];
    case 'push':
      return input.wave.members.map(({ mac }) => mac);
    case 'shown':
    case 'powered':
    case 'profile':
    case 'said':
    case 'ordered':
    case 'release':
    case 'fetching':
    case 'refused':
      return [input.mac];
    default:
      return [];
  }
}

function ofFirmware(file: string, mac: Mac, { outcome, exchange = '' }: Observation): readonly WaveInput[] {
  const movement = (bytes: number, total: number | null): Movement => ({ mac, exchange, file, bytes, total });
  // A part of a file (206) is told by its bytes as well: a phone that resumes takes the rest of the same file.
  if (outcome.kind === 'delivered') return [{ kind: 'given', movement: movement(outcome.bytes, outcome.bytes) }];
  if (outcome.kind === 'broken') return [{ kind: 'broken', movement: movement(outcome.bytes, null), code: outcome.code }];
  return [];
}

function ofLine(mac: Mac, text: string): readonly WaveInput[] {
  const line = parsePhoneLine(text);
  if (line?.what !== 'upgrade' || line.outcome === 'requesting') return [];
  return [{ kind: 'said', mac, outcome: line.outcome === 'successful' ? 'upgraded' : 'failed', error: line.error?.slice(0, 200) ?? null }];
}

function isPowerUp({ asked, detail }: Observation): boolean {
  return asked === 'DISCOVER' || (asked === 'REQUEST' && detail?.['phase'] === 'init-reboot');
}
