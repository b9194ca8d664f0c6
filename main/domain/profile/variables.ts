import type { Device } from '../device/device.ts';
import { AUTHORITY_PATH } from '../../../common/values/bench-names.ts';
import { macWithColons } from '../../../common/values/mac.ts';
import { shortName } from '../../../common/values/model.ts';

/** What a template may say of this bench. Every address is derived from the picked card, never from a wildcard. */
export interface BenchFacts {
  readonly address: string;
  /** `http://10.20.0.1` without a trailing slash, null while that server does not run. */
  readonly http: string | null;
  readonly https: string | null;
  /** `http://10.20.0.1/ca.pem`, the value of `Custom_CA_Rule`; null while there is no authority or nothing serves it. */
  readonly ca: string | null;
  /** `tftp://10.20.0.1`. */
  readonly tftp: string | null;
  /** `10.20.0.1:514`, the spelling of `Syslog_Server`. */
  readonly syslog: string | null;
  readonly ntp: string | null;
}

/** What each phone brings; null where it is not known yet. */
const OF_PHONE: Readonly<Record<string, (device: Device) => string | null>> = {
  mac: ({ mac }) => mac,
  mac_upper: ({ mac }) => mac.toUpperCase(),
  mac_colons: ({ mac }) => macWithColons(mac),
  model: ({ model }) => model,
  model_short: ({ model }) => model && shortName(model),
  serial: ({ serial }) => serial,
  name: ({ name }) => name,
  number: ({ number }) => (number === null ? null : String(number)),
  ip: ({ ip }) => ip,
};

/** What the bench says of itself. */
const OF_BENCH: Readonly<Record<string, (bench: BenchFacts) => string | null>> = {
  bench_address: ({ address }) => address,
  bench_http: ({ http }) => http,
  bench_https: ({ https }) => https,
  bench_ca: ({ ca }) => ca,
  bench_tftp: ({ tftp }) => tftp,
  // A phone that speaks to a syslog server which does not listen loses nothing; a profile that cannot be filled would.
  bench_syslog: ({ address, syslog }) => syslog ?? `${address}:514`,
  bench_ntp: ({ ntp }) => ntp,
};

/** Keys that the bench hands to a phone by a first-touch profile: the passphrase of --key, and IKM_HTTP_Encrypt_Content. */
const KEY_VARIABLES = ['key', 'ikm'] as const;

/** Holds a phone's Upgrade_Rule while it is its turn in a wave. */
export const RULE_VARIABLE = 'bench_upgrade_rule';

/** What the bench fills for every phone sooner or later, whatever its list says. A name only a list or a person can give. */
export const FILLED_BY_BENCH: readonly string[] = [...Object.keys(OF_PHONE).filter((name) => name !== 'name'), ...Object.keys(OF_BENCH), RULE_VARIABLE, ...KEY_VARIABLES];

/** Places whose emptiness says something: no rule means that it is not this phone's turn. Every other place must have a value. */
export function mayBeEmpty(name: string): boolean {
  return name.toLowerCase() === RULE_VARIABLE;
}

/**
 * Names that every template can use, for the phones that have them: a fact that is not known is absent, so that filling
 * fails and names it. The list's own columns come on top.
 */
export function templateVariables(device: Device, bench: BenchFacts, upgradeRule = ''): Readonly<Record<string, string>> {
  return { ...builtinVariables(device, bench, upgradeRule), ...device.variables };
}

/** @param upgradeRule what a wave gives this phone now; empty while it is not its turn, and then the phone loads nothing */
export function builtinVariables(device: Device, bench: BenchFacts, upgradeRule = ''): Readonly<Record<string, string>> {
  return { ...phoneVariables(device), ...benchVariables(bench), [RULE_VARIABLE]: upgradeRule };
}

export function phoneVariables(device: Device): Readonly<Record<string, string>> {
  return known(OF_PHONE, device);
}

export function benchVariables(bench: BenchFacts): Readonly<Record<string, string>> {
  return known(OF_BENCH, bench);
}

/** A bench at this address whose servers all listen on their usual ports. */
export function usualBench(address: string): BenchFacts {
  return {
    address,
    http: `http://${address}`,
    https: `https://${address}`,
    ca: `http://${address}${AUTHORITY_PATH}`,
    tftp: `tftp://${address}`,
    syslog: `${address}:514`,
    ntp: address,
  };
}

function known<Facts>(readers: Readonly<Record<string, (facts: Facts) => string | null>>, facts: Facts): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(readers).flatMap(([name, read]) => {
    const value = read(facts);
    return value === null ? [] : [[name, value] as const];
  }));
}
