import { describe, expect, it } from 'vitest';
import { moveFocus } from '../../../../renderer/parts/roving.ts';

const press = (key: string, held = {}) => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
// 0 1 2 3
// 4 5 6 7
// 8 9
const grid = { count: 10, columns: 4, page: 2 };

describe('one tab stop in a grid', () => {
  it.each([
    ['ArrowRight', 3, 4], ['ArrowLeft', 4, 3], ['ArrowDown', 1, 5], ['ArrowUp', 5, 1], ['Home', 6, 4], ['End', 5, 7], ['End', 8, 9], ['PageDown', 1, 9], ['PageDown', 2, 6], ['PageUp', 9, 1],
  ])('%s leads from %i to %i', (key, from, to) => {
    expect(moveFocus(press(key), from, grid)).toBe(to);
  });
  it('stays at the edges', () => {
    expect(moveFocus(press('ArrowRight'), 9, grid)).toBeNull();
    expect(moveFocus(press('ArrowUp'), 2, grid)).toBeNull();
    expect(moveFocus(press('ArrowDown'), 7, grid)).toBeNull();
  });
  it('takes Ctrl Home and Ctrl End to the first and the last', () => {
    expect(moveFocus(press('Home', { ctrlKey: true }), 6, grid)).toBe(0);
    expect(moveFocus(press('End', { ctrlKey: true }), 6, grid)).toBe(9);
  });
  it('leaves left and right alone in a list', () => {
    expect(moveFocus(press('ArrowRight'), 1, { count: 5, columns: 1, page: 3 })).toBeNull();
    expect(moveFocus(press('ArrowDown'), 1, { count: 5, columns: 1, page: 3 })).toBe(2);
    expect(moveFocus(press('End'), 1, { count: 5, columns: 1, page: 3 })).toBe(4);
  });
  it('does nothing in an empty one, and leaves chords to others', () => {
    expect(moveFocus(press('ArrowDown'), 0, { count: 0, columns: 4, page: 1 })).toBeNull();
    expect(moveFocus(press('ArrowDown', { altKey: true }), 0, grid)).toBeNull();
  });
});
