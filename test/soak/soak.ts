import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { WavesView } from '../../common/contract/views/wave.ts';
import type { Ipv4 } from '../../common/values/ip.ts';
import type { Mac } from '../../common/values/mac.ts';
import { countWave, type WaveCounts } from '../../common/values/wave.ts';
import { startFleet, type Fleet } from '../../main/simulator/fleet.ts';
import { dialbench } from '../support/bench-process.ts';
import { startSoakBench, type SoakBench } from './bench.ts';
import { complaintOf, endsOf, isOver, type PhoneEnd, type Scene } from './judge.ts';
import { templates } from './profiles.ts';
import { HOP, isHealthy, rolesOf, TARGET, TORN, WAYS, type Role, type Way } from './roles.ts';
import { watchFleet, type FleetWatch } from './watch.ts';

export interface SoakOptions {
  readonly phones: number;
  /** Millions of bytes of each load; one list and four images. */
  readonly megabytes: number;
  readonly seed: number;
  /** The wave has that long; what is not settled then is a complaint. */
  readonly minutes: number;
  /** Milliseconds between two reports. */
  readonly every: number;
  readonly report: (now: SoakReport) => void;
  readonly signal?: AbortSignal;
}

export interface SoakReport {
  readonly seconds: number;
  /** What the soak does to the bench now. */
  readonly act: string;
  readonly counts: WaveCounts;
  /** Phones that load at this moment, and the places that the bench gives. */
  readonly loading: number;
  readonly places: number;
  /** Bytes a second, as the bench measures them. */
  readonly rate: number;
  readonly memory: number | null;
}

export interface SoakResult {
  readonly seconds: number;
  readonly ends: readonly PhoneEnd[];
  /** Everything that is not as it must be; empty when the soak is passed. */
  readonly complaints: readonly string[];
  readonly mostLoading: number;
  /** Most memory of the bench's process, bytes; null where the system does not tell. */
  readonly peak: number | null;
  /** Memory when every server stood and no phone was there. */
  readonly atRest: number | null;
  readonly cpuMs: number | null;
  readonly bytes: number;
  readonly images: number;
  readonly tries: number;
  readonly rows: number;
  /** What happened when, seconds since the first phone. */
  readonly acts: readonly string[];
}

const PACE = 100;
const STAGGER_MS = 10;
const HTTP_PORT = 80;
/** A look costs the bench a view of every phone, and is no part of what is measured: rarely. */
const LOOK_MS = 2_000;
/** A load stays damaged while phones that load by themselves ask for it three times and more. */
const DAMAGED_MS = 12_000;
const PAUSED_MS = 2_500;

/** Why the soak cannot run on this machine; null when it can. */
export async function soakRefused(): Promise<string | null> {
  // Other systems have 127.0.0.1 alone, and tell no memory of a process.
  if (process.platform !== 'linux') return 'each phone needs a loopback address of its own, which only Linux has';
  const server = createServer();
  const error = await new Promise<Error | null>((resolve) => {
    server.once('error', resolve);
    server.listen(HTTP_PORT, '127.20.0.1', () => resolve(null));
  });
  await new Promise((resolve) => server.close(resolve));
  return error && `a phone's web page cannot be opened at 127.20.0.1 port ${HTTP_PORT}: ${error.message}`;
}

