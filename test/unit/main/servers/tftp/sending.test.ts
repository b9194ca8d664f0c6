import { describe, expect, it } from 'vitest';
import { isLast, startSending, stepSending, type Sending, type SendingEvent, type SendingStep } from '../../../../../main/servers/tftp/sending.ts';

const lockStep = { size: 1200, blockSize: 512, window: 1, timeout: null, oack: false };
const ack = (block: number): SendingEvent => ({ kind: 'ack', block });

/** Plays events at given times; answers with the last step. */
function play(start: Parameters<typeof startSending>[0], ...events: readonly (readonly [number, SendingEvent])[]): SendingStep {
  let step = startSending(start, 0);
  for (const [at, event] of events) step = stepSending(step.state, event, at);
  return step;
}

/** A transfer with a measured round trip of `rtt` ms, which waits for the ACK of block 2. */
function measured(rtt: number): Sending {
  return play(lockStep, [rtt, ack(1)]).state;
}

describe('a transfer without trouble', () => {
  it('begins with block 1 when the phone asked for no option', () => {
    expect(startSending(lockStep, 0).effects).toEqual([{ kind: 'data', from: 1, count: 1, again: false }]);
  });

  it('begins with the OACK when options were granted, and sends block 1 after ACK 0', () => {
    expect(startSending({ ...lockStep, oack: true }, 0).effects).toEqual([{ kind: 'oack' }]);
    expect(play({ ...lockStep, oack: true }, [1, ack(0)]).effects).toEqual([{ kind: 'data', from: 1, count: 1, again: false }]);
  });

  it('does not take any other block for the answer to an OACK', () => {
    expect(play({ ...lockStep, oack: true }, [1, ack(1)]).effects).toEqual([]);
  });

  it('ends as delivered with the acknowledgement of the short last block', () => {
    expect(play(lockStep, [1, ack(1)], [2, ack(2)], [3, ack(3)])).toMatchObject({
      effects: [{ kind: 'end', ending: { kind: 'delivered' } }], wakeAt: Infinity,
    });
  });

  it('sends an empty last block after a body that fills its blocks', () => {
    expect(play({ ...lockStep, size: 1024 }, [1, ack(1)], [2, ack(2)]).effects).toEqual([{ kind: 'data', from: 3, count: 1, again: false }]);
  });

  it('sends one empty block for an empty body', () => {
    expect(startSending({ ...lockStep, size: 0 }, 0).state.blocks).toBe(1);
  });

  it('goes on after block 65,535 with block 0 on the wire', () => {
    const start = startSending({ ...lockStep, size: 512 * 70_000 }, 0);
    const state: Sending = { ...start.state, acked: 65_534, sent: 65_535, heard: true };
    const step = stepSending(state, ack(65_535), 1);
    expect(step.effects).toEqual([{ kind: 'data', from: 65_536, count: 1, again: false }]);
    expect(stepSending(step.state, ack(0), 2).effects).toEqual([{ kind: 'data', from: 65_537, count: 1, again: false }]);
  });
});

