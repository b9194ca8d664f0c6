import { UNPROTECTED } from '../../../common/values/protection.ts';
import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import { enrol, newDevice, stranger } from '../../../main/domain/device/enrol.ts';
import { evidenceOf, macOf } from './names.ts';
import { closeStore, mustOpen, newFolder, tryOpen } from './workspace.ts';

const VICTIM = fileURLToPath(new URL('./victim.ts', import.meta.url));

/** Starts a bench in a process of its own and gives what it said until `until` lines were out; it is still running then. */
async function startVictim(folder: string, until: number) {
  const child = spawn(process.execPath, [VICTIM, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  let rest = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the child ended with ${code} after ${said.length} lines`)));
    child.stdout.on('data', (bytes: Buffer) => {
      const parts = (rest + bytes.toString()).split('\n');
      rest = parts.pop() ?? '';
      said.push(...parts);
      if (said.length >= until) resolve();
    });
  });
  child.removeAllListeners('exit');
  return { child, said };
}
async function kill(child: Awaited<ReturnType<typeof startVictim>>['child']): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await ended;
}
const numbers = (said: readonly string[], word: string) => said.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

describe('a workspace', () => {
  it('gives everything back after a restart', async () => {
    const folder = newFolder();
    const first = await mustOpen(folder);
    const device = enrol(newDevice(macOf(1), 1, null), { mac: macOf(1), model: null, serial: null, name: 'Zoé', variables: { ext: '0012' } }, 2, 1);
    await first.phones.enrol([device]);
    await first.templates.put({ name: 'a', text: '<a/>', scope: '*', changedAt: 5, path: null, protection: UNPROTECTED, version: 1 });
    await first.leases.put({ ip: '10.20.0.7' as Ipv4, mac: macOf(1), clientId: '0100', expiresAt: 99, state: 'bound' });
    await first.leases.put({ ip: '10.20.0.8' as Ipv4, mac: null, clientId: '', expiresAt: 99, state: 'declined' });
    await first.settings.put('doneStage', 'resynced');
    await first.served.put({ template: 'starter', sha256: 'x', mac: macOf(1), at: 3, masked: '<a/>' });
    const [row] = await first.evidence.append([evidenceOf('/x', {}, macOf(1))], [{ ...device, stage: 'addressed' }]);
    first.syslog.append([{ at: 1, peer: '10.20.0.7', facility: 16, severity: 5, mac: macOf(1), text: 'hello world' }]);
    await closeStore(first);

    const second = await mustOpen(folder);
    expect(await second.phones.all()).toEqual([{ ...device, stage: 'addressed' }]);
    expect(await second.templates.all()).toEqual([{ name: 'a', text: '<a/>', scope: '*', changedAt: 5, path: null, protection: UNPROTECTED, version: 1 }]);
    expect(await second.leases.all()).toEqual([
      { ip: '10.20.0.7', mac: macOf(1), clientId: '0100', expiresAt: 99, state: 'bound' },
      { ip: '10.20.0.8', mac: null, clientId: '', expiresAt: 99, state: 'declined' },
    ]);
    expect(await second.settings.get('doneStage')).toBe('resynced');
    expect(await second.settings.get('never set')).toBeUndefined();
    expect(await second.served.last(macOf(1))).toEqual({ template: 'starter', sha256: 'x', at: 3, masked: '<a/>' });
    expect(await second.evidence.after(0, 10)).toEqual([row]);
    expect((await second.syslog.search({ text: 'hello', limit: 5 })).rows).toMatchObject([{ id: 1, text: 'hello world', mac: macOf(1) }]);
    expect(await second.syslog.total()).toBe(1);
  });

  it('is readable for its owner alone', async () => {
    const folder = newFolder();
    await mustOpen(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of ['bench.sqlite', 'syslog.sqlite', 'lock.sqlite', 'owner.json']) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  it('never gives a number twice, also when the highest phone was removed', async () => {
    const folder = newFolder();
    const first = await mustOpen(folder);
    await first.phones.enrol([newDevice(macOf(1), 1, 1), newDevice(macOf(2), 1, 2)]);
    expect(await first.phones.remove([macOf(2), macOf(9)])).toBe(1);
    await closeStore(first);
    const second = await mustOpen(folder);
    expect(await second.phones.lastNumber()).toBe(2);
    expect((await second.phones.all()).map(({ number }) => number)).toEqual([1]);
  });

  it('evidence that was gathered before an enrolment does not undo it', async () => {
    const folder = newFolder();
    const store = await mustOpen(folder);
    const seen = stranger(macOf(1), 1);
    const gathered = store.evidence.append([evidenceOf('/x', {}, macOf(1))], [{ ...seen, stage: 'addressed' }]);
    await store.phones.enrol([enrol(seen, { mac: macOf(1), model: null, serial: null, name: 'Bob', variables: { ext: '7' } }, 2, 1)]);
    await gathered;
    await store.evidence.append([evidenceOf('/y', {}, macOf(1))], [{ ...seen, stage: 'profile' }]);
    await closeStore(store);
    const [device] = await (await mustOpen(folder)).phones.all();
    expect(device).toMatchObject({ enrolled: true, number: 1, name: 'Bob', variables: { ext: '7' }, stage: 'profile' });
  });

  it('a phone that is removed right after its enrolment stays away, and one of its batch that fails costs nobody', async () => {
    const store = await mustOpen(newFolder());
    const results = await Promise.allSettled([
      store.phones.enrol([newDevice(macOf(1), 1, 1)]),
      store.phones.enrol([newDevice(macOf(2), 1, 1)]),
      store.phones.enrol([newDevice(macOf(3), 1, 3)]),
      store.phones.remove([macOf(1)]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((await store.phones.all()).map(({ number }) => number)).toEqual([3]);
  });

  it('evidence of a removed phone does not bring it back', async () => {
    const store = await mustOpen(newFolder());
    const device = newDevice(macOf(1), 1, 1);
    await store.phones.enrol([device]);
    await store.phones.remove([macOf(1)]);
    await store.evidence.append([evidenceOf('/x')], [device]);
    expect(await store.phones.all()).toEqual([]);
  });
});

describe('kill -9', () => {
  it('loses nothing that was enrolled, leased or recorded, and the chain still stands', async () => {
    const folder = newFolder();
    const { child, said } = await startVictim(folder, 400);
    await kill(child);
    const store = await mustOpen(folder);
    const phones = new Set((await store.phones.all()).map(({ number }) => String(number)));
    const leases = new Set((await store.leases.all()).map(({ ip }) => ip as string));
    const evidence = await store.evidence.verify();
    const [enrolled, leased, recorded] = [numbers(said, 'enrolled'), numbers(said, 'leased'), numbers(said, 'recorded').map(Number)];
    expect(Math.min(enrolled.length, leased.length, recorded.length)).toBeGreaterThan(5);
    expect(enrolled.filter((number) => !phones.has(number))).toEqual([]);
    expect(leased.filter((ip) => !leases.has(ip))).toEqual([]);
    expect(evidence.brokenAt).toBeNull();
    expect(evidence.rows).toBeGreaterThanOrEqual(Math.max(...recorded));
  });

  it('frees the workspace at once', async () => {
    const folder = newFolder();
    const { child } = await startVictim(folder, 1);
    const refused = await tryOpen(folder);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'workspace.in-use', params: { folder, pid: child.pid } } });
    await kill(child);
    expect((await tryOpen(folder)).ok).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'))).toMatchObject({ pid: process.pid });
  });
});

describe('a second start', () => {
  it('in the same process is refused too, and does not harm the first', async () => {
    const folder = newFolder();
    const store = await mustOpen(folder);
    expect(await tryOpen(folder)).toMatchObject({ ok: false, failure: { code: 'workspace.in-use', params: { pid: process.pid } } });
    await store.settings.put('x', 1);
    expect(await tryOpen(folder)).toMatchObject({ ok: false, failure: { code: 'workspace.in-use' } });
    await closeStore(store);
    expect((await tryOpen(folder)).ok).toBe(true);
  });
});
