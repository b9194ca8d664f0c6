import type { FirmwareProblem } from '../../../../common/values/firmware.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import type { WavePhoneState } from '../../../../common/values/wave.ts';
import { showsLoad } from '../load.ts';
import { compareVersions } from '../../rule/version.ts';
import type { NewMember } from './events.ts';

export interface TakenFile {
  bytes: number;
  total: number | null;
  given: boolean;
}

/** One phone on its way. Changed in place: five hundred of them move four times a second. */
export interface Member {
  readonly mac: Mac;
  readonly wave: number;
  readonly from: string | null;
  readonly hops: NewMember['hops'];
  /** Order of joining; a phone that failed once gets a new one, at the end. */
  order: number;
  shown: string | null;
  /** Index of the hop that it is in or waits for. */
  stage: number;
  state: WavePhoneState;
  since: number;
  paused: boolean;
  /** Cancelled by a person while it loads: it leaves when its file ends. */
  leaving: boolean;
  problem: FirmwareProblem | null;
  /** Orders of this stage that were given since it last asked for something. */
  attempt: number;
  /** Tries of this stage that broke off or were refused. */
  failures: number;
  toldAt: number;
  /** Sign of life since it was told. */
  heardAt: number;
  orderProblem: FirmwareProblem | null;
  /** Whether the profile that it took since it was told asks for firmware; null while it took none. */
  profileAsks: boolean | null;
  /** Its own word on why it does not go on. */
  refusal: string | null;
  refusals: number;
  /** Files of the present try, in the order they were asked. */
  files: Map<string, TakenFile>;
  /** Files that were given whole in this stage, with their sizes, tries that broke off included. */
  taken: Map<string, number>;
  /** When a file last moved or ended. */
  activeAt: number;
  /** Its last transfer broke off. */
  broke: boolean;
  /** First request of this stage. */
  loadingAt: number | null;
  /** End of the last image of this stage. */
  givenAt: number | null;
  restartedAt: number | null;
  /** It took its profile again after the last image of this stage: it is back, whatever it runs. Absent in what older versions saved. */
  backAt?: number | null;
  percent: number | null;
  endsAt: number | null;
  /** The application knows that its rule is this. */
  rule: string;
  /** Trouble was told and is not over. */
  complained: boolean;
}

export function newMember({ mac, from, hops }: NewMember, wave: number, order: number, now: number): Member {
  return {
    mac, wave, from, hops, order, shown: from, stage: 0, state: 'queued', since: now, paused: false, leaving: false, problem: null,
    attempt: 0, failures: 0, toldAt: now, heardAt: now, orderProblem: null, profileAsks: null, refusal: null, refusals: 0,
    files: new Map(), taken: new Map(), activeAt: now, broke: false, loadingAt: null, givenAt: null, restartedAt: null, backAt: null,
    percent: null, endsAt: null, rule: '', complained: false,
  };
}

const SETTLED: ReadonlySet<WavePhoneState> = new Set(['done', 'held', 'failed', 'cancelled']);

export function isSettled({ state }: Pick<Member, 'state'>): boolean {
  return SETTLED.has(state);
}

/** The `.loads` of the stage that the phone is in. */
export function loadOf({ hops, stage }: Pick<Member, 'hops' | 'stage'>): string {
  return hops[Math.min(stage, hops.length - 1)]?.load ?? '';
}

export function targetOf({ hops }: Pick<Member, 'hops'>): NewMember['hops'][number] | undefined {
  return hops.at(-1);
}

/** What a shown version means for the way: which hop it is (-1 for none of them), and the stage that comes next. */
export function standing(member: Member, version: string): { readonly hop: number; readonly next: number } {
  const { hops, stage } = member;
  const matches = hops.flatMap(({ load }, index) => (showsLoad(version, load) ? [index] : []));
  const exact = matches.find((index) => sameVersion(hops[index]?.version ?? '', version));
  // A User-Agent that leaves the build away may name two hops: the nearer one is what is proved.
  const hop = exact ?? matches.find((index) => index >= stage) ?? matches.at(-1) ?? -1;
  if (hop >= 0) return { hop, next: Math.min(hop + 1, hops.length - 1) };
  const orders = hops.map((each) => compareVersions(dashed(version), each.version));
  if (orders.includes('not-comparable')) return { hop, next: stage };
  const above = orders.indexOf('lower');
  return { hop, next: above < 0 ? hops.length - 1 : above };
}

function sameVersion(a: string, b: string): boolean {
  return dashed(a).toLowerCase() === dashed(b).toLowerCase();
}

/** `sip88xx.11-3-2MPP0001-609.loads` and `11.3.2MPP0001` as versions are compared. */
function dashed(version: string): string {
  return version.replace(/\.loads$/i, '').replace(/^sip[0-9a-z_]*\./i, '').replaceAll('.', '-');
}
