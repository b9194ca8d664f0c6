import type { Mac } from '../../common/values/mac.ts';
import type { PhoneEvent } from '../../main/simulator/events.ts';

/** What phones did with firmware, as they tell it themselves. */
export interface FleetWatch {
  readonly log: (event: PhoneEvent) => void;
  /** Whole files with another hash than was added, one line each. */
  readonly wrong: readonly string[];
  /** Bytes of whole images. */
  readonly bytes: number;
  /** Whole images. */
  readonly images: number;
  /** Lists that were asked for. */
  readonly tries: number;
  /** Milliseconds since 1970 of a phone's first request for a list. */
  readonly began: ReadonlyMap<Mac, number>;
  /** Whole files by name that phones asked for after that moment (milliseconds since 1970): what was sent before lies in buffers. */
  gotSince(moment: number): ReadonlyMap<string, number>;
}

const FIRMWARE = /\/([^/?]+\.(?:loads|sbn))(?:\?.*)?$/;

/** @param hashes SHA-256 of every file that was added, by name */
export function watchFleet(hashes: ReadonlyMap<string, string>): FleetWatch {
  const wrong: string[] = [];
  const began = new Map<Mac, number>();
  const got: { readonly name: string; readonly asked: number }[] = [];
  let [bytes, images, tries] = [0, 0, 0];
  return {
    wrong, began,
    get bytes() { return bytes; },
    get images() { return images; },
    get tries() { return tries; },
    gotSince: (moment) => {
      const since = new Map<string, number>();
      for (const { name, asked } of got) if (asked >= moment) since.set(name, (since.get(name) ?? 0) + 1);
      return since;
    },
    log: (event) => {
      if (event.kind === 'upgrade-asked') {
        tries += 1;
        if (!began.has(event.mac)) began.set(event.mac, event.at);
      }
      const [, name] = event.kind === 'got' ? (FIRMWARE.exec(event.url) ?? []) : [];
      if (event.kind !== 'got' || name === undefined) return;
      got.push({ name, asked: event.at - event.tookMs });
      if (hashes.get(name) !== event.sha256) wrong.push(`${event.mac} got ${name} with ${event.bytes} bytes and hash ${event.sha256}`);
      if (name.endsWith('.loads')) return;
      images += 1;
      bytes += event.bytes;
    },
  };
}
