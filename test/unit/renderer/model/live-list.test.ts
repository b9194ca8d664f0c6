import { describe, expect, it } from 'vitest';
import { LiveList } from '../../../../renderer/model/live-list.ts';

const row = (id: number, text = '') => ({ id, text });

describe('a live list', () => {
  it('keeps the newest first and no more than its limit', () => {
    const list = new LiveList<{ id: number; text: string }>((each) => each.id, 3);
    list.push([row(2), row(1)]);
    list.push([row(4), row(3)]);
    expect(list.view.get().rows.map((each) => each.id)).toEqual([4, 3, 2]);
  });
  it('replaces a row by a later one with the same key', () => {
    const list = new LiveList<{ id: number; text: string }>((each) => each.id);
    list.push([row(1, 'sending 10 %')]);
    list.push([row(1, 'done')]);
    expect(list.view.get().rows).toEqual([row(1, 'done')]);
  });
  it('held still only counts, and shows what came when it goes on', () => {
    const list = new LiveList<{ id: number; text: string }>((each) => each.id);
    list.push([row(1)]);
    list.hold(true);
    const held = list.view.get().rows;
    list.push([row(3), row(2)], 40);
    expect(list.view.get()).toMatchObject({ held: true, missed: 42 });
    expect(list.view.get().rows).toBe(held);
    list.hold(false);
    expect(list.view.get()).toMatchObject({ held: false, missed: 0 });
    expect(list.view.get().rows.map((each) => each.id)).toEqual([3, 2, 1]);
  });
  it('held still does not count a row again that it already has', () => {
    const list = new LiveList<{ id: number; text: string }>((each) => each.id);
    list.push([row(1, 'sending')]);
    list.hold(true);
    list.push([row(2), row(1, 'done')]);
    list.push([row(2), row(1, 'done')]);
    expect(list.view.get().missed).toBe(1);
    list.hold(false);
    expect(list.view.get().rows).toEqual([row(2), row(1, 'done')]);
  });
  it('puts older rows below without repeating any', () => {
    const list = new LiveList<{ id: number; text: string }>((each) => each.id);
    list.push([row(5), row(4)]);
    list.older([row(4), row(3)]);
    expect(list.view.get().rows.map((each) => each.id)).toEqual([5, 4, 3]);
  });
});