/** Leads a fleet through two hops, does everything to it that a bad day does, and tells how each phone ended. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const folder = await mkdtemp(join(tmpdir(), 'dialbench-soak-'));
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    return await new Soak(options, folder, stops).run();
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

class Soak {
  private readonly options: SoakOptions;
  private readonly folder: string;
  private readonly stops: (() => Promise<unknown>)[];
  private readonly roles: readonly Role[];
  private readonly complaints: string[] = [];
  private readonly acts: string[] = [];
  private readonly fleets: Fleet[] = [];
  private act = 'plugging in';
  private mostLoading = 0;
  private startedAt = performance.now();
  private reportedAt = 0;

  constructor(options: SoakOptions, folder: string, stops: (() => Promise<unknown>)[]) {
    this.options = options;
    this.folder = folder;
    this.stops = stops;
    this.roles = rolesOf(options.phones, options.seed);
  }

  async run(): Promise<SoakResult> {
    const hashes = await this.makeLoads();
    const watch = watchFleet(hashes);
    await mkdir(this.at('bench'));
    const bench = await startSoakBench(this.at('bench'));
    this.stops.push(() => bench.stop());
    await this.prepare(bench);
    const atRest = bench.memory();
    this.startedAt = performance.now();
    this.plugIn(bench, watch);
    await this.push(bench);
    await this.until(bench, 0.15);
    await this.pauseAll(bench, watch);
    await this.until(bench, 0.3);
    await this.killAndDamage(bench, watch);
    const scene = await this.until(bench, 1);
    const seconds = (performance.now() - this.startedAt) / 1000;
    const ends = endsOf(scene);
    for (const end of ends) {
      const complaint = complaintOf(end);
      this.complainOf(complaint && `${complaint}\n    ${this.stepsOf(end)}`);
    }
    for (const line of watch.wrong) this.complainOf(`wrong bytes: ${line}`);
    for (const wave of scene.waves.waves) if (wave.state !== 'ended') this.complainOf(`the wave to ${wave.target} has not ended`);
    const verdict = await bench.client.evidence.verify();
    if (verdict.brokenAt !== null) this.complainOf(`the evidence breaks at row ${verdict.brokenAt}`);
    if (bench.trouble().trim() !== '') this.complainOf(`the bench said: ${bench.trouble().trim().slice(0, 2000)}`);
    const { peak } = bench;
    return {
      seconds, ends, complaints: this.complaints, mostLoading: this.mostLoading, peak, atRest, cpuMs: bench.cpuMs(),
      bytes: watch.bytes, images: watch.images, tries: watch.tries, rows: verdict.rows, acts: this.acts,
    };
  }

  private at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** What the phone did last, for whoever reads the complaint. */
  private stepsOf({ role }: PhoneEnd): string {
    const phone = this.fleets.flatMap(({ phones }) => phones).find((each) => each.state().mac === role.identity.mac);
    return (phone?.events ?? []).slice(-12).map((event) => {
      const more = 'error' in event ? ` ${event.error}` : 'url' in event && event.url !== null ? ` ${event.url.split('/').at(-1) ?? ''}` : '';
      return `-${((Date.now() - event.at) / 1000).toFixed(1)}s ${event.kind}${more}`;
    }).join(', ');
  }

  private complainOf(text: string | null): void {
    if (text !== null) this.complaints.push(text);
  }

  private did(what: string): void {
    this.act = what;
    this.acts.push(`${((performance.now() - this.startedAt) / 1000).toFixed(1)} s: ${what}`);
  }

  /** @returns SHA-256 of each file, by name */
  private async makeLoads(): Promise<ReadonlyMap<string, string>> {
    for (const load of [HOP, TARGET, TORN]) {
      const made = await dialbench('firmware', 'make-sample', this.at('samples'), '--load', `${load}.loads`, '--mb', load === TORN ? '0.1' : String(this.options.megabytes));
      if (made.code !== 0) throw new Error(`the loads could not be made: ${made.stderr}`);
    }
    await rm(this.at('samples', imageOf('kern2', TORN)));
    const hashes = new Map<string, string>();
    for (const name of await readdir(this.at('samples'))) hashes.set(name, await sha256Of(this.at('samples', name)));
    return hashes;
  }

  private async prepare({ client }: SoakBench): Promise<void> {
    const added = await client.firmware.add({ paths: [this.at('samples')], replace: false });
    const refused = added.files.filter(({ failure }) => failure !== null);
    if (refused.length > 0) throw new Error(`the catalogue refused ${JSON.stringify(refused)}`);
    const list = ['mac,model', ...this.roles.map(({ identity }) => `${identity.mac},${identity.model}`)].join('\n');
    const report = await client.imports.take({ text: list });
    if (JSON.stringify(report).includes('"rejected":[{')) throw new Error(`the list was not taken: ${JSON.stringify(report).slice(0, 500)}`);
    for (const template of templates()) await client.profiles.add(template);
  }

  private plugIn({ ports }: SoakBench, watch: FleetWatch): void {
    for (const way of Object.keys(WAYS) as Way[]) {
      const roles = this.roles.filter((role) => role.way === way);
      if (roles.length === 0) continue;
      const fleet = startFleet({
        count: roles.length, source: 'dhcp', pace: PACE, leases: 'bench', staggerMs: STAGGER_MS, seed: this.options.seed,
        server: {
          address: '127.0.0.1' as Ipv4, dhcpPort: ports.dhcp, tftpPort: ports.tftp, httpPort: ports.http, httpsPort: ports.https, syslogPort: ports.syslog, dnsPort: ports.dns,
        },
        identity: (born, index) => roles[index]?.identity ?? born,
        faults: (index) => [roles[index]?.fault ?? []].flat(),
        own: (index) => ({ tftpWindow: roles[index]?.window ?? 1 }),
        ...(way === 'wave' || way === 'torn' ? { web: HTTP_PORT } : {}),
        log: watch.log,
      });
      this.fleets.push(fleet);
      this.stops.push(() => fleet.stop());
    }
  }

  private async push({ client }: SoakBench): Promise<void> {
    await this.waitFor(() => this.fleets.reduce((sum, { phones }) => sum + phones.length, 0) >= this.roles.length / 2, 60_000);
    this.did('push');
    const pushed = await client.firmware.push({ target: `${TARGET}.loads`, through: [`${HOP}.loads`], scope: '*', allowDowngrade: false, template: 'wave' });
    const led = this.roles.filter(({ way }) => way === 'wave' || way === 'tftp' || way === 'https').length;
    if (pushed.queued.length + pushed.there.length !== led) this.complainOf(`${pushed.queued.length} of ${led} phones were queued`);
    const wrong = this.roles.find(({ way }) => way === 'wrongFamily');
    const torn = this.roles.find(({ way }) => way === 'torn');
    const refused = wrong && await client.firmware.push({ target: `${TARGET}.loads`, through: [], scope: wrong.identity.mac, allowDowngrade: false });
    if (refused?.out[0]?.problem.code !== 'firmware.wrong-family') this.complainOf(`a phone of another family was let in: ${JSON.stringify(refused)}`);
    const answer = torn && await client.firmware.push({ target: `${TORN}.loads`, through: [], scope: torn.identity.mac, allowDowngrade: false, template: 'torn' })
      .then((report) => JSON.stringify(report), (error: unknown) => (error instanceof Error ? error.message : String(error)));
    const missing = sentence('firmware.sibling-missing', { name: `${TORN}.loads`, missing: imageOf('kern2', TORN) });
    if (answer?.includes(missing) !== true) this.complainOf(`a load without one of its files was pushed: ${String(answer)}`);
  }

  /** Nobody who has not begun may begin; what loads ends in peace. */
  private async pauseAll({ client }: SoakBench, watch: FleetWatch): Promise<void> {
    this.did('pause');
    await client.firmware.pause({ mac: null });
    // What had its order in hand already may still ask.
    await wait(1_000);
    const before = Date.now();
    await wait(PAUSED_MS);
    const led = new Map(this.roles.flatMap(({ identity, way }) => (way === 'wave' ? [[identity.mac, true] as const] : [])));
    const late = [...watch.began].filter(([mac, at]) => led.has(mac) && at > before);
    if (late.length > 0) this.complainOf(`${late.length} phones began while the wave was paused: ${late.slice(0, 5).map(([mac]) => mac).join(', ')}`);
    const { waves } = await client.firmware.waves();
    if (waves.some(({ state }) => state === 'running')) this.complainOf('the wave runs on after a pause');
    this.did('resume');
    await client.firmware.resume({ mac: null });
  }

  /** kill -9, a file of the target's load cut short meanwhile, and mended in the running bench. */
  private async killAndDamage(bench: SoakBench, watch: FleetWatch): Promise<void> {
    this.did('kill -9');
    await bench.kill();
    const name = imageOf('rootfs2', TARGET);
    const file = this.at('bench', 'firmware', name);
    const { size } = await stat(file);
    await truncate(file, Math.floor(size / 2));
    await wait(1_000);
    const damagedAt = Date.now();
    await bench.restart();
    this.did('started again, a file of the target damaged');
    const until = performance.now() + DAMAGED_MS;
    while (performance.now() < until) {
      const { waves } = await this.look(bench);
      const told = waves.flatMap(({ phones }) => phones).filter(({ state, stage, hops }) => state === 'told' && hops[stage - 1] === `${TARGET}.loads`);
      if (told.length > 0) this.complainOf(`${told.length} phones were told a damaged load: ${told.slice(0, 3).map(({ mac }) => mac).join(', ')}`);
      await wait(LOOK_MS);
    }
    const given = watch.gotSince(damagedAt);
    for (const each of [name, `${TARGET}.loads`]) if ((given.get(each) ?? 0) > 0) this.complainOf(`${given.get(each) ?? 0} phones got ${each} while the load was damaged`);
    const mended = await bench.client.firmware.add({ paths: [this.at('samples')], replace: false });
    const load = mended.loads.find((each) => each.name === `${TARGET}.loads`);
    if (load?.complete !== true) this.complainOf(`the load is not whole after it was added again: ${JSON.stringify(load)}`);
    this.did('mended');
  }

  /** Until that share of the healthy phones is done; 1 waits until every phone is settled. */
  private async until(bench: SoakBench, share: number): Promise<Scene> {
    const healthy = this.roles.filter(isHealthy).length;
    const deadline = this.startedAt + this.options.minutes * 60_000;
    for (;;) {
      const waves = await this.look(bench);
      const runs = this.runs();
      const isLate = performance.now() > deadline || this.options.signal?.aborted === true;
      const done = this.roles.filter((role) => isHealthy(role) && runs.get(role.identity.mac) === TARGET).length;
      if (isLate || (share < 1 ? done >= healthy * share : waves.waves.every(({ state }) => state === 'ended'))) {
        const scene = { roles: this.roles, runs, waves, bench: await bench.client.bench.view() };
        if (share < 1 || isLate || endsOf(scene).every(isOver)) return scene;
      }
      await wait(share < 1 ? LOOK_MS / 4 : LOOK_MS);
    }
  }

  /** What each phone runs, by itself. */
  private runs(): ReadonlyMap<Mac, string> {
    return new Map(this.fleets.flatMap(({ phones }) => phones.map((phone) => { const { mac, firmware } = phone.state(); return [mac, firmware] as const; })));
  }

  private async look({ client, memory }: SoakBench): Promise<WavesView> {
    const waves = await client.firmware.waves();
    const held = memory();
    this.mostLoading = Math.max(this.mostLoading, waves.room.loading);
    const seconds = (performance.now() - this.startedAt) / 1000;
    if (performance.now() - this.reportedAt >= this.options.every) {
      this.reportedAt = performance.now();
      const counts = countWave(waves.waves.flatMap(({ phones }) => phones));
      this.options.report({ seconds, act: this.act, counts, loading: waves.room.loading, places: waves.room.places, rate: waves.room.rate ?? 0, memory: held });
    }
    return waves;
  }

  private async waitFor(isTrue: () => boolean, limitMs: number): Promise<void> {
    const end = performance.now() + limitMs;
    while (!isTrue() && performance.now() < end) await wait(50);
  }
}

/** `sip88xx.12-0-7MPP0201-66` has `kern288xx.12-0-7MPP0201-66.sbn`. */
function imageOf(kind: string, load: string): string {
  return `${kind}${load.replace(/^sip/, '')}.sbn`;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part as Buffer);
  return hash.digest('hex');
}
