import { macForEyes } from '../../common/values/mac.ts';
import { spokenName } from '../../common/values/model.ts';
import type { PhoneView } from '../../common/contract/views/phone.ts';
import type { Language } from '../../common/contract/sentences/sentence.ts';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import { causesEn } from '../text/en/causes.ts';
import type { commonEn } from '../text/en/common.ts';
import type { BenchTexts, CausesTexts } from '../text/i18n.ts';
import { formatDuration, formatNumber, formatPercent, formatTime } from '../text/format.ts';

export interface Words {
  readonly common: (key: keyof typeof commonEn) => string;
  readonly bench: BenchTexts;
  readonly causes: CausesTexts;
  readonly language: Language;
}

/** What a tile says in one or two words: the stage last reached, or what moves while bytes move. */
export function stateWords(phone: PhoneView, words: Words): string {
  if (phone.face === 'attention' && phone.attention) return causeWords(phone.attention, 'tile', words);
  if (phone.face === 'stranger') return words.common('face.stranger');
  if (phone.face === 'held') return words.common('face.held');
  if (phone.face === 'silent') return words.common('face.silent');
  if (loads(phone)) return words.common('moving.firmware');
  if (phone.moving) return words.common(`moving.${phone.moving.what}`);
  return words.common(`stage.${phone.stage}`);
}

/** Whole percent of what moves, or nothing. */
export function percentWords(phone: PhoneView, language: Language): string {
  const percent = movingPercent(phone);
  return percent === null ? '' : formatPercent(percent, language);
}

/** How far the load of a phone in a wave is, whichever of its files moves; outside of a wave, the file. */
export function movingPercent({ upgrade, moving }: PhoneView): number | null {
  return upgrade?.state === 'loading' && upgrade.percent !== null ? upgrade.percent : (moving?.percent ?? null);
}

/** Minutes until a phone that loads stands at its target, 1 at least; null where nothing can be said. */
export function minutesLeft({ upgrade }: PhoneView, now: number): number | null {
  if (!upgrade || upgrade.endsAt === null || (upgrade.state !== 'loading' && upgrade.state !== 'writing')) return null;
  return Math.max(1, Math.round((upgrade.endsAt - now) / MINUTE));
}

function loads({ upgrade }: PhoneView): boolean {
  return upgrade?.state === 'loading' || upgrade?.state === 'writing';
}

function waits({ upgrade }: PhoneView): boolean {
  return upgrade?.state === 'queued' || upgrade?.state === 'told';
}

const MINUTE = 60_000;

export interface Trouble {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Trouble in a few words; a code without short words is told by its sentence up to the first stop. */
export function causeWords(cause: Trouble, room: 'tile' | 'wall', words: Words): string {
  const key = `${room}.${cause.code}`;
  // A row may tell the code without its places: then the shorter words, which have none.
  const known = room === 'tile' && cause.code === 'profile.variable-missing' && !('variable' in cause.params) ? `wall.${cause.code}` : key;
  if (isCauseKey(known)) return words.causes(known, cause.params as { variable: string });
  const whole = sentence(cause.code, cause.params, words.language);
  return whole.split(/(?<=[\p{L}\d)»”])\.\s/u)[0]?.replace(/\.$/, '') ?? whole;
}

function isCauseKey(key: string): key is keyof typeof causesEn {
  return Object.hasOwn(causesEn, key);
}

/** Right of a tile's second line: the place in a wave or the minutes left, else when the stage was reached or the trouble began. */
export function tileTime(phone: PhoneView, now: number, words: Words): string {
  const { face, upgrade } = phone;
  if (upgrade?.state === 'held') return words.bench('tile.held');
  if (face !== 'attention') {
    const left = minutesLeft(phone, now);
    if (left !== null) return formatDuration(left * MINUTE, words.language);
    if (waits(phone)) return upgrade?.paused ? words.bench('tile.paused') : words.bench('tile.queue');
  }
  if (face === 'expected') return '';
  return formatTime(phone.face === 'attention' && phone.attention ? phone.attention.since : phone.stageAt);
}

/** "Phone 32, CP-9861, firmware 62 percent, 3 minutes, keep power": everything that the tile shows, in words. */
export function tileLabel(phone: PhoneView, now: number, words: Words): string {
  const { bench, common, language } = words;
  const who = phone.number === null ? bench('tile.stranger', { mac: macForEyes(phone.mac) }) : bench('tile.phone', { number: formatNumber(phone.number) });
  const state = stateWords(phone, words);
  const percent = movingPercent(phone);
  const left = minutesLeft(phone, now);
  const what = loads(phone) || phone.moving?.what === 'firmware' ? common('stage.firmware') : state;
  const parts = [who, phone.model, phone.name];
  if (phone.face === 'attention') parts.push(common('face.attention'));
  parts.push(percent !== null && phone.face !== 'attention' ? bench('tile.percent', { what: what.toLocaleLowerCase(language), count: Math.floor(percent) }) : phone.face === 'done' ? bench('tile.reached', { stage: state, time: formatTime(phone.stageAt) }) : state);
  if (phone.face === 'silent' && phone.heardAt !== null) parts.push(bench('tile.heard', { time: formatDuration(now - phone.heardAt, language) }));
  if (left !== null) parts.push(bench('tile.minutes', { count: left }));
  if (waits(phone) && phone.face !== 'attention') parts.push(bench(phone.upgrade?.paused ? 'tile.waits-paused' : 'tile.waits'));
  if (phone.face === 'writing') parts.push(bench('tile.keep-power'));
  return parts.filter(Boolean).join(', ');
}

export function modelWords(phone: PhoneView): string {
  return phone.model ? spokenName(phone.model) : phone.number === null ? '?' : '';
}
