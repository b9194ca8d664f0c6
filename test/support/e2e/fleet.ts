import type { BenchView, Counts, WorkItem } from '../../../common/contract/views/bench.ts';
import type { Face, PhoneView } from '../../../common/contract/views/phone.ts';
import type { Attention } from '../../../common/values/attention.ts';
import { parseMac, type Mac } from '../../../common/values/mac.ts';
import { findModel } from '../../../common/values/model.ts';
import { parseSerial } from '../../../common/values/serial.ts';
import { STAGES, type Stage } from '../../../common/values/stage.ts';
import { serversView, type Trouble } from './servers.ts';

/** A made-up bench for looking at screens and for tests of the renderer. Never part of the product. */
const MODELS = ['CP-8841-3PCC', 'CP-8851-3PCC', 'CP-7841-3PCC', 'CP-6851-3PCC', 'CP-9861'];
const NAMES = ['Chambre', 'Bloc opératoire', 'Imagerie 4', 'Accueil', 'Secrétariat 3', 'Salle de réunion', 'Pharmacie 4', 'Cadre de santé', 'Consultation 2'];
const OUI = ['00562b', 'c4b9cd', 'd0ec35'];

interface Part {
  readonly until: number;
  readonly stage: Stage;
  readonly face: Face;
  readonly attention?: Omit<Attention, 'since'>;
}

/** Shares of a bench in full swing: by number modulo 48, as drawn in the design. */
const PARTS: readonly Part[] = [
  { until: 6, stage: 'resynced', face: 'done' },
  { until: 7, stage: 'profile', face: 'attention', attention: { code: 'phone.resync-failed', params: { error: 'Corrupt file' } } },
  { until: 19, stage: 'resynced', face: 'done' },
  { until: 20, stage: 'rebooted', face: 'working' },
  { until: 21, stage: 'resynced', face: 'done' },
  { until: 22, stage: 'firmware', face: 'silent' },
  { until: 23, stage: 'profile', face: 'attention', attention: { code: 'wave.loop-same-version', params: { version: '11.3.1', load: 'sip88xx.12-0-7MPP0201-66.loads' } } },
  { until: 26, stage: 'rebooted', face: 'working' },
  { until: 35, stage: 'profile', face: 'writing' },
  { until: 36, stage: 'addressed', face: 'attention', attention: { code: 'file.enterprise-load', params: { file: 'SEP00562B046D0B.cnf.xml' } } },
  { until: 39, stage: 'profile', face: 'writing' },
  { until: 41, stage: 'addressed', face: 'working' },
  { until: 43, stage: 'addressed', face: 'working' },
  { until: 48, stage: 'expected', face: 'expected' },
];

export function phoneAt(number: number, now: number): PhoneView {
  const slot = ((number - 1) % 48) + 1;
  const part = PARTS.find((each) => slot <= each.until) ?? { stage: 'expected', face: 'expected', until: 48 };
  const stageAt = now - (48 - slot) * 61_000;
  const tail = ((number * 2654435761) >>> 8).toString(16).padStart(6, '0').slice(-6);
  const heard = part.face === 'expected' ? null : part.face === 'silent' ? now - 130_000 : now - slot * 700;
  const percent = (slot * 37) % 100;
  return {
    mac: mac(`${OUI[number % 3]}${tail}`),
    number,
    enrolled: true,
    model: findModel(MODELS[(number * 7) % 5] ?? ''),
    serial: parseSerial(`FCH24${String(10 + (number % 43))}D${String(number).padStart(3, '0')}`),
    name: `${NAMES[number % NAMES.length]}`,
    ip: part.face === 'expected' ? null : (`10.20.${Math.floor(number / 200)}.${(number % 200) + 20}` as PhoneView['ip']),
    firmware: part.face === 'expected' ? null : part.face === 'done' ? '12.0.7' : '11.3.1',
    stage: part.stage,
    stageAt,
    face: part.face,
    attention: part.attention ? { ...part.attention, since: stageAt } : null,
    upgrade: null,
    moving: part.face === 'writing' ? { what: 'firmware', file: 'sip88xx.12-0-7MPP0201.loads', bytes: percent * 448_000, percent } : null,
    heardAt: heard,
    version: 1,
  };
}

export function strangerAt(index: number, now: number): PhoneView {
  return {
    ...phoneAt(900 + index, now), mac: mac(`3c5282110a${(0xf4 + index).toString(16)}`), number: null, enrolled: false,
    name: null, serial: null, face: 'stranger', stage: 'addressed', attention: null, moving: null, heardAt: now - 40_000,
  };
}

export function countsOf(phones: readonly PhoneView[]): Counts {
  const enrolled = phones.filter((phone) => phone.enrolled);
  const stages = Object.fromEntries(STAGES.map((stage) => [stage, enrolled.filter((phone) => phone.stage === stage).length])) as Record<Stage, number>;
  return {
    ...stages, all: enrolled.length, attention: enrolled.filter((phone) => phone.face === 'attention').length,
    done: enrolled.filter((phone) => phone.face === 'done').length, strangers: phones.length - enrolled.length,
  };
}

export function worklistOf(phones: readonly PhoneView[], now: number): readonly WorkItem[] {
  const items = new Map<string, WorkItem>();
  const add = (kind: WorkItem['kind'], code: string, params: WorkItem['params'], phone: PhoneView, since: number) => {
    const id = `${kind} ${code} ${JSON.stringify(params)}`;
    const before = items.get(id);
    const numbers = phone.number === null ? [] : [phone.number];
    items.set(id, { id, kind, code, params, since, phones: [...(before?.phones ?? []), phone.mac], numbers: [...(before?.numbers ?? []), ...numbers] });
  };
  for (const phone of phones) if (phone.attention) add('attention', phone.attention.code, phone.attention.params, phone, phone.attention.since);
  for (const phone of phones) if (!phone.enrolled) add('stranger', 'work.stranger', {}, phone, now);
  for (const phone of phones) if (phone.face === 'expected') add('plug-in', 'work.plug-in', {}, phone, now);
  return [...items.values()];
}

export function benchView(phones: readonly PhoneView[], now: number, options: { readonly card: boolean; readonly trouble?: Trouble } = { card: true }): BenchView {
  return {
    info: { name: 'Clinique Saint-Roch', folder: '/home/nadia/bench/saint-roch', demo: false, startedAt: now - 3_600_000, doneStage: 'resynced', now },
    phones,
    counts: countsOf(phones),
    finish: phones.length > 0 ? { at: now + 15 * 60_000, errorMs: 180_000 } : null,
    worklist: worklistOf(phones, now),
    servers: serversView(now, options.card, options.trouble),
  };
}

function mac(text: string): Mac {
  const value = parseMac(text);
  if (!value) throw new Error(`not a MAC: ${text}`);
  return value;
}
