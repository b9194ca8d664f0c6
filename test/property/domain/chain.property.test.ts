import fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../common/values/mac.ts';
import { CHAIN_START } from '../../../main/domain/evidence/chain.ts';
import type { NewEvidence } from '../../../main/domain/evidence/row.ts';
import { benchOperations } from '../../../main/store/bench-operations.ts';
import { BENCH_MIGRATIONS } from '../../../main/store/schema.ts';

const ROWS = 12;

function log() {
  const database = new DatabaseSync(':memory:');
  for (const step of BENCH_MIGRATIONS) database.exec(step);
  const operations = benchOperations(database);
  const rows: NewEvidence[] = Array.from({ length: ROWS }, (_, index) => ({
    mac: index % 3 === 0 ? null : (`00562b00000${index % 10}` as Mac),
    observation: {
      at: 1_000 + index, server: 'tftp', peer: { address: '10.0.0.1', port: index }, asked: 'RRQ', facts: { path: `/f${index}` },
      outcome: { kind: 'delivered', answer: 'DATA', bytes: index, confirmed: true },
    },
  }));
  operations.append(rows, []);
  return { database, verify: () => operations.verify(0, CHAIN_START, 1_000) };
}

describe('the evidence log', () => {
  it('stands as long as nobody touches it', () => {
    expect(log().verify()).toMatchObject({ rows: ROWS, brokenAt: null });
  });

  it('shows the first row at or after any single change', () => {
    const change = fc.record({ seq: fc.integer({ min: 1, max: ROWS }), column: fc.constantFrom('body', 'hash', 'mac', 'server'), at: fc.nat(), letter: fc.constantFrom('0', '1', 'a', 'z', '"', ' ') });
    fc.assert(
      fc.property(change, ({ seq, column, at, letter }) => {
        const { database, verify } = log();
        const before = database.prepare(`SELECT ${column} AS text FROM evidence WHERE seq = ?`).get(seq)?.['text'];
        const text = typeof before === 'string' ? before : '';
        const changed = text.slice(0, at % (text.length + 1)) + letter + text.slice((at % (text.length + 1)) + 1);
        if (changed === before) return;
        database.prepare(`UPDATE evidence SET ${column} = ? WHERE seq = ?`).run(changed, seq);
        expect(verify().brokenAt).toBe(seq);
        database.close();
      }),
      { numRuns: 300 },
    );
  });

  it('shows a row that was taken out or put elsewhere', () => {
    for (let seq = 1; seq < ROWS; seq += 1) {
      const { database, verify } = log();
      database.prepare('DELETE FROM evidence WHERE seq = ?').run(seq);
      expect(verify().brokenAt).toBe(seq + 1);
      database.exec(`UPDATE evidence SET seq = ${seq} WHERE seq = ${ROWS}`);
      expect(verify().brokenAt).toBe(seq);
      database.close();
    }
  });
});
