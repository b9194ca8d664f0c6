import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserFrames, oncePerFrame } from '../../../../renderer/model/frames.ts';
import { Watchers } from '../../../../renderer/model/watchers.ts';

describe('frames of the browser', () => {
  const frames = new Map<number, () => void>();
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('requestAnimationFrame', (work: () => void) => { frames.set(1, work); return 1; });
    vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    frames.clear();
  });

  it('work runs in the frame, and once', () => {
    const work = vi.fn();
    browserFrames(work);
    expect(work).not.toHaveBeenCalled();
    frames.get(1)?.();
    vi.runAllTimers();
    expect(work).toHaveBeenCalledOnce();
  });

  it('a window that is hidden before its frame comes still does the work', () => {
    const work = vi.fn();
    browserFrames(work);
    vi.runAllTimers();
    expect(work).toHaveBeenCalledOnce();
    expect(frames.size).toBe(0);
  });

  it('however often a frame is asked for, one comes, and the next asks anew', () => {
    const waiting: (() => void)[] = [];
    const frame = vi.fn();
    const ask = oncePerFrame({ nextFrame: (work) => waiting.push(work), now: () => 0 }, frame);
    ask();
    ask();
    waiting.splice(0).forEach((work) => work());
    expect(frame).toHaveBeenCalledOnce();
    ask();
    expect(waiting).toHaveLength(1);
  });
});

describe('watchers', () => {
  it('tells those of a key, and forgets the key with its last listener', () => {
    const watchers = new Watchers<string, [number]>();
    const heard = vi.fn();
    const stop = watchers.add('a', heard);
    watchers.tell('b', 1);
    watchers.tell('a', 2);
    watchers.tellAll(3);
    expect(heard.mock.calls).toEqual([[2], [3]]);
    stop();
    expect(watchers.has('a')).toBe(false);
    watchers.tell('a', 4);
    expect(heard).toHaveBeenCalledTimes(2);
  });
});
