import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { runBenchProcess, type BenchChild, type BenchProcess } from '../../../main/electron/bench-process.ts';

class FakeChild extends EventEmitter implements BenchChild<string> {
  readonly sent: (readonly [string, readonly string[] | undefined])[] = [];
  killed = false;
  postMessage(message: { readonly kind: string }, ports?: string[]): void {
    this.sent.push([message.kind, ports]);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

interface Desk {
  readonly bench: BenchProcess<string>;
  readonly children: readonly FakeChild[];
  readonly waits: readonly number[];
  readonly givenUp: readonly unknown[];
  advance(ms: number): void;
}

/** A clock that moves by hand, and children that die when they are told to. */
function desk(): Desk {
  const children: FakeChild[] = [];
  const waits: number[] = [];
  const givenUp: unknown[] = [];
  let now = 0;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  const bench = runBenchProcess<string>({
    fork: () => {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      waits.push(ms);
      timers.push(timer);
      return { cancel: () => (timers = timers.filter((each) => each !== timer)) };
    },
    giveUp: (reason) => givenUp.push(reason),
  });
  const advance = (ms: number): void => {
    now += ms;
    const due = timers.filter((timer) => timer.at <= now);
    timers = timers.filter((timer) => timer.at > now);
    for (const timer of due) timer.run();
  };
  return { bench, children, waits, givenUp, advance };
}

function at(children: readonly FakeChild[], index: number): FakeChild {
  const child = children.at(index);
  if (child === undefined) throw new Error(`there is no child ${index}`);
  return child;
}

describe('the bench process under the window', () => {
  it('gets a page only once it is ready, also when the page asked before', () => {
    const { bench, children } = desk();
    bench.attach('early');
    expect(at(children, 0).sent).toEqual([]);
    at(children, 0).emit('message', { kind: 'ready' });
    bench.attach('late');
    expect(at(children, 0).sent).toEqual([['attach', ['early']], ['attach', ['late']]]);
  });

  it('is started again after a crash, later each time', () => {
    const { children, waits, advance } = desk();
    for (let crash = 0; crash < 6; crash++) {
      at(children, -1).emit('exit', 139);
      advance(10_000);
    }
    expect(children).toHaveLength(7);
    expect(waits).toEqual([500, 1000, 2000, 5000, 10_000, 10_000]);
  });

  it('counts anew after it ran well for a minute', () => {
    const { children, waits, advance } = desk();
    at(children, -1).emit('exit', 139);
    advance(500);
    advance(60_000);
    at(children, -1).emit('exit', 139);
    expect(waits).toEqual([500, 500]);
  });

  it('is given up when it crashes again and again', () => {
    const { children, givenUp, advance } = desk();
    for (let crash = 0; crash < 9; crash++) {
      at(children, -1).emit('exit', 139);
      advance(10_000);
    }
    expect(givenUp).toEqual([{ kind: 'crashes' }]);
    expect(children).toHaveLength(9);
  });

  it('tells the sentence when it cannot open', () => {
    const { children, givenUp } = desk();
    at(children, 0).emit('message', { kind: 'refused', sentence: 'Process 7 already uses it.' });
    expect(givenUp).toEqual([{ kind: 'refused', sentence: 'Process 7 already uses it.' }]);
  });

  it('keeps a page that asks while it is down for the next start, and no old ones for ever', () => {
    const { bench, children, advance } = desk();
    at(children, 0).emit('message', { kind: 'ready' });
    at(children, 0).emit('exit', 1);
    for (const port of ['a', 'b', 'c', 'd', 'e', 'f']) bench.attach(port);
    advance(500);
    at(children, 1).emit('message', { kind: 'ready' });
    expect(at(children, 1).sent.map(([, ports]) => ports?.[0])).toEqual(['c', 'd', 'e', 'f']);
  });

  it('is asked to stop and not started again', async () => {
    const { bench, children, advance } = desk();
    const stopped = bench.stop();
    expect(at(children, 0).sent).toEqual([['stop', undefined]]);
    at(children, 0).emit('exit', 0);
    await stopped;
    advance(60_000);
    expect(children).toHaveLength(1);
  });

  it('is ended when it does not stop in six seconds', async () => {
    const { bench, children, advance } = desk();
    const stopped = bench.stop();
    advance(6000);
    await stopped;
    expect(at(children, 0).killed).toBe(true);
  });

  it('stops at once while it waits for a restart', async () => {
    const { bench, children, advance } = desk();
    at(children, 0).emit('exit', 1);
    await bench.stop();
    advance(60_000);
    expect(children).toHaveLength(1);
  });
});
