import { describe, expect, it } from 'vitest';
import { startReceiving, stepReceiving, type ReceivingEvent, type ReceivingStep } from '../../../../../main/servers/tftp/receiving.ts';

const plain = { blockSize: 512, window: 1, timeout: null, oack: false, limit: 10_000 };
const data = (block: number, length = 512): ReceivingEvent => ({ kind: 'data', block, length });
const stored: ReceivingEvent = { kind: 'stored' };
const tick: ReceivingEvent = { kind: 'tick' };

function play(start: Parameters<typeof startReceiving>[0], ...events: readonly (readonly [number, ReceivingEvent])[]): ReceivingStep {
  let step = startReceiving(start, 0);
  for (const [at, event] of events) step = stepReceiving(step.state, event, at);
  return step;
}

describe('an upload without trouble', () => {
  it('begins with ACK 0, or with the OACK when options were granted', () => {
    expect(startReceiving(plain, 0).effects).toEqual([{ kind: 'ack', block: 0, again: false }]);
    expect(startReceiving({ ...plain, oack: true }, 0).effects).toEqual([{ kind: 'oack' }]);
  });

  it('stores a block before it acknowledges it', () => {
    expect(play(plain, [1, data(1)]).effects).toEqual([{ kind: 'take' }, { kind: 'store', whole: false }]);
    expect(play(plain, [1, data(1)], [2, stored]).effects).toEqual([{ kind: 'ack', block: 1, again: false }]);
  });

  it('is received when the short last block is stored', () => {
    expect(play(plain, [1, data(1, 100)]).effects).toEqual([{ kind: 'take' }, { kind: 'store', whole: true }]);
    expect(play(plain, [1, data(1, 100)], [2, stored]).effects)
      .toEqual([{ kind: 'ack', block: 1, again: false }, { kind: 'end', ending: { kind: 'received' } }]);
  });

  it('repeats the last acknowledgement for five seconds after the end', () => {
    const step = play(plain, [1, data(1, 100)], [2, stored]);
    expect(stepReceiving(step.state, data(1, 100), 500).effects).toEqual([{ kind: 'ack', block: 1, again: true }]);
    expect(stepReceiving(step.state, tick, 5_002).effects).toEqual([{ kind: 'end', ending: { kind: 'delivered' } }]);
  });

  it('acknowledges a window at its last block', () => {
    const windowed = { ...plain, window: 3 };
    expect(play(windowed, [1, data(1)]).effects).toEqual([{ kind: 'take' }]);
    expect(play(windowed, [1, data(1)], [1, data(2)]).effects).toEqual([{ kind: 'take' }]);
    expect(play(windowed, [1, data(1)], [1, data(2)], [1, data(3)]).effects).toEqual([{ kind: 'take' }, { kind: 'store', whole: false }]);
    expect(play(windowed, [1, data(1)], [1, data(2)], [1, data(3)], [2, stored]).effects).toEqual([{ kind: 'ack', block: 3, again: false }]);
  });

  it('goes on after block 65,535 with block 0', () => {
    const step = startReceiving({ ...plain, limit: 1e9 }, 0);
    expect(stepReceiving({ ...step.state, got: 65_535 }, data(0), 1).state.got).toBe(65_536);
  });
});

describe('loss', () => {
  it('sends its acknowledgement again when no block comes', () => {
    expect(play(plain, [300, tick]).effects).toEqual([{ kind: 'ack', block: 0, again: true }]);
    expect(play({ ...plain, oack: true }, [300, tick]).effects).toEqual([{ kind: 'oack' }]);
  });

  it('stores and acknowledges what came before a gap', () => {
    const windowed = { ...plain, window: 4 };
    const step = play(windowed, [1, data(1)], [1, data(3)]);
    expect(step.effects).toEqual([{ kind: 'store', whole: false }]);
    expect(stepReceiving(step.state, stored, 2).effects).toEqual([{ kind: 'ack', block: 1, again: false }]);
  });

  it('stores and acknowledges half a window when its rest got lost', () => {
    const step = play({ ...plain, window: 4 }, [1, data(1)], [1, data(2)], [400, tick]);
    expect(step.effects).toEqual([{ kind: 'store', whole: false }]);
  });

  it('answers a repeated block after a quiet time, and never twice at once', () => {
    const step = play(plain, [1, data(1)], [2, stored]);
    expect(stepReceiving(step.state, data(1), 3).effects).toEqual([]);
    expect(stepReceiving(step.state, data(1), 50).effects).toEqual([{ kind: 'ack', block: 1, again: true }]);
  });

  it('takes no block twice', () => {
    expect(play(plain, [1, data(1)], [2, stored], [50, data(1)]).state).toMatchObject({ got: 1, bytes: 512 });
  });
});

describe('ends', () => {
  it('stops at the byte above the limit, whatever size was announced', () => {
    expect(play({ ...plain, limit: 600 }, [1, data(1)], [2, stored], [3, data(2, 89)]).effects).toEqual([{ kind: 'end', ending: { kind: 'too-large' } }]);
    expect(play({ ...plain, limit: 600 }, [1, data(1)], [2, stored], [3, data(2, 88)]).effects).toContainEqual({ kind: 'store', whole: true });
  });

  it('does not take a block that is larger than agreed', () => {
    expect(play(plain, [50, data(1, 513)]).effects).toEqual([{ kind: 'ack', block: 0, again: true }]);
  });

  it('gives up a writer that never sends its first block after 10 s, and one that stops after 30 s', () => {
    expect(play(plain, [10_000, tick]).effects).toEqual([{ kind: 'end', ending: { kind: 'silent', never: true } }]);
    expect(play(plain, [1, data(1)], [2, stored], [30_002, tick]).effects).toEqual([{ kind: 'end', ending: { kind: 'silent', never: false } }]);
  });

  it('ends when the phone sends an error, but not after it is received', () => {
    const error: ReceivingEvent = { kind: 'error', error: 0, message: 'no' };
    expect(play(plain, [1, error]).effects).toEqual([{ kind: 'end', ending: { kind: 'aborted', error: 0, message: 'no' } }]);
    expect(play(plain, [1, data(1, 1)], [2, stored], [3, error]).effects).toEqual([]);
  });
});
