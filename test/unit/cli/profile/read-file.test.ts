import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readBeginning, readStream, readWhole } from '../../../../main/cli/profile/read-file.ts';
import { readSource } from '../../../../main/cli/profile/source.ts';

const goesOn = new AbortController().signal;

describe('what a command reads', () => {
  it('is the whole of a stream', async () => {
    const source = new PassThrough();
    source.write('<flat-');
    source.end('profile/>');
    expect(Buffer.from(await readStream(source, 100, goesOn, null)).toString()).toBe('<flat-profile/>');
  });

  it('ends where a pipe says nothing, and where Ctrl C is pressed', async () => {
    await expect(readStream(new PassThrough(), 100, goesOn, 20)).rejects.toThrow('nothing came');
    const stop = new AbortController();
    const waiting = readStream(new PassThrough(), 100, stop.signal, null);
    stop.abort();
    await expect(waiting).rejects.toThrow('stopped');
    await expect(readStream(new PassThrough(), 100, stop.signal, null)).rejects.toThrow('stopped');
  });

  it.skipIf(process.platform === 'win32')('ends soon after the limit, also of a device without an end', async () => {
    expect((await readBeginning('/dev/zero', 1000, goesOn)).length).toBeLessThan(1_000_000);
    await expect(readWhole('/dev/zero', 1000, goesOn)).rejects.toThrow('larger than 1000 bytes');
    expect(await readSource('/dev/zero', goesOn)).toMatchObject({ ok: false, failure: { code: 'lint.unreadable' } });
  });
});
