import type { Mac } from '../../../common/values/mac.ts';
import type { Device } from '../../domain/device/device.ts';
import { enrol, newDevice, type ListRow } from '../../domain/device/enrol.ts';
import type { Store } from '../../store/store.ts';
import type { Register } from './register.ts';

/** Takes phones in and out of the workspace. What was taken in is on disk before the answer. */
export interface Roll {
  /** Enrols every listed phone; those that are known keep their number and their way. */
  take(listed: readonly ListRow[]): Promise<void>;
  /** Enrols by MAC alone; returns how many were not enrolled before. */
  enrol(macs: readonly Mac[]): Promise<number>;
  /** Enrols one phone that asks right now (`--adopt all`); written behind, many at once in one commit. */
  adopt(mac: Mac): Device;
  /** Resolves once everybody who was adopted is on disk. */
  flush(): Promise<void>;
  remove(macs: readonly Mac[]): Promise<number>;
}

export interface RollNeeds {
  readonly store: Store;
  readonly register: Register;
  now(): number;
  trouble(cause: unknown): void;
}

/** Five hundred phones that power on together share a few commits: leases wait behind none of them for long. */
const GATHER_MS = 10;
const RETRY_MS = 1000;

export function createRoll({ store, register, now, trouble }: RollNeeds): Roll {
  let adopted: Mac[] = [];
  let timer: NodeJS.Timeout | null = null;
  let closing = false;

  return {
    take: (listed) => write(listed.map((row) => enrolled(row, 'list'))),
    enrol: async (macs) => {
      const fresh = [...new Set(macs)].filter((mac) => !register.get(mac)?.enrolled);
      await write(fresh.map((mac) => enrolled(byMacAlone(mac), 'typed')));
      return fresh.length;
    },
    adopt: (mac) => {
      const device = enrolled(byMacAlone(mac), 'typed');
      register.put(device);
      adopted.push(mac);
      timer ??= setTimeout(() => void writeAdopted(), GATHER_MS);
      return device;
    },
    flush: async () => {
      closing = true;
      await writeAdopted();
    },
    remove: async (macs) => {
      const known = macs.filter((mac) => register.get(mac));
      const removed = await store.phones.remove(known);
      for (const mac of known) register.remove(mac);
      return removed;
    },
  };

  async function writeAdopted(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const macs = adopted;
    adopted = [];
    // As they are by now: a list may have named them, or a person removed them, meanwhile.
    const batch = macs.flatMap((mac) => register.get(mac) ?? []);
    if (batch.length === 0) return;
    await store.phones.enrol(batch).catch((cause: unknown) => {
      trouble(cause);
      // They were served as enrolled phones: they go to disk once it takes something.
      adopted = [...macs, ...adopted];
      if (!closing) timer ??= setTimeout(() => void writeAdopted(), RETRY_MS);
    });
  }

  function enrolled(row: ListRow, origin: 'list' | 'typed'): Device {
    const device = register.get(row.mac) ?? newDevice(row.mac, now(), null);
    return enrol(device, row, now(), device.number ?? register.nextNumber(), origin);
  }

  /**
   * The register first, so that whatever is seen of these phones meanwhile is folded onto the enrolled ones, and a second
   * list at the same time gives no second number; taken back when the disk refuses.
   */
  async function write(devices: readonly Device[]): Promise<void> {
    if (devices.length === 0) return;
    const before = devices.map(({ mac }) => register.get(mac));
    for (const device of devices) register.put(device);
    try {
      await store.phones.enrol(devices);
    } catch (cause) {
      for (const [index, { mac }] of devices.entries()) {
        const old = before[index];
        if (old) register.put(old);
        else register.remove(mac);
      }
      throw cause;
    }
  }
}

function byMacAlone(mac: Mac): ListRow {
  return { mac, model: null, serial: null, name: null, variables: {} };
}
