import { macWithColons, type Mac } from '../../../common/values/mac.ts';
import { shortName, type Model } from '../../../common/values/model.ts';
import type { RuleFacts } from '../../../common/values/rule.ts';
import type { Device } from '../../domain/device/device.ts';
import { effective, readDocument } from '../../domain/profile/document/document.ts';
import { MASK } from '../../domain/profile/secrets.ts';

export interface FactSources {
  /** Where a rule without a server goes: this bench's address. */
  readonly server: string;
  readonly now: number;
  /** Masked profiles that the phone holds, the later one wins: what it was served, what it said. */
  readonly profiles: readonly string[];
}

/** A factory-fresh 8841 just after power-up. The MAC is that of the guide's example. */
export function factoryFacts(server: string, now: number): RuleFacts {
  const mac = '00562b043615' as Mac;
  const model = 'CP-8841-3PCC' as Model;
  return {
    macros: { ...identity(mac, model), SN: 'FCH2443D9R4', SWVER: 'sip88xx.11-3-1MPP-110', HWVER: '2.0.1', CCERT: 'Installed', PRVST: '0', UPGST: '1', ISCUST: '0' },
    secrets: {}, server, ikm: false, timing: {}, failures: 0, now,
  };
}

/** What this bench knows of a phone. Values that it keeps covered are left out: the debugger then says that they lack. */
export function factsOf(device: Device, { server, now, profiles }: FactSources): RuleFacts {
  const held = new Map<string, string>();
  for (const text of profiles) {
    for (const [name, { value }] of effective(readDocument(text))) held.set(name, value);
  }
  const known = Array.from(held).filter(([, value]) => !value.includes(MASK));
  const registers = known.flatMap(([name, value]) => {
    const letter = /^GPP_([A-P])$/.exec(name)?.[1];
    return letter === undefined ? [] : [[letter, value] as const];
  });
  const facts = { SN: device.serial, SWVER: device.firmware, IP: device.ip };
  return {
    macros: {
      ...identity(device.mac, device.model),
      ...Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, NonNullable<typeof entry[1]>] => entry[1] !== null)),
      PRVST: '0', UPGST: '1',
      ...Object.fromEntries(registers),
    },
    secrets: {},
    server,
    ikm: held.has('IKM_HTTP_Encrypt_Content'),
    timing: Object.fromEntries(known.filter(([name]) => /^Resync_|_Retry_Delay$/.test(name))),
    failures: device.attention?.code === 'phone.resync-failed' ? 1 : 0,
    now,
  };
}

function identity(mac: Mac, model: Model | null): Readonly<Record<string, string>> {
  return { MA: mac, MAU: mac.toUpperCase(), MAC: macWithColons(mac), ...(model === null ? {} : { PN: model, PSN: shortName(model) }) };
}
