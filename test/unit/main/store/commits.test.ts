import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../../common/values/ip.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { newDevice } from '../../../../main/domain/device/enrol.ts';
import type { BenchOperations } from '../../../../main/store/bench-operations.ts';
import { evidenceLog } from '../../../../main/store/evidence/log.ts';
import { groupCommit } from '../../../../main/store/group-commit.ts';
import type { LeaseRow } from '../../../../main/store/store.ts';
import { syslogLog } from '../../../../main/store/syslog/log.ts';
import type { SyslogOperations } from '../../../../main/store/syslog/operations.ts';
import type { Operations, Thread } from '../../../../main/store/thread.ts';

/** A thread whose answers the test gives by hand, in order. */
function heldThread<Ops extends Operations>() {
  const calls: { name: string; args: readonly unknown[]; answer: (value: unknown) => void; refuse: (error: Error) => void }[] = [];
  const thread = {
    call: (name: string, ...args: readonly unknown[]) => new Promise((answer, refuse) => calls.push({ name, args, answer, refuse })),
    stop: async () => undefined,
  } as unknown as Thread<Ops>;
  return { calls, thread };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
const lease = (last: number): LeaseRow => ({ ip: `10.20.0.${last}` as Ipv4, mac: null, clientId: '', expiresAt: 1, state: 'bound' });

describe('lease commits', () => {
  it('those that come while one is committed share the next', async () => {
    const { calls, thread } = heldThread<BenchOperations>();
    const { put } = groupCommit<LeaseRow>((group) => thread.call('putLeases', group), 500);
    const first = put(lease(1));
    await turn();
    const others = [put(lease(2)), put(lease(3))];
    await turn();
    expect(calls).toHaveLength(1);
    calls[0]?.answer(undefined);
    await first;
    await turn();
    expect(calls.map(({ args }) => (args[0] as readonly unknown[]).length)).toEqual([1, 2]);
    calls[1]?.answer(undefined);
    await Promise.all(others);
  });

  it('a refused commit rejects its own leases and the next one goes on', async () => {
    const { calls, thread } = heldThread<BenchOperations>();
    const { put } = groupCommit<LeaseRow>((group) => thread.call('putLeases', group), 500);
    const lost = put(lease(1));
    await turn();
    calls[0]?.refuse(new Error('disk full'));
    await expect(lost).rejects.toThrow('disk full');
    const kept = put(lease(2));
    await turn();
    calls[1]?.answer(undefined);
    await expect(kept).resolves.toBeUndefined();
  });
});

describe('enrolments', () => {
  it('one that is refused costs none of those that came with it', async () => {
    const committed: number[] = [];
    const { put, idle } = groupCommit<number>(async (group) => {
      if (group.includes(2)) throw new Error('number taken');
      committed.push(...group);
    }, 500, true);
    const results = await Promise.allSettled([put(1), put(2), put(3)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(committed).toEqual([1, 3]);
    await idle();
  });
});

describe('evidence', () => {
  const row = (path: string) => ({
    mac: null,
    observation: { at: 1, server: 'tftp', peer: { address: '10.0.0.1', port: 1 }, asked: 'RRQ', facts: { path }, outcome: { kind: 'heard' } },
  }) as const;
  const device = newDevice('00562b043615' as Mac, 1, 1);

  it('rows of one batch go as one transaction, with the newest state of each phone', async () => {
    const { calls, thread } = heldThread<BenchOperations>();
    const log = evidenceLog(thread);
    const one = log.append([row('/a')], [device]);
    const two = log.append([row('/b'), row('/c')], [{ ...device, stage: 'addressed' }]);
    void log.flush();
    expect(calls).toHaveLength(1);
    expect(calls[0]?.args[0]).toHaveLength(3);
    expect(calls[0]?.args[1]).toEqual([{ ...device, stage: 'addressed' }]);
    calls[0]?.answer({ first: 7, hashes: ['x', 'y', 'z'] });
    expect(await one).toMatchObject([{ seq: 7, hash: 'x' }]);
    expect(await two).toMatchObject([{ seq: 8, hash: 'y' }, { seq: 9, hash: 'z' }]);
  });

  it('more than may wait is refused, not kept in memory without end', async () => {
    const { thread } = heldThread<BenchOperations>();
    const log = evidenceLog(thread);
    void log.append(Array.from({ length: 100_000 }, () => row('/a')), []);
    await expect(log.append([row('/b')], [])).rejects.toMatchObject({ failure: { code: 'workspace.write-failed' } });
  });
});

describe('syslog lines', () => {
  const lines = (count: number) => Array.from({ length: count }, () => ({ at: 1, peer: '10.0.0.1', facility: 1, severity: 5, mac: null, text: 'x' }));

  it('what does not fit into the queue is dropped and counted', async () => {
    const { calls, thread } = heldThread<SyslogOperations>();
    const log = syslogLog(thread);
    expect(log.append(lines(80_000))).toBe(true);
    expect(log.append(lines(500))).toBe(false);
    expect(log.lost()).toBe(500);
    calls[0]?.answer(undefined);
    await turn();
    expect(log.append(lines(500))).toBe(true);
  });

  it('lines that the disk refused are counted as lost', async () => {
    const { calls, thread } = heldThread<SyslogOperations>();
    const log = syslogLog(thread);
    log.append(lines(10));
    const flushed = log.flush();
    calls[0]?.refuse(new Error('disk full'));
    await flushed;
    expect(log.lost()).toBe(10);
  });
});
