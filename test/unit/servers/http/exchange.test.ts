import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../../common/values/observation.ts';
import { Exchange } from '../../../../main/servers/http/exchange.ts';

function begin(): { exchange: Exchange; seen: Observation[]; clock: { now: number } } {
  const seen: Observation[] = [];
  const clock = { now: 1_000 };
  const recorder = { server: 'http' as const, now: () => clock.now, observe: (each: Observation) => { seen.push(each); }, moved: () => undefined, ended: () => undefined };
  const exchange = new Exchange(recorder, { id: 'x-1', peer: { address: '10.0.0.2', port: 5 }, asked: 'GET', facts: { path: '/a' } });
  return { exchange, seen, clock };
}

describe('Exchange', () => {
  it('is delivered only when the other end has shown that it has everything', () => {
    const { exchange, seen, clock } = begin();
    exchange.sending(10, 'hash', false);
    exchange.moved(10);
    clock.now = 1_020;
    exchange.sent('200', 'hash');
    expect(seen).toEqual([]);
    clock.now = 1_300;
    exchange.settle(true);
    expect(seen).toEqual([
      {
        at: 1_020, server: 'http', peer: { address: '10.0.0.2', port: 5 }, asked: 'GET', facts: { path: '/a' }, exchange: 'x-1', tookMs: 20,
        outcome: { kind: 'delivered', answer: '200', bytes: 10, sha256: 'hash', confirmed: true },
      },
    ]);
  });

  it('says its end once', () => {
    const { exchange, seen } = begin();
    exchange.finish({ kind: 'refused', answer: '404', code: 'file.not-found' });
    exchange.broken('http.gone');
    exchange.sent('200', null);
    exchange.settle(true);
    expect(seen).toHaveLength(1);
  });

  it('tells of a large transfer when it begins, and names our own reason when it ends early', () => {
    const { exchange, seen } = begin();
    exchange.sending(1_000, null, true);
    exchange.moved(300);
    exchange.cause = 'http.stalled';
    exchange.broken('http.gone');
    expect(seen.map((each) => each.outcome)).toEqual([
      { kind: 'started', total: 1_000 },
      { kind: 'broken', code: 'http.stalled', bytes: 300 },
    ]);
  });

  it('has progress only while bytes move', () => {
    const { exchange } = begin();
    expect(exchange.progress(0, null)).toBeNull();
    exchange.sending(1_000, null, false);
    exchange.moved(300);
    expect(exchange.progress(300, null)).toMatchObject({ exchange: 'x-1', path: '/a', bytes: 300, total: 1_000 });
    expect(exchange.progress(300, null)).toBeNull();
    exchange.moved(700);
    exchange.sent('200', null);
    exchange.settle(true);
    expect(exchange.progress(1_000, null)).toBeNull();
  });

  it('counts what is on its way as not there, goes on until all is there, and never back', () => {
    const { exchange } = begin();
    exchange.sending(1_000, null, false);
    exchange.moved(1_000);
    exchange.sent('200', null);
    expect(exchange.progress(1_000, 1_200)).toBeNull();
    expect(exchange.progress(1_000, 600)).toMatchObject({ bytes: 400 });
    expect(exchange.progress(1_000, 700)).toBeNull();
    expect(exchange.progress(1_000, 0)).toMatchObject({ bytes: 1_000 });
  });

  it('counts a broken transfer by what had arrived when the system was last asked', () => {
    const { exchange, seen } = begin();
    exchange.sending(1_000, null, false);
    exchange.moved(800);
    exchange.progress(800, 500);
    exchange.broken('http.gone');
    expect(seen.at(-1)?.outcome).toEqual({ kind: 'broken', code: 'http.gone', bytes: 300 });
  });
});
