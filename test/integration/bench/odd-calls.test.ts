import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { contract } from '../../../common/contract/contract.ts';
import { startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { junkOf } from '../../support/junk.ts';
import { openPage, type PageClient } from '../../support/page-client.ts';

type Call = (input: unknown, options: { readonly signal: AbortSignal }) => Promise<unknown>;
/** What no page of ours sends. None of it is a right input of any method that changes something. */
const ODD: readonly unknown[] = [
  null, 0, '', {}, [], true, { mac: 'zz' }, { mac: {} }, { mac: '00562b04361', limit: -1 }, { macs: [] }, { macs: ['x'] }, { macs: Array(6000).fill('00562b043615') },
  { text: 5 }, { text: '"*^(NEAR OR AND', limit: 1e9 }, { text: 'x'.repeat(9_000_000) }, { name: '../x' }, { name: '\0' }, { name: '', text: '', scope: 1 },
  { name: 'a\nb', text: '<a/>', scope: null }, { server: 'smtp' }, { server: 'TFTP', port: 1e9 }, { policy: 'x' }, { minutes: -1 }, { count: 1e6 }, { seq: -1 }, { seq: 2 ** 60 },
  { before: 0 }, { doneStage: 'x' }, { adopt: 5 }, { on: 'yes' }, JSON.parse('{"__proto__":{"mac":"00562b043615"}}'),
];
const SHOWN = ODD.map((input) => JSON.stringify(input)?.slice(0, 60));
/** Without an input, with a meaning for an empty one, or answers about any text. */
const HARMLESS = new Set(['bench.view', 'bench.watch', 'activity.watch', 'activity.requests', 'activity.syslog', 'settings.put', 'demo.start', 'demo.stop', 'servers.dhcpCheck', 'servers.stopAll', 'profiles.useStarter', 'profiles.format', 'profiles.form', 'reports.list', 'certificates.renew', 'certificates.request', 'firmware.pause', 'firmware.resume', 'firmware.cancel']);

describe('the contract', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;
  let page: PageClient;

  beforeAll(async () => {
    folder = await temporaryFolder();
    bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', '0']);
    page = await openPage(bench.ui ?? '');
  });
  afterAll(async () => {
    page.close();
    expect(await bench.stop()).toBe(0);
    await folder.remove();
  });

  it('answers what is no input with an error in words, without a stack, and changes nothing', { timeout: 180_000 }, async () => {
    const before = JSON.stringify([await page.client.settings.get(), await page.client.profiles.list(), (await page.client.bench.view()).phones]);
    for (const [area, methods] of Object.entries(contract)) {
      for (const [name, method] of Object.entries(methods)) {
        const definition = (method as { readonly '~orpc': { readonly inputSchema?: unknown } })['~orpc'];
        if (definition.inputSchema === undefined || HARMLESS.has(`${area}.${name}`)) continue;
        const call = (page.client as unknown as Record<string, Record<string, Call>>)[area]?.[name];
        for (const [index, input] of ODD.entries()) {
          const answer = await call?.(input, { signal: AbortSignal.timeout(20_000) }).then(() => 'done', (error: unknown) => error);
          const where = `${area}.${name} ${SHOWN[index]}`;
          expect(answer, where).toMatchObject({ code: 'BAD_REQUEST' });
          expect(JSON.stringify(answer), where).not.toMatch(/\.[tj]s:\d+/);
        }
      }
    }
    expect(JSON.stringify([await page.client.settings.get(), await page.client.profiles.list(), (await page.client.bench.view()).phones])).toBe(before);
  });

  it('takes any search for text', async () => {
    for (const text of ['"', '""', '*', '-- ;', 'NEAR(a b)', 'a AND', '^x', '{a}:b', '%_\\', '\0', '\u202e', 'phone:', 'phone:999999', 'server:x answer:"', 'a'.repeat(400), "' OR 1=1", '(', '𝕏'.repeat(100)]) {
      expect((await page.client.activity.requests({ text })).rows, text).toEqual([]);
      expect((await page.client.activity.syslog({ text })).rows, text).toEqual([]);
    }
  });

  it('ends the pipe of a frame that is no call, and serves the next page', async () => {
    const frames = ['', '{', 'null', '[]', '{}', '1', '{"i":"1"}', '{"i":"1","p":{}}', '{"i":"1","p":{"u":"http://x:999999/"}}', '{"i":"1","t":99,"p":null}'];
    for (const frame of [...frames, junkOf(1, 500), Buffer.alloc(0), 'x'.repeat(17 * 1024 * 1024)]) {
      page.socket.send(frame);
      await eventually(() => expect(page.socket.readyState).toBe(WebSocket.CLOSED));
      page = await openPage(bench.ui ?? '');
    }
    expect((await page.client.bench.view()).counts.all).toBe(0);
  });

  it('answers a call to a name that only looks like one', async () => {
    page.socket.send('{"i":"1","p":{"u":"/__proto__/constructor"}}');
    expect((await page.client.bench.view()).counts.all).toBe(0);
    expect(page.socket.readyState).toBe(WebSocket.OPEN);
  });
});
