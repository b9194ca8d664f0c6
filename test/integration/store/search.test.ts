import { describe, expect, it } from 'vitest';
import type { NewLine } from '../../../main/store/store.ts';
import { evidenceOf, macOf } from './names.ts';
import { mustOpen, newFolder } from './workspace.ts';

/** 100,000 lines as 500 phones would send them: most of them chatter, one in ten a resync. */
function lineOf(index: number): NewLine {
  const mac = macOf(index % 500);
  const text = index % 10 === 0
    ? `CP-8841-3PCC ${mac.match(/../g)?.join(':')} -- Requesting resync tftp://10.20.0.1:69/f${index}.xml`
    : `NOT Apr 11 18:16:44.288201 (1745-1842) voice-line ${index % 16} registered, expires ${index % 3600}`;
  return { at: index, peer: `10.20.${(index % 500) >> 8}.${index % 250}`, facility: 16, severity: index % 8, mac, text };
}

describe('syslog', () => {
  it('100,000 lines are kept, found by word, phone, severity and page, and none is lost', async () => {
    const { syslog } = await mustOpen(newFolder());
    for (let from = 0; from < 100_000; from += 2_000) {
      expect(syslog.append(Array.from({ length: 2_000 }, (_, index) => lineOf(from + index)))).toBe(true);
      if (from % 40_000 === 38_000) await syslog.flush();
    }
    await syslog.flush();
    expect(await syslog.total()).toBe(100_000);
    expect(syslog.lost()).toBe(0);

    const unique = await syslog.search({ text: 'f77770.xml', limit: 100 });
    expect(unique).toMatchObject({ more: false, rows: [{ id: 77_771, at: 77_770 }] });

    const newest = await syslog.search({ text: 'requesting resync', limit: 100 });
    expect(newest.more).toBe(true);
    expect(newest.rows.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, index) => 99_991 - index * 10));
    const next = await syslog.search({ text: 'requesting resync', before: newest.rows.at(-1)?.id ?? 0, limit: 2 });
    expect(next.rows.map(({ id }) => id)).toEqual([98_991, 98_981]);

    const own = await syslog.search({ mac: macOf(10), limit: 300 });
    expect(own.rows).toHaveLength(200);
    expect(own.more).toBe(false);
    expect((await syslog.search({ text: 'resync', mac: macOf(10), limit: 300 })).rows).toHaveLength(200);
    expect((await syslog.search({ text: 'resync', mac: macOf(11), limit: 300 })).rows).toEqual([]);

    const worst = await syslog.search({ worstSeverity: 1, limit: 50 });
    expect(worst.rows.every(({ severity }) => severity <= 1)).toBe(true);
    expect(worst.rows[0]?.id).toBe(99_994);
    expect(await syslog.search({ text: '-- ( "', limit: 10 })).toEqual({ rows: [], more: false });
  });
});

describe('evidence', () => {
  it('is found by phone, server, answer and words over a long log, newest first, page by page', async () => {
    const { evidence } = await mustOpen(newFolder());
    for (let from = 0; from < 30_000; from += 3_000) {
      await evidence.append(Array.from({ length: 3_000 }, (_, index) => {
        const number = from + index;
        const http = number % 100 === 0 ? { server: 'http', asked: 'GET', outcome: { kind: 'refused', answer: '404', code: 'file.not-found' }, detail: { reason: `r${number}` } } as const : {};
        return evidenceOf(`/Cisco/${number}.cfg`, http, macOf(number % 7));
      }), []);
    }
    const own = await evidence.page({ mac: macOf(3), limit: 3 });
    expect(own).toMatchObject({ more: true, rows: [{ seq: 29_999 }, { seq: 29_992 }, { seq: 29_985 }] });
    expect((await evidence.page({ mac: macOf(3), before: 29_985, limit: 1 })).rows).toMatchObject([{ seq: 29_978 }]);
    expect((await evidence.page({ server: 'http', limit: 500 }))).toMatchObject({ more: false, rows: { length: 300 } });
    expect((await evidence.page({ answer: '404', limit: 2 })).rows).toMatchObject([{ seq: 29_901 }, { seq: 29_801 }]);
    expect((await evidence.page({ answer: 'ERROR 1', limit: 1 })).rows).toMatchObject([{ seq: 30_000 }]);
    expect((await evidence.page({ text: '17.CFG cisco', limit: 1 })).rows).toMatchObject([{ seq: 29_918 }]);
    expect((await evidence.page({ text: 'reason=r100', limit: 50 })).rows.at(-1)).toMatchObject({ seq: 101 });
    expect(await evidence.page({ text: '/cisco/5.cfg', limit: 10 })).toMatchObject({ more: false, rows: [{ seq: 6 }] });
    expect(await evidence.page({ text: 'never said', limit: 10 })).toEqual({ rows: [], more: false });
    expect(await evidence.page({ server: 'tftp', answer: '404', limit: 10 })).toEqual({ rows: [], more: false });
    expect((await evidence.after(29_998, 10)).map(({ seq }) => seq)).toEqual([29_999, 30_000]);
    expect((await evidence.after(0, 2, macOf(6))).map(({ seq }) => seq)).toEqual([7, 14]);
  });
});