describe('windows', () => {
  const windowed = { ...lockStep, size: 512 * 10, window: 4 };

  it('sends a whole window after each acknowledgement, and the rest at the end', () => {
    expect(play(windowed).effects).toEqual([{ kind: 'data', from: 1, count: 4, again: false }]);
    expect(play(windowed, [1, ack(4)]).effects).toEqual([{ kind: 'data', from: 5, count: 4, again: false }]);
    expect(play(windowed, [1, ack(4)], [2, ack(8)]).effects).toEqual([{ kind: 'data', from: 9, count: 3, again: false }]);
  });

  it('starts the window again behind a gap', () => {
    expect(play(windowed, [1, ack(2)]).effects).toEqual([{ kind: 'data', from: 3, count: 4, again: true }]);
  });

  it('only slides for a phone that acknowledges every block', () => {
    expect(play(windowed, [1, ack(1)], [1.1, ack(2)]).effects).toEqual([{ kind: 'data', from: 6, count: 1, again: false }]);
  });

  it('sends all of a silent window again, since phones say nothing after a lost first block', () => {
    const windowedAgain = play(windowed, [1, ack(4)], [400, { kind: 'tick' }]);
    expect(windowedAgain.effects).toEqual([{ kind: 'data', from: 5, count: 4, again: true }]);
  });

  it('takes late repetitions for echoes of what it sent twice itself, and leaves the rest to its timer', () => {
    const twice = play(windowed, [1, ack(4)], [400, { kind: 'tick' }], [401, ack(8)]);
    expect(stepSending(twice.state, ack(8), 450).effects).toEqual([]);
    expect(stepSending(twice.state, { kind: 'tick' }, 2_500).effects).toEqual([{ kind: 'data', from: 9, count: 3, again: true }]);
    // A phone's own repetition, of what it was sent once, is answered.
    expect(stepSending(play(windowed, [1, ack(4)]).state, ack(4), 15).effects).toEqual([{ kind: 'data', from: 5, count: 4, again: true }]);
  });

  it('ignores an acknowledgement of blocks that were never sent', () => {
    expect(play(windowed, [1, ack(5)]).effects).toEqual([]);
    expect(play(windowed, [1, ack(60_000)]).effects).toEqual([]);
  });
});

describe('loss', () => {
  it('waits 300 ms for the first answer and twice as long for each next one', () => {
    const first = play(lockStep);
    expect(first.wakeAt).toBe(300);
    expect(stepSending(first.state, { kind: 'tick' }, 299).effects).toEqual([]);
    const second = stepSending(first.state, { kind: 'tick' }, 300);
    expect(second.effects).toEqual([{ kind: 'data', from: 1, count: 1, again: true }]);
    expect(second.wakeAt).toBe(900);
  });

  it('waits 20 ms once the phone has shown that it answers at once', () => {
    expect(measured(0.5).timing.rto).toBe(20);
  });

  it('waits longer for a phone that answers late', () => {
    expect(measured(200).timing.rto).toBeGreaterThan(400);
  });

  it('does not measure the round trip of a block that was sent twice', () => {
    const late = play(lockStep, [300, { kind: 'tick' }], [310, ack(1)]);
    expect(late.state.timing.srtt).toBe(0);
  });

  it('guesses 300 ms again after a lost first answer, since nothing was measured yet', () => {
    const step = play({ ...lockStep, oack: true }, [300, { kind: 'tick' }], [310, ack(0)]);
    expect(step.state.timing.rto).toBe(300);
  });

  it('keeps the longer wait until a block that was sent once is acknowledged', () => {
    let step = stepSending(measured(1), { kind: 'tick' }, 30);
    expect(step.state.timing.rto).toBe(40);
    step = stepSending(step.state, ack(2), 31);
    expect(step.state.timing.rto).toBe(40);
    expect(stepSending(step.state, { kind: 'tick' }, 200).state.timing.rto).toBeGreaterThan(40);
  });

  it('sends the OACK again when ACK 0 does not come', () => {
    expect(play({ ...lockStep, oack: true }, [300, { kind: 'tick' }]).effects).toEqual([{ kind: 'oack' }]);
  });
});

describe('repeated packets', () => {
  it('answers a repeated acknowledgement once, after a quiet time', () => {
    const state = measured(1);
    expect(stepSending(state, ack(1), 3).effects).toEqual([]);
    const resent = stepSending(state, ack(1), 10);
    expect(resent.effects).toEqual([{ kind: 'data', from: 2, count: 1, again: true }]);
    expect(stepSending(resent.state, ack(1), 11).effects).toEqual([]);
  });

  it('does not double the traffic when every acknowledgement comes twice (Sorcerer\'s Apprentice)', () => {
    let step = startSending({ ...lockStep, size: 512 * 100 }, 0);
    let sent = 1;
    for (let block = 1; block <= 100; block += 1) {
      for (const copy of [0, 0.1]) {
        step = stepSending(step.state, ack(block), block + copy);
        sent += step.effects.filter((effect) => effect.kind === 'data').length;
      }
    }
    expect(sent).toBe(101);
  });

  it('repeats its first answer for a repeated request, until the phone has answered', () => {
    expect(play(lockStep, [50, { kind: 'again' }]).effects).toEqual([{ kind: 'data', from: 1, count: 1, again: true }]);
    expect(play({ ...lockStep, oack: true }, [50, { kind: 'again' }]).effects).toEqual([{ kind: 'oack' }]);
    expect(play(lockStep, [1, ack(1)], [50, { kind: 'again' }]).effects).toEqual([]);
  });

  it('ignores old acknowledgements', () => {
    expect(play(lockStep, [1, ack(1)], [2, ack(2)], [3, ack(1)]).effects).toEqual([]);
  });
});

