import type { Moving } from '../../../common/contract/views/phone.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Serial } from '../../../common/values/serial.ts';
import type { Device } from '../../domain/device/device.ts';

/** Every known phone in memory, with the look-ups that a packet needs. The store holds the same on disk. */
export interface Register {
  get(mac: Mac): Device | undefined;
  all(): readonly Device[];
  put(device: Device): void;
  remove(mac: Mac): void;
  /** Phones that were last seen with this address. More than one identifies nobody. */
  byAddress(address: string): readonly Mac[];
  bySerial(serial: Serial): Mac | null;
  size(): number;
  /** How many of them nobody enrolled. */
  strangers(): number;
  /** The number for the next phone that arrives; numbers are never given twice. */
  nextNumber(): number;
  moving(mac: Mac): Moving | null;
  setMoving(mac: Mac, exchange: string, moving: Moving | null): void;
  onChange(listener: (mac: Mac) => void): void;
}

/** @param lastNumber the highest number that was ever given in this workspace */
export function createRegister(lastNumber: number): Register {
  const devices = new Map<Mac, Device>();
  const addresses = new Map<string, Set<Mac>>();
  const serials = new Map<string, Mac>();
  const transfers = new Map<Mac, Map<string, Moving>>();
  const listeners: ((mac: Mac) => void)[] = [];
  let highest = lastNumber;
  let strangers = 0;
  const changed = (mac: Mac): void => {
    for (const listener of listeners) listener(mac);
  };

  return {
    get: (mac) => devices.get(mac),
    all: () => [...devices.values()],
    put: (device) => {
      const before = devices.get(device.mac);
      if (before === device) return;
      devices.set(device.mac, device);
      strangers += Number(!device.enrolled) - Number(before?.enrolled === false);
      if (before?.ip !== device.ip) moveAddress(device.mac, before?.ip ?? null, device.ip);
      if (before?.serial !== device.serial) forgetSerial(before);
      if (device.serial) serials.set(device.serial, device.mac);
      highest = Math.max(highest, device.number ?? 0);
      changed(device.mac);
    },
    remove: (mac) => {
      const device = devices.get(mac);
      if (!device) return;
      devices.delete(mac);
      strangers -= Number(!device.enrolled);
      transfers.delete(mac);
      moveAddress(mac, device.ip, null);
      forgetSerial(device);
      changed(mac);
    },
    byAddress: (address) => [...(addresses.get(address) ?? [])],
    bySerial: (serial) => serials.get(serial) ?? null,
    size: () => devices.size,
    strangers: () => strangers,
    nextNumber: () => {
      highest += 1;
      return highest;
    },
    moving: (mac) => [...(transfers.get(mac)?.values() ?? [])].at(-1) ?? null,
    setMoving: (mac, exchange, moving) => {
      const held = transfers.get(mac) ?? new Map<string, Moving>();
      if (moving) held.set(exchange, moving);
      else held.delete(exchange);
      if (held.size > 0) transfers.set(mac, held);
      else transfers.delete(mac);
      changed(mac);
    },
    onChange: (listener) => void listeners.push(listener),
  };

  /** A number that another phone has named since stays that phone's. */
  function forgetSerial(device: Device | undefined): void {
    if (device?.serial && serials.get(device.serial) === device.mac) serials.delete(device.serial);
  }

  function moveAddress(mac: Mac, from: string | null, to: string | null): void {
    if (from !== null) {
      const held = addresses.get(from);
      held?.delete(mac);
      if (held?.size === 0) addresses.delete(from);
    }
    if (to !== null) addresses.set(to, (addresses.get(to) ?? new Set<Mac>()).add(mac));
  }
}
