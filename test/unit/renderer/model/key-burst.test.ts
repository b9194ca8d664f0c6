import { describe, expect, it } from 'vitest';
import { endsBurst, QUIET, ripe, typed, type BurstState } from '../../../../renderer/model/key-burst.ts';
import { keyName } from '../../../../renderer/model/keys.ts';

const scan = (text: string, gap: number): { readonly state: BurstState; readonly acted: readonly string[]; readonly at: number } => {
  const acted: string[] = [];
  let state = QUIET;
  let at = 1000;
  for (const letter of text) {
    const before = ripe(state, at);
    if (before.act) acted.push(before.act);
    state = typed(before.state, letter, at);
    at += gap;
  }
  const last = ripe(state, at + 100);
  if (last.act) acted.push(last.act);
  return { state: last.state, acted, at };
};

describe('held letters', () => {
  it('act 35 ms after a hand typed them', () => {
    const state = typed(QUIET, 'n', 1000);
    expect(ripe(state, 1034).act).toBeNull();
    expect(ripe(state, 1035).act).toBe('n');
  });

  it('act once only', () => {
    const first = ripe(typed(QUIET, 'n', 1000), 1100);
    expect(ripe(first.state, 1200).act).toBeNull();
  });

  it('never act inside a scanner burst, whatever its letters are', () => {
    expect(scan('FCH2443D9R4 wnv?1', 20).acted).toEqual([]);
  });

  it('all act when a hand types them one after another', () => {
    expect(scan('nnv', 80).acted).toEqual(['n', 'n', 'v']);
  });

  it('swallow the Enter that ends a scan, not the one that a hand presses', () => {
    const { state, at } = scan('00562BBC8C0D', 10);
    expect(endsBurst(state, at)).toBe(true);
    expect(endsBurst(state, at + 200)).toBe(false);
    expect(endsBurst(typed(QUIET, 'n', 1000), 1010)).toBe(false);
  });
});

describe('key names', () => {
  const key = (text: string, held: Partial<KeyboardEvent> = {}) => ({ key: text, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
  it('write letters small, with Shift large and named', () => {
    expect(keyName(key('r'), false)).toBe('r');
    expect(keyName(key('R', { shiftKey: true }), false)).toBe('shift+R');
  });
  it('read ? and / by what they type, so that any keyboard layout works', () => {
    expect(keyName(key('?', { shiftKey: true }), false)).toBe('?');
    expect(keyName(key('/', { shiftKey: true }), false)).toBe('/');
  });
  it('take Cmd for Ctrl on a Mac, except for Ctrl .', () => {
    expect(keyName(key('k', { metaKey: true }), true)).toBe('mod+k');
    expect(keyName(key('k', { ctrlKey: true }), false)).toBe('mod+k');
    expect(keyName(key('.', { ctrlKey: true }), true)).toBe('ctrl+.');
    expect(keyName(key('.', { ctrlKey: true }), false)).toBe('ctrl+.');
  });
  it('name F6 with Shift', () => {
    expect(keyName(key('F6', { shiftKey: true }), false)).toBe('shift+F6');
  });
});
