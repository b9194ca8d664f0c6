import { describe, expect, it } from 'vitest';
import { negotiate } from '../../../../../main/servers/tftp/options.ts';

const ask = (options: Record<string, string>, size: number | null = 1000, maxBlockSize = 1468): ReturnType<typeof negotiate> =>
  negotiate(new Map(Object.entries(options)), { maxBlockSize }, size);

describe('options that clients may ask for', () => {
  it('stays with 512-byte blocks and no OACK when nothing is asked', () => {
    expect(ask({})).toEqual({ blockSize: 512, window: 1, timeout: null, announced: null, answer: new Map() });
  });

  it('never grants a block larger than the card carries in one frame', () => {
    expect(ask({ blksize: '65464' })).toMatchObject({ blockSize: 1468, answer: new Map([['blksize', '1468']]) });
    expect(ask({ blksize: '65464' }, 1000, 65_464)).toMatchObject({ blockSize: 65_464 });
    expect(ask({ blksize: '99999' }, 1000, 99_999)).toMatchObject({ blockSize: 65_464 });
  });

  it('grants the smallest block of the RFC and ignores smaller ones', () => {
    expect(ask({ blksize: '8' })).toMatchObject({ blockSize: 8, answer: new Map([['blksize', '8']]) });
    for (const blksize of ['0', '1', '7', '-8', '1e3', '0x200', ' 512', '', '9'.repeat(16)]) {
      expect(ask({ blksize })).toMatchObject({ blockSize: 512, answer: new Map() });
    }
  });

  it('answers a huge window with 64 blocks and ignores a window of none', () => {
    expect(ask({ windowsize: '65535' })).toMatchObject({ window: 64, answer: new Map([['windowsize', '64']]) });
    expect(ask({ windowsize: '0' })).toMatchObject({ window: 1, answer: new Map() });
    expect(ask({ windowsize: '65536' })).toMatchObject({ window: 1, answer: new Map() });
  });

  it('echoes a timeout of 1 to 255 s and ignores others', () => {
    expect(ask({ timeout: '255' })).toMatchObject({ timeout: 255, answer: new Map([['timeout', '255']]) });
    expect(ask({ timeout: '0' })).toMatchObject({ timeout: null, answer: new Map() });
    expect(ask({ timeout: '1000' })).toMatchObject({ timeout: null, answer: new Map() });
  });

  it('tells the real size to a reader, whatever it claimed, and echoes a writer\'s claim', () => {
    expect(ask({ tsize: '123456' }, 42)).toMatchObject({ answer: new Map([['tsize', '42']]) });
    expect(ask({ tsize: '123456' }, null)).toMatchObject({ announced: 123_456, answer: new Map([['tsize', '123456']]) });
  });

  it('answers in the order of the request and leaves out what it does not know', () => {
    expect([...ask({ windowsize: '4', multicast: '', blksize: '600', rollover: '0', tsize: '0' }).answer])
      .toEqual([['windowsize', '4'], ['blksize', '600'], ['tsize', '1000']]);
  });
});
