import type { Device } from '../device/device.ts';
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

/**
 * Names that every template can use, for the phones that have them: a fact that is not known is absent, so that filling
 * fails and names it. The list's own columns come on top.
 */
export function templateVariables(device: Device, bench: BenchFacts): Readonly<Record<string, string>> {
  return { ...builtinVariables(device, bench), ...device.variables };
}

export function builtinVariables(device: Device, bench: BenchFacts): Readonly<Record<string, string>> {
  const facts: Readonly<Record<string, string | null>> = {
    mac: device.mac,
    mac_upper: device.mac.toUpperCase(),
    mac_colons: macWithColons(device.mac),
    model: device.model,
    model_short: device.model && shortName(device.model),
    serial: device.serial,
    name: device.name,
    number: device.number === null ? null : String(device.number),
    ip: device.ip,
    bench_address: bench.address,
    bench_http: bench.http,
    bench_https: bench.https,
    bench_ca: bench.ca,
    bench_tftp: bench.tftp,
    // A phone that speaks to a syslog server which does not listen loses nothing; a profile that cannot be filled would.
    bench_syslog: bench.syslog ?? `${bench.address}:514`,
    bench_ntp: bench.ntp,
  };
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== null));
}

