import type { Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import type { Serial } from '../../../common/values/serial.ts';
import type { Device } from './device.ts';

/** What a list or a person says of a phone. A variable with an empty text is one that the phone shall no longer have. */
export interface ListRow {
  readonly mac: Mac;
  readonly model: Model | null;
  readonly serial: Serial | null;
  readonly name: string | null;
  readonly variables: Readonly<Record<string, string>>;
}

/** A phone that is expected and not heard yet. `number` is its order of arrival, null for a stranger. */
export function newDevice(mac: Mac, now: number, number: number | null, origin: 'list' | 'typed' | null = null): Device {
  return {
    mac,
    number,
    enrolled: number !== null,
    model: null,
    serial: null,
    name: null,
    variables: {},
    ip: null,
    firmware: null,
    vendorClass: null,
    stage: 'expected',
    stages: { expected: { at: now, lines: 0 } },
    askingSince: null,
    attention: null,
    heardAt: null,
    servedSha256: null,
    wantedLoad: null,
    origins: origin === null ? {} : { mac: [origin] },
  };
}

/** A device that showed itself and that nobody enrolled. */
export function stranger(mac: Mac, now: number): Device {
  return newDevice(mac, now, null);
}

/**
 * Takes a row of a list (or a typed MAC) into the record. What the row leaves out stays as it was. A stranger keeps what
 * the wire has shown of it; a phone whose plan changes starts a new round, because what it holds is not the plan any more.
 * @param number given to the phone only if it has none yet
 */
export function enrol(device: Device, row: ListRow, now: number, number: number, origin: 'list' | 'typed' = 'list'): Device {
  const planned = {
    model: row.model ?? device.model,
    serial: row.serial ?? device.serial,
    name: row.name ?? device.name,
    variables: mergeVariables(device.variables, row.variables),
  };
  const origins = addOrigins(device.origins, origin, {
    mac: row.mac, model: row.model, serial: row.serial, name: row.name,
  });
  const enrolled: Device = { ...device, ...planned, origins, enrolled: true, number: device.number ?? number };
  return device.enrolled && changesPlan(device, planned) ? newPlan(enrolled, now) : enrolled;
}

/** A new round: another template or other variables. The phone's identity and address stay known. */
export function newPlan(device: Device, now: number): Device {
  return {
    ...device,
    stage: 'expected',
    stages: { expected: { at: now, lines: 0 } },
    askingSince: null,
    attention: null,
    servedSha256: null,
    wantedLoad: null,
  };
}

/** Adds a source to every fact that has a value; the newest source stands last. */
export function addOrigins(
  origins: Device['origins'],
  from: string,
  facts: Readonly<Record<string, string | null>>,
): Device['origins'] {
  const added = Object.entries(facts).filter(([kind, value]) => value !== null && !origins[kind]?.includes(from));
  if (added.length === 0) return origins;
  return { ...origins, ...Object.fromEntries(added.map(([kind]) => [kind, [...(origins[kind] ?? []), from]])) };
}

function mergeVariables(before: Device['variables'], given: ListRow['variables']): Device['variables'] {
  const merged = Object.entries({ ...before, ...given }).filter(([, value]) => value !== '');
  return Object.fromEntries(merged);
}

function changesPlan(before: Device, after: Pick<Device, 'model' | 'serial' | 'name' | 'variables'>): boolean {
  const names = new Set([...Object.keys(before.variables), ...Object.keys(after.variables)]);
  return (
    before.model !== after.model ||
    before.serial !== after.serial ||
    before.name !== after.name ||
    Array.from(names).some((name) => before.variables[name] !== after.variables[name])
  );
}
