import { EventPublisher, ORPCError, type implement } from '@orpc/server';
import type { contract } from '../../../common/contract/contract.ts';
import type { FirmwareView } from '../../../common/contract/views/firmware.ts';
import type { PhoneView, Upgrade } from '../../../common/contract/views/phone.ts';
import type { WaveEvent, WavesView } from '../../../common/contract/views/wave.ts';
import type { AddReport, FirmwareFile, FirmwareLoad, FirmwarePath, Predicted } from '../../../common/values/firmware.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { spokenName, type Model } from '../../../common/values/model.ts';
import type { Wave, WavePhone } from '../../../common/values/wave.ts';

type Os = ReturnType<typeof implement<typeof contract>>;

interface Drawn {
  readonly name: string;
  readonly models: string;
  readonly mb: number;
  readonly images: readonly string[];
  readonly missing?: string;
}

/** The catalogue of the drawing. */
const DRAWN: readonly Drawn[] = [
  { name: 'sip88xx.12-0-7MPP0201-66', models: '8811 8841 8851 8861', mb: 200, images: ['kern288xx', 'rootfs288xx', 'sboot288xx', 'sb2288xx', 'fbi288xx', 'vc488xx'] },
  { name: 'sip88xx.11-3-1MSR3-4', models: '8811 8841 8851 8861', mb: 106, images: ['kern288xx', 'rootfs288xx', 'sboot288xx', 'sb2288xx', 'fbi288xx', 'vc488xx'] },
  { name: 'sip78xx.12-0-7MPP0201-66', models: '7811 7821 7841 7861', mb: 52, images: ['kern78xx', 'rootfs78xx', 'sboot78xx', 'sb278xx'] },
  { name: 'sip78xx.11-3-1MSR3-4', models: '7811 7821 7841 7861', mb: 31, images: ['kern78xx', 'rootfs78xx', 'sboot78xx', 'sb278xx'] },
  { name: 'sip68xx.12-0-7MPP0201-66', models: '6841 6851 6861 6871', mb: 118, images: ['kern68xx', 'rootfs68xx', 'sboot68xx', 'dsp68xx'], missing: 'kern68xx' },
  { name: 'sip68xx.11-3-1MSR3-4', models: '6841 6851 6861 6871', mb: 106, images: ['kern68xx', 'rootfs68xx', 'sboot68xx', 'dsp68xx'] },
  { name: 'sip98xx.3-2-1', models: '9841 9851 9861', mb: 164, images: ['kern98xx', 'rootfs98xx', 'sboot98xx'] },
];
/** What a service release may carry behind its version. */
const LONG_SUFFIX = '-BT-ES-2026-11-22-hotfix-for-one-hospital-and-its-eleven-outlying-clinics';
/** The phone that `long` shows between two images: nothing moves. */
const BETWEEN_FILES = 39;
const started = Date.now();
const LEFT_MIN = 20;

/** `drawn` shows the catalogue and the wave of the drawing, `long` the same with names as long as they get and a phone between two images, `large` a wave over every phone. */
export type FirmwareKind = 'none' | 'drawn' | 'long' | 'large';

