import { describe, expect, it } from 'vitest';
import type { TimelineRow } from '../../../../common/contract/views/phone.ts';
import { foldRounds } from '../../../../renderer/model/fold.ts';

const wire = (seq: number, asked: string): TimelineRow => ({ seq, at: seq * 10, kind: 'wire', server: 'dhcp', asked, what: '', answer: '', tone: 'ok', peer: null, tookMs: null, detail: {} });
const stage = (seq: number): TimelineRow => ({ ...wire(seq, ''), kind: 'stage', what: 'addressed' });
const shape = (rows: readonly TimelineRow[]) => foldRounds(rows).map((each) => (each.kind === 'row' ? each.row.seq : `${each.length}x${each.times}`));

describe('equal rounds of the timeline', () => {
  it('fold one row that comes again', () => {
    expect(shape([wire(1, 'A'), wire(2, 'A'), wire(3, 'A')])).toEqual([1, '1x2']);
  });
  it('fold several rows that come again together', () => {
    expect(shape(['A', 'B', 'C', 'A', 'B', 'C', 'A', 'B', 'C', 'D'].map((asked, index) => wire(index + 1, asked)))).toEqual([1, 2, 3, '3x2', 10]);
  });
  it('do not fold across a stage', () => {
    expect(shape([wire(1, 'A'), stage(2), wire(3, 'A')])).toEqual([1, 2, 3]);
  });
  it('leave different rows alone', () => {
    expect(shape([wire(1, 'A'), wire(2, 'B'), wire(3, 'A')])).toEqual([1, 2, 3]);
  });
  it('keep the time of the last one', () => {
    expect(foldRounds([wire(1, 'A'), wire(2, 'A')])[1]).toMatchObject({ kind: 'again', lastAt: 20 });
  });
});
