import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBench, type BenchProcess } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { openPage, type PageClient } from '../../support/page-client.ts';

describe('the demo', () => {
  let bench: BenchProcess;
  let page: PageClient;
  let folder: string;

  beforeAll(async () => {
    bench = await startBench(['--demo', '--ui', '0']);
    page = await openPage(bench.ui ?? '');
    folder = (await page.client.bench.view()).info.folder;
  });
  afterAll(async () => {
    page.close();
    await bench.stop();
  });

  it('takes its phones from expected to resynced, but for the one that fails on purpose and says why', async () => {
    await eventually(async () => {
      const { phones, counts } = await page.client.bench.view();
      expect(counts).toMatchObject({ all: 6, done: 5, attention: 1 });
      const failing = phones.find((phone) => phone.attention);
      expect(failing?.attention).toMatchObject({ code: 'profile.variable-missing', params: { variable: 'extension' } });
    });
  });

  it('resyncs a phone when asked, and the wire shows it', async () => {
    const done = (await page.client.bench.view()).phones.find((phone) => phone.face === 'done');
    const mac = done?.mac ?? '';
    const before = (await page.client.phones.timeline({ mac })).rows[0]?.seq ?? 0;
    expect(await page.client.phones.resync({ mac })).toEqual({ asked: true });
    await eventually(async () => {
      const { rows } = await page.client.phones.timeline({ mac });
      expect(rows.some((row) => row.seq > before && row.server === 'syslog' && row.what.includes('Successful resync'))).toBe(true);
    });
  });

  it('leaves nothing behind', async () => {
    expect(existsSync(folder)).toBe(true);
    expect(await bench.stop()).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });
});