/** Firmware of the made-up host. */
export function madeUpFirmware(os: Os, kind: FirmwareKind, phones: () => readonly PhoneView[]) {
  let loads: readonly FirmwareLoad[] = kind === 'none' ? [] : DRAWN.map(loadOf);
  let waves: readonly Wave[] = kind === 'none' ? [] : wavesOf(phones(), kind);
  const events = new EventPublisher<{ wave: WaveEvent }>();
  const view = (): WavesView => ({ now: Date.now(), room: roomOf(waves), waves, last: kind === 'none' ? null : { target: 'sip88xx.11-3-1MSR3-4.loads', said: at(14, 31), ended: at(14, 33) } });
  const tell = (changed: (phone: WavePhone) => WavePhone | null): number => {
    const deltas: { wave: number; phone: WavePhone }[] = [];
    waves = waves.map((wave) => ({
      ...wave,
      phones: wave.phones.map((phone) => {
        const next = changed(phone);
        if (next) deltas.push({ wave: wave.id, phone: next });
        return next ?? phone;
      }),
    }));
    const { now, room, last } = view();
    events.publish('wave', { kind: 'delta', now, room, last, waves: waves.map(({ phones: _, ...head }) => head), phones: deltas, removed: [] });
    return deltas.length;
  };
  const open = ({ state }: WavePhone) => state === 'queued' || state === 'told' || state === 'loading' || state === 'writing';
  const setState = (state: Wave['state']) => { waves = waves.map((wave) => ({ ...wave, state, endedAt: state === 'ended' ? Date.now() : null })); };
  const add = (names: readonly string[]): AddReport => ({
    files: names.map((path) => {
      const name = path.split('/').at(-1) ?? path;
      const verdict = /broken/.test(name) ? 'refused' as const : /\.(?:zip|loads|sbn)$/.test(name) ? 'added' as const : 'skipped' as const;
      return { name, verdict, bytes: 1_200_000, failure: verdict === 'refused' ? { code: 'firmware.zip-damaged', params: { file: name, cause: 'end of central directory record not found' } } : null };
    }),
    loads: [],
  });
  if (kind === 'large') {
    setInterval(() => tell((phone) => (phone.state === 'loading' ? { ...phone, ...moved(phone) } : null)), 250).unref();
  }
  return {
    upgrade: (mac: Mac): Upgrade | null => upgradeOf(waves.filter(({ state }) => state !== 'ended').flatMap((wave) => wave.phones).find((phone) => phone.mac === mac)),
    takeUpload: (name: string) => {
      const report = add([name]);
      if (report.files[0]?.verdict === 'added' && loads.length === 0) loads = DRAWN.slice(0, 2).map(loadOf);
      return report;
    },
    firmware: {
      view: os.firmware.view.handler((): FirmwareView => ({ loads, loose: [], bytes: loads.reduce((sum, { bytes }) => sum + bytes, 0), progress: null })),
      add: os.firmware.add.handler(({ input }) => add(input.paths)),
      plan: os.firmware.plan.handler(({ input }) => planOf(input, loads, phones())),
      verify: os.firmware.verify.handler(() => []),
      remove: os.firmware.remove.handler(({ input }) => {
        const load = loads.find(({ name }) => name === input.name);
        if (load && load.usedBy.length > 0) throw new ORPCError('CONFLICT', { message: 'in use', data: { code: 'firmware.in-use', params: { name: input.name, by: load.usedBy.join(', ') } } });
        loads = loads.filter(({ name }) => name !== input.name);
        return { removed: [input.name] };
      }),
      push: os.firmware.push.handler(({ input }) => {
        const plan = planOf(input, loads, phones());
        return {
          wave: 9,
          queued: plan.paths.filter(({ problem, hops }) => problem === null && hops.length > 0).flatMap((path) => path.phones),
          there: plan.paths.filter(({ problem, hops }) => problem === null && hops.length === 0).flatMap((path) => path.phones),
          out: plan.paths.flatMap(({ problem, phones: macs }) => (problem ? macs.map((mac) => ({ mac, problem })) : [])),
        };
      }),
      waves: os.firmware.waves.handler(view),
      watch: os.firmware.watch.handler(async function* ({ signal }) {
        const stream = events.subscribe('wave', signal ? { signal } : {});
        yield { kind: 'snapshot', view: view() } as WaveEvent;
        yield* stream;
      }),
      pause: os.firmware.pause.handler(({ input }) => {
        if (input.mac === null) setState('paused');
        return { changed: tell((phone) => (open(phone) && (input.mac === null || phone.mac === input.mac) ? { ...phone, paused: true } : null)) };
      }),
      resume: os.firmware.resume.handler(({ input }) => {
        if (input.mac === null) setState('running');
        return { changed: tell((phone) => (phone.paused && (input.mac === null || phone.mac === input.mac) ? { ...phone, paused: false } : null)) };
      }),
      cancel: os.firmware.cancel.handler(({ input }) => {
        if (input.mac === null) setState('ended');
        return { changed: tell((phone) => ((open(phone) || phone.state === 'held') && (input.mac === null || phone.mac === input.mac) ? { ...phone, state: 'cancelled', file: null, percent: null, rate: 0, endsAt: null, problem: null } : null)) };
      }),
      release: os.firmware.release.handler(({ input }) => ({ changed: tell((phone) => (phone.mac === input.mac && phone.state === 'held' ? { ...phone, state: 'queued', rounds: 0, problem: null } : null)) })),
    },
  };
}

