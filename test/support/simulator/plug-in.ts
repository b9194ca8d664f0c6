import { setTimeout as wait } from 'node:timers/promises';
import type { PhoneEvent } from '../../../main/simulator/events.ts';
import { powerUp, type PhoneOptions, type VirtualPhone } from '../../../main/simulator/phone.ts';
import { afterwards } from '../afterwards.ts';
import { startTinyBench, type TinyBench } from './tiny-bench.ts';

/** Stopped after the test, as the virtual phones are, the last one first. */
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
