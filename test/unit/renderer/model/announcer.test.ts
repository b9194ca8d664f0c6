import { describe, expect, it } from 'vitest';
import { Announcer } from '../../../../renderer/model/announcer.ts';
import { summarise } from '../../../../renderer/model/happened.ts';
import { phone } from '../phones.ts';

describe('what screen readers are told', () => {
  it('is at most one sentence in 5 s, summed up when it is said', () => {
    const timers: (() => void)[] = [];
    const announcer = new Announcer((work) => timers.push(work));
    let done = 1;
    announcer.say(() => `${done} done`);
    expect(announcer.polite.get()).toBe('1 done');
    for (done = 2; done <= 4; done += 1) announcer.say(() => `${done} done`);
    expect(announcer.polite.get()).toBe('1 done');
    timers.shift()?.();
    expect(announcer.polite.get()).toBe('5 done');
  });
  it('names who became done and who came to need a hand since the last look, nothing at the first', () => {
    const first = summarise(null, [phone(1), phone(2, { face: 'attention' })]);
    expect(first).toMatchObject({ done: [], needs: [] });
    const next = summarise(first.faces, [phone(1, { face: 'done' }), phone(2, { face: 'attention' }), phone(3, { face: 'attention' })]);
    expect(next).toMatchObject({ done: [1], needs: [3] });
  });
});
