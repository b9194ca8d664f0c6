import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connectRaw, have, run } from '../../support/http/clients.ts';
import { missingAnswer, PROFILE, profileAnswer, serveHttp, waitFor, type Served } from '../../support/http/served.ts';

let served: Served | null = null;
afterEach(async () => {
  await served?.end();
  served = null;
});

describe('many at once', () => {
  it('1,000 phones of one address get their profile, every byte of it', async () => {
    const bench = (served = await serveHttp((ask) => (ask.path.endsWith('.cfg') ? profileAnswer : missingAnswer)));
    const phones = await Promise.all(Array.from({ length: 1_000 }, () => connectRaw(bench.port)));
    for (const [index, phone] of phones.entries()) phone.write(`GET /00562b${String(index).padStart(6, '0')}.cfg HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    await Promise.all(phones.map((phone) => phone.closed));
    for (const phone of phones) expect(Buffer.from(phone.received().slice(phone.received().indexOf('\r\n\r\n') + 4), 'latin1').equals(PROFILE)).toBe(true);
    await waitFor(() => bench.seen.length === 1_000, () => `${bench.seen.length} observations`);
    expect(bench.seen.every((each) => each.outcome.kind === 'delivered' && each.outcome.confirmed)).toBe(true);
    await waitFor(() => bench.server.status().figures['connections'] === 0, () => JSON.stringify(bench.server.status().figures));
  });

  it.skipIf(!have('curl'))('ten downloads of 200 MB need no memory for the file', async () => {
    const size = 200_000_000;
    const bench = (served = await serveHttp(() => ({ kind: 'file', file, size, sha256: null, contentType: 'application/octet-stream' })));
    const file = join(bench.folder, 'load.zup');
    const handle = openSync(file, 'w');
    ftruncateSync(handle, size);
    closeSync(handle);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const watch = setInterval(() => { most = Math.max(most, process.memoryUsage().arrayBuffers - before); }, 20);
    const downloads = await Promise.all(Array.from({ length: 10 }, () => run('curl', ['-s', '-o', '/dev/null', '-w', '%{size_download}', `${bench.url}/load.zup`])));
    clearInterval(watch);
    expect(downloads.map(({ stdout }) => stdout.toString())).toEqual(Array.from({ length: 10 }, () => String(size)));
    expect(most).toBeLessThan(40_000_000);
  });
});
