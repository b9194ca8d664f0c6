import type { WavesView } from '../../../common/contract/views/wave.ts';
import type { Attention } from '../../../common/values/attention.ts';
import { done } from '../../../common/values/failure.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { problemOf } from '../../domain/firmware/plan.ts';
import type { WaveEffect, WaveInput } from '../../domain/firmware/wave/events.ts';
import {
  changedPhones, judgeRequest, openWaves, predictPlan, ruleFor, saveWaves, stepWaves, viewPhone, viewWaves, WAVE_SETTINGS, type SavedWaves,
} from '../../domain/firmware/wave/waves.ts';
import { preparePush } from './push.ts';
import { createErrands } from './errands.ts';
import { createWaveKeeper } from './wave-keeper.ts';
import { createWaveFeed } from './wave-feed.ts';
import type { WaveNeeds, Waves } from './wave-needs.ts';
import { macsOf } from './wave-signs.ts';

const SETTING = 'waves';
const BEAT_MS = 5_000;
/** A beat that comes this late: the computer slept. */
const SLEPT_MS = 20_000;
/** At once: a wave of hundreds must not open hundreds of connections. */
const MOST_ERRANDS = 16;

export async function openWaveDesk(needs: WaveNeeds): Promise<Waves> {
  const { store, register, catalogue, now } = needs;
  const saved = (await store.settings.get(SETTING)) as SavedWaves | undefined;
  const waves = openWaves(WAVE_SETTINGS, saved ?? null, now());
  const feed = createWaveFeed(view, () => changedPhones(waves));
  /** Of phones in no wave: what a wave says of its own is asked when it is shown. */
  const attentions = new Map<Mac, Attention>(
    (saved?.phones ?? []).flatMap(({ mac, held }): [Mac, Attention][] => (held ? [[mac, { ...held.problem, since: now() }]] : [])),
  );
  const versions = new Map<Mac, string>();
  const looking = new Set<Mac>();
  const problems = new Map<string, string>();
  const orders = createErrands(MOST_ERRANDS, order);
  const looks = createErrands(MOST_ERRANDS, look);
  const ended = new AbortController();
  let wake: NodeJS.Timeout | null = null;
  const keeper = createWaveKeeper(() => store.settings.put(SETTING, saveWaves(waves)), needs.trouble);
  let lastBeat = now();
  let serial = Math.max(0, ...viewWaves(waves, now()).waves.map(({ id }) => id), lastId(saved));
  const beat = setInterval(() => void onBeat(), BEAT_MS);
  beat.unref();
  register.onChange((mac) => {
    if (register.get(mac)) return;
    versions.delete(mac);
    step({ kind: 'gone', mac });
  });
  loadsChanged();
  step({ kind: 'woke' });

  return {
    take: (inputs) => { for (const input of inputs) if (!isOldNews(input)) step(input); },
    door: {
      refuses: (mac, name) => {
        const problem = judgeRequest(waves, mac, name);
        if (problem && mac !== null) step({ kind: 'refused', mac, file: name });
        return problem;
      },
      fetching: (mac) => step({ kind: 'fetching', mac }),
      asked: ({ mac, exchange, name, bytes, elsewhere }) => {
        if (mac === null) return;
        const movement = { mac, exchange, file: name, bytes: 0, total: bytes };
        step({ kind: 'asked', movement });
        // What another store gives is out of sight: the phone is taken to load it, and its version decides.
        if (elsewhere) step({ kind: 'given', movement: { ...movement, bytes } });
      },
    },
    rule: (mac) => ruleFor(waves, mac) ?? '',
    upgrade: (mac) => {
      const found = viewPhone(waves, mac);
      if (!found || found.wave.state === 'ended') return null;
      const { state, paused, stage, percent, rate, endsAt, file, hops } = found.phone;
      return { state, paused, stage, percent, rate, endsAt, file, stages: hops.length, to: found.wave.to };
    },
    attention,
    using: (load) => viewWaves(waves, now()).waves.filter(({ state, phones, target }) => state !== 'ended' && (target === load || phones.some(({ hops }) => hops.includes(load)))).map(({ target }) => target),
    loadsChanged,
    push: async (ask) => {
      const running = viewWaves(waves, now()).waves;
      const prepared = await preparePush(ask, { ...needs, running: () => running, nextWave: () => serial + 1 });
      if (!prepared.ok) return prepared;
      const { wave, report } = prepared.value;
      if (wave) {
        serial = Math.max(serial, wave.id);
        await onBeat();
        step({ kind: 'push', wave });
        await keeper.save();
      }
      return done(report);
    },
    predicted: (plan) => predictPlan(waves, plan),
    view,
    watch: (signal) => feed.watch(signal),
    change: (kind, mac) => counted({ kind, mac }),
    release: (mac) => counted({ kind: 'release', mac }),
    stop: async () => {
      clearInterval(beat);
      if (wake) clearTimeout(wake);
      ended.abort();
      orders.stop();
      looks.stop();
      feed.stop();
      await keeper.stop();
    },
  };

  /** A phone in no wave says its version with every request: only another one means anything. */
  function isOldNews(input: WaveInput): boolean {
    if (input.kind !== 'shown') return false;
    const same = versions.get(input.mac) === input.version;
    versions.set(input.mac, input.version);
    const state = viewPhone(waves, input.mac)?.phone.state;
    return same && (state === undefined || state === 'done' || state === 'cancelled');
  }

  function attention(mac: Mac): Attention | null {
    const phone = viewPhone(waves, mac)?.phone;
    if (phone?.problem && (phone.state === 'held' || phone.state === 'failed')) return { ...phone.problem, since: phone.since };
    return attentions.get(mac) ?? null;
  }

  function view(): WavesView {
    const at = now();
    return { now: at, ...viewWaves(waves, at) };
  }

  function step(input: WaveInput): void {
    if (ended.signal.aborted) return;
    const { effects, wakeAt, turned } = stepWaves(waves, input, now());
    for (const effect of effects) run(effect);
    if (wake) clearTimeout(wake);
    wake = Number.isFinite(wakeAt) ? setTimeout(() => { wake = null; step({ kind: 'tick' }); }, Math.max(10, Math.min(wakeAt - now(), 3_600_000))) : null;
    wake?.unref();
    for (const mac of macsOf(input)) needs.touched(mac);
    if (input.kind !== 'tick' || effects.length > 0) feed.touch();
    if (turned || input.kind !== 'tick') keeper.touch(turned);
  }

  function run(effect: WaveEffect): void {
    const { mac } = effect;
    switch (effect.kind) {
      case 'order':
        orders.add({ mac, load: effect.load });
        break;
      case 'attention':
        attentions.set(mac, { ...effect.problem, since: attentions.get(mac)?.code === effect.problem.code ? (attentions.get(mac)?.since ?? now()) : now() });
        break;
      case 'clear':
        attentions.delete(mac);
        break;
      case 'rule':
        needs.ruleChanged(mac);
        break;
    }
    needs.touched(mac);
  }

  async function order({ mac, load }: { readonly mac: Mac; readonly load: string }): Promise<void> {
    const device = register.get(mac);
    if (device) step({ kind: 'ordered', mac, problem: await needs.order(device, load, ended.signal) });
  }

  /** A phone that came back and fetches its profile by TFTP shows its load nowhere: its own page is looked at. */
  async function look(mac: Mac): Promise<void> {
    const device = register.get(mac);
    const version = device ? await needs.look(device, ended.signal) : null;
    looking.delete(mac);
    if (!device || version === null || ended.signal.aborted) return;
    needs.showed(register.get(mac) ?? device, version);
    step({ kind: 'shown', mac, version });
  }

  /** @returns how many phones are another way now than before. */
  function counted(input: WaveInput): number {
    const before = new Map(viewWaves(waves, now()).waves.flatMap(({ phones }) => phones.map(({ mac, state, paused }): [Mac, string] => [mac, `${state} ${String(paused)}`])));
    const held = attentions.size;
    step(input);
    const rows = viewWaves(waves, now()).waves.flatMap(({ phones }) => phones);
    const changed = rows.filter(({ mac, state, paused }) => before.get(mac) !== `${state} ${String(paused)}`);
    for (const { mac } of changed) needs.touched(mac);
    void keeper.save();
    return Math.max(changed.length, input.kind === 'release' ? held - attentions.size : 0);
  }

  function loadsChanged(): void {
    for (const load of catalogue.loads()) {
      const problem = problemOf(load);
      const text = JSON.stringify(problem);
      // Told once for each load: what was wrong before a restart may have been mended since.
      if (problems.get(load.name) === text) continue;
      problems.set(load.name, text);
      step({ kind: 'load', load: load.name, problem });
    }
  }

  async function onBeat(): Promise<void> {
    const at = now();
    const slept = at - lastBeat > SLEPT_MS;
    lastBeat = at;
    if (slept) step({ kind: 'woke' });
    if (!slept && viewWaves(waves, at).waves.every(({ state }) => state === 'ended')) return;
    const card = await needs.card().catch(() => null);
    if (card) step({ kind: 'card', ...card });
    for (const { mac, state, since } of viewWaves(waves, at).waves.flatMap(({ phones }) => phones)) {
      if (state !== 'writing' || at - since < BEAT_MS || looking.has(mac)) continue;
      looking.add(mac);
      looks.add(mac);
    }
  }
}

function lastId(saved: unknown): number {
  const ids = JSON.stringify(saved ?? null).match(/"id":(\d+)/g) ?? [];
  return Math.max(0, ...ids.map((text) => Number(text.slice(5))));
}