describe('ends', () => {
  it('gives up after 10 s when nothing was ever heard', () => {
    expect(play(lockStep, [9_999, { kind: 'tick' }]).effects).not.toContainEqual(expect.objectContaining({ kind: 'end' }));
    expect(play(lockStep, [10_000, { kind: 'tick' }]).effects).toEqual([{ kind: 'end', ending: { kind: 'silent', never: true } }]);
  });

  it('bears 30 s of silence in mid-transfer, however often it has sent', () => {
    let step = play(lockStep, [1, ack(1)]);
    for (let at = 20; at < 30_000; at += 10) {
      step = stepSending(step.state, { kind: 'tick' }, at);
      expect(step.effects).not.toContainEqual(expect.objectContaining({ kind: 'end' }));
    }
    expect(stepSending(step.state, { kind: 'tick' }, 30_001).effects).toEqual([{ kind: 'end', ending: { kind: 'silent', never: false } }]);
  });

  it('counts as delivered but unconfirmed when only the last acknowledgement lacks', () => {
    let last = play(lockStep, [1, ack(1)], [2, ack(2)]);
    expect(isLast(last.state)).toBe(true);
    for (const at of [100, 500, 1_500, 4_000]) last = stepSending(last.state, { kind: 'tick' }, at);
    expect(stepSending(last.state, { kind: 'tick' }, 5_001).effects).not.toContainEqual(expect.objectContaining({ kind: 'end' }));
    expect(stepSending(last.state, { kind: 'tick' }, 5_002).effects).toEqual([{ kind: 'end', ending: { kind: 'unconfirmed' } }]);
  });

  it('sends the last block four times before it stops, even when its timer has become slow', () => {
    let last = play(lockStep, [1, ack(1)], [2, ack(2)]);
    for (const at of [2_000, 5_002, 7_100]) {
      last = stepSending(last.state, { kind: 'tick' }, at);
      expect(last.effects).toEqual([{ kind: 'data', from: 3, count: 1, again: true }]);
    }
  });

  it('sends the last block only a few times more to a phone that has gone', () => {
    let step = play(lockStep, [1, ack(1)], [2, ack(2)]);
    let resends = 0;
    for (let at = 10; at < 5_000; at += 10) {
      step = stepSending(step.state, { kind: 'tick' }, at);
      resends += step.effects.length;
    }
    expect(resends).toBeGreaterThanOrEqual(3);
    expect(resends).toBeLessThanOrEqual(5);
  });

  it('does not call one unanswered block delivered', () => {
    const step = startSending({ ...lockStep, size: 10 }, 0);
    expect(isLast(step.state)).toBe(false);
    expect(stepSending(step.state, { kind: 'tick' }, 10_000).effects).toEqual([{ kind: 'end', ending: { kind: 'silent', never: true } }]);
  });

  it('bears more silence when the phone named a slow timer of its own', () => {
    const step = play({ ...lockStep, timeout: 20 }, [1, ack(1)]);
    expect(stepSending(step.state, { kind: 'tick' }, 79_000).effects).not.toContainEqual(expect.objectContaining({ kind: 'end' }));
    expect(stepSending(step.state, { kind: 'tick' }, 80_002).effects).toContainEqual(expect.objectContaining({ kind: 'end' }));
  });

  it('ends at once when the phone sends an error', () => {
    expect(play(lockStep, [1, { kind: 'error', error: 3, message: 'disk full' }]).effects)
      .toEqual([{ kind: 'end', ending: { kind: 'aborted', error: 3, message: 'disk full' } }]);
  });
});
