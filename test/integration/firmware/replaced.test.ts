import { createRouterClient } from '@orpc/server';
import { createHash } from 'node:crypto';
import { readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BenchClient } from '../../../common/contract/contract.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import { openBench, type Bench } from '../../../main/app/bench.ts';
import { installedFiles } from '../../../main/cli/installed.ts';
import { writeSample } from '../../../main/app/firmware/write-sample.ts';
import { temporaryFolder } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { fetchFile } from '../../support/tftp-client.ts';

const LOAD = 'sip88xx.12-0-7MPP0201-66.loads';
/** Above what the TFTP server reads at once. */
const IMAGE = 'rootfs288xx.12-0-7MPP0201-66.sbn';
const MAC = '00562b043615';
const HERE = '127.0.0.1' as Ipv4;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let bench: Bench | null = null;
beforeEach(async () => { folder = await temporaryFolder(); });
afterEach(async () => {
  await bench?.stop();
  bench = null;
  await folder.remove();
});

const onDisk = (): string => join(folder.path, 'bench', 'firmware', IMAGE);

async function start(): Promise<BenchClient> {
  const opened = await openBench({
    ...installedFiles(), folder: join(folder.path, 'bench'), now: Date.now, secrets: { kind: 'key-file' }, serve: true, demo: false, card: null, address: HERE,
    ports: { dhcp: 'off', tftp: 0, http: 0, https: 'off', syslog: 'off', dns: 'off', sntp: 'off', cwmp: 'off' },
    dhcp: { start: false, pool: null, policy: 'phones', stopAfter: null }, tftpSinglePort: false, adopt: 'enrolled',
  }, { status: () => ({ running: false, phones: [], ends: false }), start: () => Promise.reject(new Error('no demo')), stop: () => Promise.reject(new Error('no demo')) });
  if (!opened.ok) throw new Error(opened.failure.code);
  bench = opened.value;
  await bench.ready;
  return createRouterClient(bench.router, { context: {} });
}

async function startWithFirmware(): Promise<{ readonly client: BenchClient; readonly sha256: string }> {
  const client = await start();
  const sample = join(folder.path, 'sample');
  await writeSample({ load: LOAD, bytes: 2_000_000, seed: 'replaced' }, sample, new AbortController().signal);
  await client.firmware.add({ paths: [sample] });
  await client.imports.take({ text: `mac,model\n${MAC},CP-8851-3PCC` });
  return { client, sha256: sha(await readFile(onDisk())) };
}

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const port = (name: 'tftp' | 'http'): number => bench?.servers().find((server) => server.name === name)?.port ?? 0;
const byTftp = async (): Promise<string> => sha(await fetchFile({ port: port('tftp'), path: `firmware/${MAC}/${IMAGE}`, blockSize: 8_192, window: 8 }));
const byHttp = async (range?: string): Promise<{ readonly status: number; readonly sha256: string }> => {
  const response = await fetch(`http://127.0.0.1:${String(port('http'))}/firmware/${MAC}/${IMAGE}`, { headers: { connection: 'close', ...(range === undefined ? {} : { range }) } });
  return { status: response.status, sha256: sha(new Uint8Array(await response.arrayBuffer())) };
};
const codes = async (client: BenchClient): Promise<readonly string[]> =>
  (await client.evidence.after({ seq: 0, limit: 1_000 })).flatMap(({ observation: { outcome } }) => ('code' in outcome ? [outcome.code] : []));
const stateOf = async (client: BenchClient): Promise<string | undefined> =>
  (await client.firmware.view()).loads.flatMap(({ files }) => files).find(({ name }) => name === IMAGE)?.state;

/** Another content of the same size. */
async function other(): Promise<Uint8Array> {
  return (await readFile(onDisk())).map((byte) => byte ^ 0x55);
}

describe('an image that is another one than was added, of the same size', () => {
  it.each([
    ['was put in its place', async () => { await writeFile(`${onDisk()}.new`, await other()); await rename(`${onDisk()}.new`, onDisk()); }],
    ['was written over it, its time set back', async () => {
      const { atime, mtime } = await stat(onDisk());
      await writeFile(onDisk(), await other());
      await utimes(onDisk(), atime, mtime);
    }],
  ])('%s: neither TFTP nor HTTP serves a byte, the reason is told, and adding it again mends it', async (_how, change) => {
    const { client, sha256 } = await startWithFirmware();
    expect(await byTftp()).toBe(sha256);
    expect(await byHttp()).toEqual({ status: 200, sha256 });
    await change();
    await expect(byTftp()).rejects.toThrow(/not the one that was added|Not ready/);
    await eventually(async () => { expect(await stateOf(client)).toBe('changed'); });
    expect((await client.firmware.view()).loads[0]?.complete).toBe(false);
    expect((await byHttp()).status).toBe(503);
    expect((await byHttp('bytes=100-199')).status).toBe(503);
    await expect(byTftp()).rejects.toThrow('Not ready');
    await eventually(async () => { expect(await codes(client)).toEqual(expect.arrayContaining(['tftp.file-replaced', 'file.not-as-added'])); });
    await client.firmware.add({ paths: [join(folder.path, 'sample')] });
    expect(await byTftp()).toBe(sha256);
    expect(await byHttp()).toEqual({ status: 200, sha256 });
  });

  it('is met by HTTP first: refused there too, and told', async () => {
    const { client } = await startWithFirmware();
    await writeFile(onDisk(), await other());
    expect((await byHttp()).status).toBe(503);
    await eventually(async () => { expect(await codes(client)).toContain('http.file-replaced'); });
    await eventually(async () => { expect(await stateOf(client)).toBe('changed'); });
  });

  it('is found after a restart, though it came while the bench was down', async () => {
    await startWithFirmware();
    await bench?.stop();
    await writeFile(onDisk(), await other());
    const client = await start();
    expect(await stateOf(client)).toBe('changed');
    expect((await byHttp()).status).toBe(503);
    await expect(byTftp()).rejects.toThrow('Not ready');
  });
});

describe('an image whose bytes are as they were', () => {
  it('is read again when only its time is another, and then served', async () => {
    const { client, sha256 } = await startWithFirmware();
    await utimes(onDisk(), new Date(1_700_000_000_000), new Date(1_700_000_000_000));
    expect((await byHttp()).status).toBe(503);
    await eventually(async () => { expect(await byHttp()).toEqual({ status: 200, sha256 }); });
    expect(await byTftp()).toBe(sha256);
    expect(await stateOf(client)).toBe('present');
  });

  it('is served after a restart, also when a backup brought it back', async () => {
    const { sha256 } = await startWithFirmware();
    await bench?.stop();
    await writeFile(`${onDisk()}.new`, await readFile(onDisk()));
    await rename(`${onDisk()}.new`, onDisk());
    await start();
    expect(await byHttp()).toEqual({ status: 200, sha256 });
    expect(await byTftp()).toBe(sha256);
  });

  it('is told as gone when it was removed, by the first phone that asks', async () => {
    const { client } = await startWithFirmware();
    await rename(onDisk(), join(folder.path, 'away'));
    expect((await byHttp()).status).toBe(404);
    await eventually(async () => { expect(await stateOf(client)).toBe('missing'); });
  });
});
