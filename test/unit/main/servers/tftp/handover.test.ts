import { describe, expect, it } from 'vitest';
import { openHandover } from '../../../../../main/servers/tftp/handover.ts';
import type { HostAnswer } from '../../../../../main/servers/tftp/messages.ts';

const answer = (bytes: Uint8Array, sha256: string): HostAnswer => ({ kind: 'source', exchange: 'x', source: { kind: 'bytes', bytes, sha256 } });
const bytesOf = (given: HostAnswer): Uint8Array => (given.kind === 'source' && given.source.kind === 'bytes' ? given.source.bytes : new Uint8Array());

describe('bytes on their way to the workers', () => {
  it('are one copy for all who ask for the same, and not the app\'s own', () => {
    const handover = openHandover();
    const own = Uint8Array.of(1, 2, 3);
    const first = bytesOf(handover.share(answer(own, 'aa')));
    expect(bytesOf(handover.share(answer(Uint8Array.of(1, 2, 3), 'aa'))).buffer).toBe(first.buffer);
    own[0] = 9;
    expect([...first]).toEqual([1, 2, 3]);
    expect(first.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('are kept up to a limit, the oldest goes', () => {
    const handover = openHandover(10);
    const first = bytesOf(handover.share(answer(new Uint8Array(6), 'aa')));
    handover.share(answer(new Uint8Array(6), 'bb'));
    expect(bytesOf(handover.share(answer(new Uint8Array(6), 'aa'))).buffer).not.toBe(first.buffer);
    expect(bytesOf(handover.share(answer(new Uint8Array(100), 'cc')))).toHaveLength(100);
  });

  it('leaves other answers as they are', () => {
    const file: HostAnswer = { kind: 'source', exchange: 'x', source: { kind: 'file', file: '/x', size: 1, sha256: null } };
    expect(openHandover().share(file)).toBe(file);
  });
});
