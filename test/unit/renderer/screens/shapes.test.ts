import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../../renderer/screens/bench/grid-shape.ts';
import { wallPage, wallShape } from '../../../../renderer/screens/wall/wall-shape.ts';

describe('the tile grid', () => {
  it('shows 48 phones without scrolling at 1440 × 900', () => {
    const shape = shapeOf(48, 1048, 660);
    expect(shape).toMatchObject({ columns: 8, rows: 6 });
    expect(shape.rows * shape.rowHeight + (shape.rows - 1) * 8).toBeLessThanOrEqual(660);
  });
  it('grows by more columns, and never makes a tile narrower than 124 px', () => {
    for (const width of [500, 888, 1048, 1528, 2200, 3800]) {
      const { columns } = shapeOf(1000, width, 600);
      expect((width - 8 * (columns - 1)) / columns).toBeGreaterThanOrEqual(124);
    }
  });
});

describe('the wall', () => {
  const phones = Array.from({ length: 1000 }, (_, index) => ({ number: index + 1, needs: index % 100 === 0 }));
  it('shows number and silhouette alone from 61 phones on', () => {
    expect(wallShape(60, 1408, 740).compact).toBe(false);
    expect(wallShape(61, 1408, 740).compact).toBe(true);
  });
  it('keeps those that need a hand on every page and shows everybody in turn', () => {
    const seen = new Set<number>();
    const { pages } = wallPage(phones, (phone) => phone.needs, 0);
    for (let turn = 0; turn < pages; turn += 1) {
      const { shown } = wallPage(phones, (phone) => phone.needs, turn);
      expect(shown.length).toBeLessThanOrEqual(240);
      expect(shown.filter((phone) => phone.needs)).toHaveLength(10);
      for (const phone of shown) seen.add(phone.number);
    }
    expect(seen.size).toBe(1000);
  });
});
