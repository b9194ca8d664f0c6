import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drop, emptyTable, lookUp, put, valuesOf, type Table } from '../../../main/servers/dhcp/table.ts';

it('a table behaves like a map, and older ones never change', () => {
  const key = fc.integer({ min: 0, max: 40 }).map((value) => `k${value}`);
  const change = fc.oneof(fc.record({ kind: fc.constant('put' as const), key, value: fc.nat() }), fc.record({ kind: fc.constant('drop' as const), key }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 100 }), (changes) => {
      const map = new Map<string, number>();
      let table: Table<number> = emptyTable();
      const history: [Table<number>, number[]][] = [];
      for (const each of changes) {
        if (each.kind === 'put') map.set(each.key, each.value);
        else map.delete(each.key);
        table = each.kind === 'put' ? put(table, each.key, each.value) : drop(table, each.key);
        expect(lookUp(table, each.key)).toBe(map.get(each.key));
        history.push([table, [...map.values()].toSorted((a, b) => a - b)]);
      }
      for (const [older, values] of history) expect([...valuesOf(older)].toSorted((a, b) => a - b)).toEqual(values);
    }),
  );
});
