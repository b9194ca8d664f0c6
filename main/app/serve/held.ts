import type { Result } from '../../../common/values/failure.ts';
import type { Device } from '../../domain/device/device.ts';

/** What is kept filled, phones' whole configurations of 0.2 MB included: beyond it the longest unasked is filled anew. */
const MOST_HELD_BYTES = 64_000_000;

interface Sized {
  readonly bytes: Uint8Array;
}

/** Values and their object beside the bytes. */
const BESIDE = 2_000;

/** Filled profiles by phone and template, until the phone's own facts change. */
export interface Held<T extends Sized> {
  get(device: Device, template: string, fill: () => Result<T>): Result<T>;
  forget(device: Pick<Device, 'mac'>, template: string): void;
  clear(): void;
}

export function createHeld<T extends Sized>(): Held<T> {
  /** Longest unasked first. */
  const held = new Map<string, { readonly device: Device; readonly result: Result<T> }>();
  let heldBytes = 0;
  return {
    get: (device, template, fill) => {
      const key = `${device.mac} ${template}`;
      const known = held.get(key);
      drop(key);
      const result = known && sameForTemplate(known.device, device) ? known.result : fill();
      held.set(key, { device, result });
      heldBytes += sizeOf(result);
      for (const oldest of held.keys()) {
        if (heldBytes <= MOST_HELD_BYTES || oldest === key) break;
        drop(oldest);
      }
      return result;
    },
    forget: ({ mac }, template) => drop(`${mac} ${template}`),
    clear: () => {
      held.clear();
      heldBytes = 0;
    },
  };

  function drop(key: string): void {
    const known = held.get(key);
    if (!known) return;
    held.delete(key);
    heldBytes -= sizeOf(known.result);
  }
}

function sizeOf(result: Result<Sized>): number {
  return result.ok ? result.value.bytes.length + BESIDE : 0;
}

/** Only what a template can name: a phone that moves from stage to stage keeps its rendered profile. */
function sameForTemplate(one: Device, other: Device): boolean {
  return (
    one.variables === other.variables && one.model === other.model && one.serial === other.serial &&
    one.name === other.name && one.number === other.number && one.ip === other.ip
  );
}