function loadOf({ name, models, mb, images, missing }: Drawn): FirmwareLoad {
  const [family = '', version = ''] = name.split('.');
  const siblings = images.map((image) => `${image}.${version}.sbn`);
  const lacking = siblings.filter((sibling) => missing !== undefined && sibling.startsWith(missing));
  const file = (file: string, bytes: number): FirmwareFile => ({ name: file, bytes, sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', addedAt: started, state: 'present' });
  return {
    name: `${name}.loads`, family, version, models: models.split(' ') as unknown as readonly Model[], siblings, missing: lacking,
    files: [file(`${name}.loads`, 1_240), ...siblings.filter((sibling) => !lacking.includes(sibling)).map((sibling) => file(sibling, Math.round((mb * 1e6) / images.length)))],
    bytes: mb * 1_000_000, complete: lacking.length === 0, usedBy: name.startsWith('sip88xx.12') ? ['saint-roch-all'] : [],
  };
}

const WAYS: Readonly<Record<string, readonly string[]>> = {
  '88': ['sip88xx.11-3-1MSR3-4.loads', 'sip88xx.12-0-7MPP0201-66.loads'],
  '78': ['sip78xx.11-3-1MSR3-4.loads', 'sip78xx.12-0-7MPP0201-66.loads'],
  '68': ['sip68xx.11-3-1MSR3-4.loads'],
  '98': ['sip98xx.3-2-1.loads'],
};

function wavesOf(phones: readonly PhoneView[], kind: FirmwareKind): readonly Wave[] {
  const groups = Map.groupBy(phones.filter(({ model }) => model !== null), ({ model }) => spokenName(model as Model).slice(0, 2));
  return [...groups].flatMap(([family, members], index): Wave[] => {
    const hops = WAYS[family] ?? [];
    const rows = members.flatMap((phone) => rowOf(phone, hops, kind) ?? []);
    if (rows.length === 0) return [];
    return [{
      id: index + 1, family: `sip${family}xx`, target: hops.at(-1) ?? '', state: 'running', startedAt: started - 900_000, endedAt: null,
      prediction: { endsAt: started + LEFT_MIN * 60_000, within: 180_000 }, firstPrediction: null, phones: rows,
    }];
  });
}

function rowOf(phone: PhoneView, hops: readonly string[], kind: FirmwareKind): WavePhone | null {
  const large = kind === 'large';
  const suffix = kind === 'long' ? LONG_SUFFIX : '';
  const slot = (((phone.number ?? 1) - 1) % 48) + 1;
  const base: WavePhone = { mac: phone.mac, state: 'queued', paused: false, from: '11.0.1', hops, stage: 1, file: null, percent: null, rate: 0, endsAt: null, rounds: 0, problem: null, since: started - slot * 1000 };
  if (phone.face === 'writing') {
    const percent = phone.moving?.percent ?? 0;
    const stage = slot < 33 ? hops.length : 1;
    const load = hops[stage - 1] ?? '';
    if (kind === 'long' && slot === BETWEEN_FILES) return { ...base, state: 'loading', stage, percent, endsAt: started + slot * 24_000 };
    return { ...base, state: 'loading', stage, percent, rate: 5_100_000 + slot * 60_000, endsAt: started + slot * 24_000, file: { name: load.replace(/^sip(\w+)\.(.*)\.loads$/, slot % 2 ? `kern$1.$2${suffix}.sbn` : `rootfs$1.$2${suffix}.sbn`), bytes: percent * 448_000, total: 44_800_000, number: 2, of: 7 } };
  }
  if (slot === 23) return { ...base, state: 'held', stage: hops.length, rounds: 3, problem: { code: 'wave.loop-same-version', params: { version: '11.3.1', load: hops.at(-1) ?? '' } } };
  if (slot === 40 || (large && phone.face === 'working')) return { ...base, endsAt: started + 15 * 60_000 };
  if (large && phone.face === 'done') return { ...base, state: 'done', stage: hops.length, percent: 100 };
  return null;
}

function moved(phone: WavePhone): Partial<WavePhone> {
  const percent = ((phone.percent ?? 0) + 0.7) % 100;
  return { percent, rate: (phone.rate ?? 0) + 1000, file: phone.file && { ...phone.file, bytes: Math.round(percent * 448_000) } };
}

function roomOf(waves: readonly Wave[]) {
  const loading = waves.flatMap(({ phones }) => phones).filter(({ state }) => state === 'loading');
  return { rate: Math.min(117_000_000, loading.reduce((sum, { rate }) => sum + (rate ?? 0), 0)), capacity: 117_600_000, loading: loading.length, places: loading.length };
}

function upgradeOf(phone: WavePhone | undefined): Upgrade | null {
  if (!phone) return null;
  const { state, paused, stage, percent, rate, endsAt, file, hops } = phone;
  return { state, paused, stage, percent, rate, endsAt, file, stages: hops.length, to: hops.at(-1)?.replace(/^[^.]+\.|\.loads$/g, '') ?? '' };
}

interface Ask {
  readonly target: string;
  readonly through: readonly string[];
  readonly scope: string;
  readonly allowDowngrade: boolean;
}

function planOf(ask: Ask, loads: readonly FirmwareLoad[], phones: readonly PhoneView[]) {
  const target = loads.find(({ name }) => name === ask.target);
  if (!target) throw new ORPCError('NOT_FOUND', { message: 'unknown', data: { code: 'firmware.unknown', params: { name: ask.target } } });
  const hops = loads.filter(({ name }) => ask.through.includes(name));
  const within = phones.filter(({ model, mac, enrolled }) => enrolled && model !== null && target.models.some((each) => each === spokenName(model)) && (ask.scope === '*' || ask.scope === mac || ask.scope === model));
  const groups = Map.groupBy(within, ({ model, firmware }) => `${model ?? ''} ${firmware ?? ''}`);
  const paths = [...groups.values()].map((members): FirmwarePath => {
    const from = members[0]?.firmware ?? null;
    const newer = from === '12.0.7' && target.version.startsWith('11');
    const there = from === '12.0.7' && target.version.startsWith('12');
    const step = (load: FirmwareLoad, role: 'hop' | 'target') => ({ load: load.name, version: load.version, bytes: load.bytes, role, ...aboutFor(load.bytes), problem: load.missing.length > 0 ? { code: 'firmware.sibling-missing', params: { name: load.name, missing: load.missing.join(', ') } } : null });
    const hopsHere = there || (newer && !ask.allowDowngrade) ? [] : [...hops.map((hop) => step(hop, 'hop')), step(target, 'target')];
    return {
      ...aboutFor(...hopsHere.map(({ bytes }) => bytes)),
      family: target.family, models: members[0]?.model ? [members[0].model] : [], phones: members.map(({ mac }) => mac), from,
      hops: hopsHere,
      problem: newer && !ask.allowDowngrade ? { code: 'firmware.downgrade', params: { version: from, target: target.version } } : null,
    };
  });
  const rule = [...hops, target].map(({ family, version, name }) => `( $SWVER lt ${family}.${version} )? http://10.20.0.1/${name}`).join(' | ');
  const problems = target.missing.length > 0 ? [{ code: 'firmware.sibling-missing', params: { name: target.name, missing: target.missing.join(', ') } }] : [];
  const going = paths.flatMap((path) => (path.problem ? [] : path.phones.map(() => path.predictedSeconds ?? 0)));
  return { predictedSeconds: going.reduce((sum, seconds) => sum + seconds, 0) / 4, predictedFrom: FROM, family: target.family, target: target.name, paths, rule: problems.length > 0 ? null : rule, problems };
}

const FROM = 'measured' as const;

/** A minute and a half for the flash and the restart of each load, and 5 MB a second. */
function aboutFor(...bytes: readonly number[]): Predicted {
  return bytes.length === 0 ? {} : { predictedSeconds: bytes.reduce((sum, each) => sum + 90 + each / 5e6, 0), predictedFrom: FROM };
}

function at(hour: number, minute: number): number {
  return new Date(started).setHours(hour, minute, 0, 0);
}
