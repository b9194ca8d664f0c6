import type { Mac } from '../../../common/values/mac.ts';
import type { Observation } from '../../../common/values/observation.ts';
import { stranger } from '../../domain/device/enrol.ts';
import type { Device } from '../../domain/device/device.ts';
import { observe } from '../../domain/device/observe.ts';
import type { EvidenceRow, NewEvidence } from '../../domain/evidence/row.ts';
import { withoutSecrets } from '../../domain/evidence/without-secrets.ts';
import { identify, type Directory } from '../../domain/identify/identify.ts';
import type { Signs } from '../../domain/identify/signs.ts';
import type { Store } from '../../store/store.ts';
import type { SeenOfPhone } from '../firmware/wave-signs.ts';
import type { Exchanges } from './exchanges.ts';
import type { Register } from './register.ts';

/** Turns what the servers saw into evidence and into phones that move on. */
export interface Recorder {
  observe(observation: Observation): void;
  /** Puts phones that a person's change touched; they are written with the next batch. */
  put(devices: readonly Device[]): void;
  /** Resolves once everything observed so far is on disk, or the disk has refused it three times in a row. */
  flush(): Promise<void>;
}

export interface RecorderNeeds {
  readonly store: Store;
  readonly register: Register;
  readonly exchanges: Exchanges;
  readonly directory: Directory;
  /** True when unknown phones are taken in by themselves (`--adopt all`). */
  adoptsAll(): boolean;
  adopt(mac: Mac): Device;
  /** An observation of an enrolled phone, with the transfer that it belongs to. */
  seen(seen: SeenOfPhone): void;
  recorded(rows: readonly EvidenceRow[]): void;
  /** The store refused a batch: it is kept and tried again. */
  trouble(cause: unknown): void;
  /** A row was not written down: too many wait already. */
  lost(): void;
  now(): number;
}

/** Evidence gathers this long before it goes to the store in one batch. */
const GATHER_MS = 20;
const RETRY_MS = 1000;
/** A bench that stops tries a full disk so often; it must end all the same. */
const LAST_TRIES = 3;
/** Rows that wait for a disk which takes nothing, some 60 MB; phones are served on, and what comes then is counted as lost. */
const MOST_WAITING = 100_000;
const SAME_AGAIN_MS = 60_000;
/** Rows in one batch, so that a backlog after a stall does not become one giant transaction. */
const BATCH = 2000;
/** Made-up MACs cost a sender nothing: beyond this many, what is not enrolled is evidence alone. */
const MOST_STRANGERS = 1000;

export function createRecorder(needs: RecorderNeeds): Recorder {
  let rows: NewEvidence[] = [];
  let changed = new Map<Mac, Device>();
  const served = new Map<string, { readonly sha256: string; readonly at: number }>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let failures = 0;

  return {
    observe: (heard) => {
      const { mac, signs } = identify(heard, needs.directory);
      // Before anything is kept or shown: a phone's trouble is told in words of its line.
      const { observation } = withoutSecrets({ observation: heard, mac });
      if (mac) fold(mac, observation, signs);
      if (rows.length < MOST_WAITING) rows.push({ observation, mac });
      else needs.lost();
      if (observation.exchange !== undefined && isOver(observation)) needs.exchanges.close(observation.exchange);
      timer ??= setTimeout(write, GATHER_MS);
    },
    put: (devices) => {
      for (const device of devices) {
        needs.register.put(device);
        changed.set(device.mac, device);
      }
      timer ??= setTimeout(write, GATHER_MS);
    },
    flush: async () => {
      await writing;
      for (failures = 0; failures < LAST_TRIES && (rows.length > 0 || changed.size > 0); ) {
        if (failures > 0) await pause();
        write();
        await writing;
      }
      // Nothing tries again behind it: a timer would hold the process.
      disarm();
    },
  };

  function fold(mac: Mac, observation: Observation, signs: Signs): void {
    const device = needs.register.get(mac) ?? newcomer(mac, observation, signs);
    if (!device) return;
    const exchange = observation.exchange === undefined ? undefined : needs.exchanges.get(observation.exchange);
    const profile = exchange?.profile ?? null;
    const seen = {
      observation, mac, signs,
      ...(profile ? { profile } : {}),
      ...(exchange?.failure ? { failure: exchange.failure } : {}),
      ...(exchange?.report ? { report: exchange.report } : {}),
    };
    const { device: next } = observe(device, seen, needs.now());
    if (profile && observation.outcome.kind === 'delivered') keepServed(mac, profile, observation.at);
    needs.register.put(next);
    changed.set(mac, next);
    if (next.enrolled) needs.seen({ mac, observation, signs, exchange });
  }

  /** An office PC that asks for an address is evidence, but no phone of this bench. */
  function newcomer(mac: Mac, observation: Observation, signs: Signs): Device | null {
    const phoneLike = signs.vendor === 'mpp' || signs.vendor === 'enterprise' || signs.vendor === 'ata' || observation.server !== 'dhcp';
    if (!phoneLike || needs.register.strangers() >= MOST_STRANGERS) return null;
    return needs.adoptsAll() && signs.vendor !== 'enterprise' ? needs.adopt(mac) : stranger(mac, needs.now());
  }

  /** The same bytes again within a minute are not written again: a phone that repeats itself costs no copy each time. */
  function keepServed(mac: Mac, profile: { readonly template: string; readonly sha256: string; readonly masked: string }, at: number): void {
    const { template, sha256 } = profile;
    const key = `${mac} ${template}`;
    const last = served.get(key);
    if (last?.sha256 === sha256 && at - last.at < SAME_AGAIN_MS) return;
    served.set(key, { sha256, at });
    needs.store.served.put({ mac, template, sha256, masked: profile.masked, at }).catch(needs.trouble);
  }

  function disarm(): void {
    if (timer) clearTimeout(timer);
    timer = null;
  }

  function pause(): Promise<void> {
    disarm();
    return new Promise((done) => {
      timer = setTimeout(done, RETRY_MS);
    });
  }

  function write(): void {
    disarm();
    if (rows.length === 0 && changed.size === 0) return;
    writing = writing.then(writeBatch);
  }

  async function writeBatch(): Promise<void> {
    const batch = rows.slice(0, BATCH);
    if (batch.length === 0 && changed.size === 0) return;
    const devices = changed;
    rows = rows.slice(BATCH);
    changed = new Map();
    try {
      needs.recorded(await needs.store.evidence.append(batch, [...devices.values()]));
    } catch (cause) {
      failures += 1;
      needs.trouble(cause);
      rows = [...batch, ...rows];
      changed = new Map([...devices, ...changed]);
      timer ??= setTimeout(write, RETRY_MS);
      return;
    }
    if (rows.length > 0) timer ??= setTimeout(write, 0);
  }
}

function isOver({ outcome }: Observation): boolean {
  return outcome.kind !== 'started';
}
