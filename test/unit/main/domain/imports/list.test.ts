import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../../common/values/mac.ts';
import type { Device } from '../../../../../main/domain/device/device.ts';
import { enrol, newDevice } from '../../../../../main/domain/device/enrol.ts';
import { readList, rowsToEnrol } from '../../../../../main/domain/imports/list.ts';

const NOBODY: ReadonlyMap<Mac, Device> = new Map();

function rows(text: string, known = NOBODY) {
  const read = readList(text, known);
  if (!read.ok) throw new Error(read.failure.code);
  return read.value;
}

describe('a list of phones', () => {
  it.each([[','], [';'], ['\t']])('is read with %j between its fields, with and without a byte order mark', (separator) => {
    const text = ['mac', 'model', 'serial', 'name', 'ext'].join(separator) + '\r\n' +
      ['00:56:2B:04:36:15', 'CP-8841-3PCC-K9=', 'FCH2443D9R4', 'Zoé', '0012'].join(separator) + '\r\n';
    for (const mark of ['', '\uFEFF']) {
      const report = rows(mark + text);
      expect(report).toMatchObject({ separator, added: 1, rejected: 0, columns: ['mac', 'model', 'serial', 'name', 'ext'] });
      expect(report.rows[0]).toEqual({
        line: 2, verdict: 'new', mac: '00562b043615', model: 'CP-8841-3PCC', serial: 'FCH2443D9R4', name: 'Zoé', variables: { ext: '0012' }, reason: null,
      });
    }
  });

  it('text stays text: leading zeros, plus signs, quotes, blanks, things that look like numbers or formulas', () => {
    const report = rows('mac,a,b,c,d,e\n00562b043615,0012,+33140000000,"say ""hi""",  x ,=1+1\n');
    expect(report.rows[0]?.variables).toEqual({ a: '0012', b: '+33140000000', c: 'say "hi"', d: '  x ', e: '=1+1' });
  });

  it('known columns are found in any case and any order', () => {
    expect(rows('Ext,MAC,Name\n12,00562b043615,Bob\n').rows[0]).toMatchObject({ mac: '00562b043615', name: 'Bob', variables: { Ext: '12' } });
  });

  it('a quoted separator and a quoted line break belong to their field', () => {
    const report = rows('mac,name,note\n00562b043615,"Bob, B","two\nlines"\n00562b043616,Al,x\n');
    expect(report.rows).toMatchObject([{ name: 'Bob, B', variables: { note: 'two\nlines' } }, { line: 4, name: 'Al' }]);
  });

  it('each bad row is told with its line and reason, and costs no good one', () => {
    const report = rows([
      'mac;model;serial;ext',
      '00562b043615;8841;FCH2443D9R4;1',
      ';8841;;2',
      'printer;8841;;3',
      '00562b043616;toaster;;4',
      '00562b043615;;;5',
      '00562b043617;"open;;6',
      '00562b043618;;;7',
      '00562b043619;8841',
      '00562b04361a;8841;;8;extra',
      '00562b04361b;8841;88012BA0123456789;9',
      '',
      '00562b04361c;;;;;',
    ].join('\n'));
    expect(report.rows.map(({ line, verdict, reason }) => [line, verdict, reason?.code ?? null])).toEqual([
      [2, 'new', null],
      [3, 'rejected', 'import.mac-missing'],
      [4, 'rejected', 'import.mac-wrong'],
      [5, 'rejected', 'import.model-unknown'],
      [6, 'rejected', 'import.mac-twice'],
      [7, 'rejected', 'import.quote'],
      [8, 'new', null],
      [9, 'rejected', 'import.columns'],
      [10, 'rejected', 'import.columns'],
      [11, 'new', 'import.serial-unusual'],
      [13, 'new', null],
    ]);
    expect(report).toMatchObject({ added: 4, rejected: 7 });
    expect(report.rows[4]?.reason?.params).toEqual({ line: 2 });
    expect(report.rows[7]?.reason?.params).toEqual({ count: 2, expected: 4 });
  });

  it('a MAC that a spreadsheet ruined is told as typed', () => {
    expect(rows('mac\n5.62B+11\n').rows[0]).toMatchObject({ verdict: 'rejected', mac: '5.62B+11', reason: { code: 'import.mac-wrong' } });
  });

  it('a quote that only the next row closes swallows nobody', () => {
    const report = rows('mac,name\n00562b043615,"Bob\n00562b043616,Al"\n00562b043617,Cy\n');
    expect(report.rows.filter(({ verdict }) => verdict === 'new').map(({ mac }) => mac)).toEqual(['00562b043616', '00562b043617']);
  });

  it('a row whose letters were lost because the file is not UTF-8 is rejected, the others stay', () => {
    const text = new TextDecoder().decode(Buffer.from('mac,name\n00562b043615,Zo\xe9\n00562b043616,Al\n', 'latin1'));
    expect(rows(text).rows).toMatchObject([{ verdict: 'rejected', reason: { code: 'import.not-utf8' } }, { verdict: 'new', name: 'Al' }]);
  });

  it('the separator line of a spreadsheet is understood', () => {
    expect(rows('sep=;\nmac;name\n00562b043615;a,b\n').rows[0]).toMatchObject({ line: 3, name: 'a,b' });
  });

  it('says what would happen to a phone that is known', () => {
    const row = { mac: '00562b043615' as Mac, model: null, serial: null, name: 'Bob', variables: { ext: '1' } };
    const known = new Map([[row.mac, enrol(newDevice(row.mac, 1, null), row, 2, 1)]]);
    expect(rows('mac,name,ext\n00562b043615,Bob,1\n', known).rows[0]?.verdict).toBe('same');
    expect(rows('mac,name,ext\n00562b043615,Bob,2\n', known).rows[0]?.verdict).toBe('changed');
    expect(rows('mac\n00562b043615\n', known).rows[0]?.verdict).toBe('same');
    expect(rows('mac,ext\n00562b043615,\n', known).rows[0]?.verdict).toBe('changed');
    expect(rows('mac,name\n00562b043615,Bob\n', new Map([[row.mac, newDevice(row.mac, 1, null)]])).rows[0]?.verdict).toBe('new');
  });

  it('hands over what is to be enrolled', () => {
    const report = rows('mac,model,serial,ext\n00562b043615,8841,FCH2443D9R4,1\nbad,,,\n');
    expect(rowsToEnrol(report)).toEqual([{ mac: '00562b043615', model: 'CP-8841-3PCC', serial: 'FCH2443D9R4', name: null, variables: { ext: '1' } }]);
  });

  it.each(['', 'name,ext\nBob,1\n', '00562b043615,8841\n'])('%j has no header that names a MAC', (text) => {
    expect(readList(text, NOBODY)).toMatchObject({ ok: false, failure: { code: 'import.no-header' } });
  });

  it('two columns of one name are refused: nobody could tell which one counts', () => {
    expect(readList('mac,ext,Ext\n', NOBODY)).toMatchObject({ ok: false, failure: { code: 'import.column-twice', params: { column: 'Ext' } } });
  });

  it('5,000 rows are read', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `00562b${index.toString(16).padStart(6, '0')},"n ${index}"`);
    expect(rows(['mac,name', ...many].join('\n'))).toMatchObject({ added: 5_000, rejected: 0 });
  });

  it('of more lines than any site has phones is refused as a whole', () => {
    const rows = (count: number): string => `mac\n${'\n'.repeat(count)}`;
    expect(readList(rows(20_001), new Map())).toMatchObject({ failure: { code: 'import.too-long', params: { most: 20_000 } } });
    expect(readList(rows(19_000).replaceAll('\n', '\r\n'), new Map()).ok).toBe(true);
    expect(readList(rows(20_001).replaceAll('\n', '\r'), new Map()).ok).toBe(false);
  });

  it('of thousands of columns is read all the same', () => {
    const columns = Array.from({ length: 20_000 }, (_, index) => `c${index}`).join(',');
    expect(readList(`mac,${columns}\n`, new Map()).ok).toBe(true);
    expect(readList(`mac,${columns},C7\n`, new Map())).toMatchObject({ failure: { code: 'import.column-twice', params: { column: 'C7' } } });
  });
});
