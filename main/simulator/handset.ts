import { setTimeout as wait } from 'node:timers/promises';
import type { Ipv4 } from '../../common/values/ip.ts';
import type { RuleFacts } from '../../common/values/rule.ts';
import { expandMacros } from '../domain/rule/macros.ts';
import { factoryConfiguration, valueOf } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import type { PhoneStep, ResyncReason } from './events.ts';
import type { Fault } from './faults.ts';
import type { IkmForm } from '../../common/values/protection.ts';
import type { PhoneIdentity } from './identity.ts';
import { macroValues, userAgent } from './macro-values.ts';
import type { MacroValues, RequestPlace } from './macro-values.ts';
import type { PhoneOptions } from './options.ts';
import type { TlsSide } from './trust.ts';
import type { FailedUpgrade } from './upgrade-retry.ts';

/** Longest time of setTimeout, some 24 days. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** The two partitions that firmware lies in. */
export interface Flash {
  /** `sip88xx.11-3-2MPP0001-609` */
  readonly running: string;
  /** The load of the other partition, which a rule gets without a download; null where nothing whole lies there. */
  readonly inactive: string | null;
}

/** What outlives a boot. */
export type KeptHandset = Pick<Handset, 'configuration' | 'authority' | 'ikmForm' | 'flash' | 'faults'>;

/** What one powered phone holds while it runs; each boot makes a new one, only what lies in its flash is kept. */
export interface Handset {
  readonly options: PhoneOptions;
  /** Aborted when the power goes. */
  readonly power: AbortSignal;
  configuration: Configuration;
  ip: Ipv4 | null;
  /** Text of the DHCP option that names the server; null when none did. */
  serverText: string | null;
  /** Name server that it was told: of the bench, or none. */
  nameServer: { readonly address: Ipv4; readonly port: number } | null;
  /** Host names that were resolved, lower case. */
  readonly names: Map<string, Ipv4>;
  /** The authority of `Custom_CA_Rule` with the rule that it came by; survives a loss of power. */
  authority: { readonly rule: string; readonly pem: string } | null;
  /** The text form of IKM_HTTP_Encrypt_Content that opened a profile. */
  ikmForm: IkmForm | null;
  flash: Flash;
  /** The upgrade that failed last since it has power. */
  failedUpgrade: FailedUpgrade | null;
  /** `$UPGERR` and, by performance.now(), when that upgrade ended. */
  lastUpgrade: { readonly error: string; readonly at: number } | null;
  /** When the last successful resync ended, by performance.now(). */
  resyncedAt: number | null;
  /** Faults that have not struck yet. */
  readonly faults: Set<Fault>;
  note(step: PhoneStep): void;
}

export function makeHandset(
  options: PhoneOptions, power: AbortSignal, note: (step: PhoneStep) => void, kept?: KeptHandset,
): Handset {
  return {
    options, power, note,
    configuration: kept?.configuration ?? factoryConfiguration(),
    ip: null,
    serverText: null,
    nameServer: null,
    names: new Map(),
    authority: kept?.authority ?? null,
    ikmForm: kept?.ikmForm ?? null,
    flash: kept?.flash ?? { running: options.firmware, inactive: null },
    failedUpgrade: null,
    lastUpgrade: null,
    resyncedAt: null,
    faults: kept?.faults ?? new Set(options.faults),
  };
}

/** Macros filled for this phone, as of now. */
export function expand(
  handset: Handset, text: string, reason: ResyncReason, request?: RequestPlace, error?: string,
): string {
  return fill(text, valuesOf(handset, reason, request, error));
}

/** What this phone knows when it reads a rule. */
export function factsOf(handset: Handset, reason: ResyncReason): RuleFacts {
  const { configuration } = handset;
  return {
    macros: valuesOf(handset, reason),
    secrets: Object.fromEntries(['SA', 'SB', 'SC', 'SD'].map((name) => [name, valueOf(configuration, `GPP_${name}`)])),
    server: handset.serverText,
    ikm: valueOf(configuration, 'IKM_HTTP_Encrypt_Content') !== '',
    timing: { HTTP_Report_Method: valueOf(configuration, 'HTTP_Report_Method') },
    failures: 0,
    now: Date.now(),
  };
}

/** What the phone is now: born as its options say, with the load of today. */
function identityOf({ options, flash }: Handset): PhoneIdentity {
  return { mac: options.mac, model: options.model, serial: options.serial, firmware: flash.running };
}

/** The phone's seconds since a moment of performance.now(). */
function secondsSince({ options }: Handset, moment: number | null): number {
  return moment === null ? 0 : ((performance.now() - moment) / 1000) * options.pace;
}

function valuesOf(handset: Handset, reason: ResyncReason, request?: RequestPlace, error?: string): MacroValues {
  const { lastUpgrade } = handset;
  return macroValues({
    identity: identityOf(handset),
    configuration: handset.configuration,
    ip: handset.ip ?? '',
    reason,
    secondsSinceResync: secondsSince(handset, handset.resyncedAt),
    upgrade: { retry: handset.failedUpgrade !== null, error: lastUpgrade?.error ?? '', secondsSince: secondsSince(handset, lastUpgrade?.at ?? null) },
    ...(request ? { request } : {}),
    ...(error === undefined ? {} : { error }),
  });
}

/** Secret registers are filled by the rule alone, behind --key, --uid and --pwd. */
function fill(text: string, values: MacroValues): string {
  return expandMacros(text, { macros: values, secrets: {} }, { secretsAllowed: false }).text;
}

export function agentOf(handset: Handset): string {
  const values = valuesOf(handset, 'power-up');
  return userAgent(identityOf(handset), valueOf(handset.configuration, 'HTTP_User_Agent_Name'), (text, more) =>
    fill(text, { ...values, ...more }),
  );
}

/** What this phone brings to a TLS handshake now. */
export function tlsSide({ options, authority }: Handset): TlsSide {
  return { authority: authority?.pem ?? null, clock: options.clock ?? Date.now, identity: options.certificate ?? null };
}

/** Waits that many of the phone's seconds. @returns false when the power went meanwhile. */
export async function rest(handset: Pick<Handset, 'options' | 'power'>, seconds: number, signal = handset.power): Promise<boolean> {
  const ms = Math.min(LONGEST_WAIT_MS, Math.max(0, (seconds * 1000) / handset.options.pace));
  try {
    await wait(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}

/** Resolves when the power goes. */
export function unplugged({ power }: Pick<Handset, 'power'>): Promise<void> {
  if (power.aborted) return Promise.resolve();
  return new Promise((resolve) => power.addEventListener('abort', () => resolve(), { once: true }));
}
