import { expect, it } from 'vitest';
import { Counters } from '../../../../main/servers/http/counters.ts';
import { Flood } from '../../../../main/servers/http/flood.ts';

it('a scanner fills the evidence up to a bound, and nobody else pays for it', () => {
  const flood = new Flood();
  const recorded = Array.from({ length: 20_000 }, () => flood.allows('10.0.0.66', 1_000)).filter(Boolean).length;
  expect(recorded).toBe(6_000);
  expect(flood.allows('10.0.0.2', 1_000)).toBe(true);
  const later = Array.from({ length: 200 }, () => flood.allows('10.0.0.66', 2_000)).filter(Boolean).length;
  expect(later).toBe(50);
  expect(flood.allows('10.0.0.66', 0)).toBe(false);
});

it('rates are the mean of the last five seconds', () => {
  const counters = new Counters();
  for (let second = 1; second <= 7; second += 1) {
    counters.requests += second <= 2 ? 1_000 : 10;
    counters.bytes += 100;
    counters.second();
  }
  expect(counters.figures(3, 4)).toMatchObject({ requestsPerSecond: 10, bytesPerSecond: 100, transfers: 3, connections: 4, requests: 2_050 });
  expect(counters.changed(3, 4)).toBe(true);
  expect(counters.changed(3, 4)).toBe(false);
});
