import type { BenchView } from '../../common/contract/views/bench.ts';
import { english } from '../../common/contract/sentences/en.ts';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { WavesView } from '../../common/contract/views/wave.ts';
import type { Failure } from '../../common/values/failure.ts';
import type { Mac } from '../../common/values/mac.ts';
import type { WavePhone } from '../../common/values/wave.ts';
import type { Fault } from '../../main/simulator/faults.ts';
import { isHealthy, TARGET, type Role } from './roles.ts';

type Problem = Pick<Failure, 'code' | 'params'>;

/** What is known of all phones at one moment. */
export interface Scene {
  readonly roles: readonly Role[];
  /** What each phone runs, by itself. */
  readonly runs: ReadonlyMap<Mac, string>;
  readonly bench: BenchView;
  readonly waves: WavesView;
}

export interface PhoneEnd {
  readonly role: Role;
  readonly runs: string;
  /** null for a phone that is in no wave. */
  readonly member: WavePhone | null;
  readonly problem: Problem | null;
}

/** Causes that the bench may name, by the fault that it sees from outside. */
const CAUSES: Readonly<Partial<Record<Fault, readonly string[]>>> = {
  'never-upgrades': ['wave.loop-same-version'],
  'loses-power-each-upgrade': ['wave.loop-incomplete'],
  'wrong-hash': ['wave.loop-refused'],
  // By HTTP the phone says that it timed out, by TFTP the bench may hear the silence first.
  'stops-acking': ['wave.loop-refused', 'wave.loop-incomplete'],
};
const SETTLED: ReadonlySet<string> = new Set(['done', 'held', 'failed', 'cancelled']);

export function endsOf({ roles, runs, bench, waves }: Scene): readonly PhoneEnd[] {
  const members = new Map(waves.waves.flatMap(({ phones }) => phones.map((phone) => [phone.mac, phone] as const)));
  const tiles = new Map(bench.phones.map((phone) => [phone.mac, phone]));
  return roles.map((role): PhoneEnd => {
    const { mac } = role.identity;
    const member = members.get(mac) ?? null;
    return { role, runs: runs.get(mac) ?? '', member, problem: member?.problem ?? tiles.get(mac)?.attention ?? null };
  });
}

/** True once nothing is going to change any more. */
export function isOver(end: PhoneEnd): boolean {
  const { role, member, problem } = end;
  if (role.way === 'torn') return true;
  if (role.way === 'wrongFamily') return problem !== null;
  return member !== null && SETTLED.has(member.state) && (!isHealthy(role) || member.state !== 'done' || end.runs === TARGET);
}

/** What is not as it should be at one phone; null when it is at its target, or explained. */
export function complaintOf(end: PhoneEnd): string | null {
  const { role, runs, member, problem } = end;
  const said = problem ? sentence(problem.code, problem.params) : 'nothing';
  const who = `${role.identity.mac} (${role.way}${role.fault ? `, ${role.fault}` : ''}) runs ${runs}, ${member?.state ?? 'in no wave'}, said: ${said}`;
  if (role.way === 'torn') return runs === role.identity.firmware ? null : `a load that lacks a file was taken: ${who}`;
  if (!isOver(end)) return `waits for ever: ${who}`;
  if (isHealthy(role)) return runs === TARGET && member?.state === 'done' && problem === null ? null : `is not at its target: ${who}`;
  if (problem === null || !isExplained(problem)) return `has no cause with a next step: ${who}`;
  if (role.way === 'wrongFamily') return /^wave\.loop-(?:refused|list)$/.test(problem.code) ? null : `has another cause than its load: ${who}`;
  if (member?.state !== 'held') return `should be held: ${who}`;
  // With TLS an image of 2 MB fits into the buffers of both systems: to the bench the phone took everything, and came back as it was.
  if (role.way === 'https' && role.fault === 'loses-power-each-upgrade' && problem.code === 'wave.loop-same-version') return null;
  // A phone whose reboot takes a tenth of a second asks again before a busy bench has heard that its last block was taken.
  if (role.way === 'tftp' && role.fault === 'never-upgrades' && problem.code === 'wave.loop-incomplete') return null;
  const causes = role.fault ? CAUSES[role.fault] : undefined;
  return causes?.includes(problem.code) === true ? null : `is held for another cause: ${who}`;
}

/** A real text of the catalogue with every place filled: what happened, and behind it what to do. */
export function isExplained({ code, params }: Problem): boolean {
  const text = sentence(code, params);
  return code in english && !/\{\w+\}/.test(text) && /[.:!] [A-Z][^.]{8,}\.$/.test(text);
}
