import { setTimeout as wait } from 'node:timers/promises';
import { afterEach } from 'vitest';
import type { PhoneEvent } from '../../../main/simulator/events.ts';
import { powerUp, type PhoneOptions, type VirtualPhone } from '../../../main/simulator/phone.ts';
import { startTinyBench, type TinyBench } from './tiny-bench.ts';

/** Small benches and virtual phones that are stopped after the test that started them, the last one first. */
const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** Done after the test, before what was there earlier is stopped. */
export function afterwards(stop: () => unknown): void {
  stops.push(stop);
}

export async function openTinyBench(answers: Parameters<typeof startTinyBench>[0]): Promise<TinyBench> {
  const tiny = await startTinyBench(answers);
  afterwards(() => tiny.stop());
  return tiny;
}

export function plugIn(options: PhoneOptions): VirtualPhone {
  const phone = powerUp(options);
  afterwards(() => phone.powerOff());
  return phone;
}

/** What a phone did of one kind, in order. */
export function steps<K extends PhoneEvent['kind']>(phone: VirtualPhone, kind: K): Extract<PhoneEvent, { kind: K }>[] {
  return phone.events.filter((event): event is Extract<PhoneEvent, { kind: K }> => event.kind === kind);
}

/** Asks every 10 ms until it is so; fails after a minute and a half. */
export async function until(ready: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (!(await ready())) {
    if (Date.now() > deadline) throw new Error('it never came');
    await wait(10);
  }
}
