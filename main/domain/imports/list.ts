import { done, failed, type Failure, type Result } from '../../../common/values/failure.ts';
import type { ImportReport, ImportRow } from '../../../common/values/import-report.ts';
import { parseMac, type Mac } from '../../../common/values/mac.ts';
import { isUsualSerial, parseSerial } from '../../../common/values/serial.ts';
import { readModel } from '../device/model-name.ts';
import type { Device } from '../device/device.ts';
import type { ListRow } from '../device/enrol.ts';
import { readRecords, type ListRecord } from './records.ts';

type Field = 'mac' | 'model' | 'serial' | 'name' | { readonly variable: string };

/** Twenty times the largest site; beyond it a list would stand in the way of the phones that are served meanwhile. */
const MOST_LINES = 20_000;

/**
 * Reads a list of phones. The header row is required and names `mac`; `model`, `serial` and `name` are known, every other
 * column is a variable whose text is kept as typed (leading zeros, plus signs, quotes). Each bad row is told with its
 * line and reason, and never costs a good one.
 * @returns `import.too-long`, `import.no-header` or `import.column-twice` when there is no list to read
 */
export function readList(text: string, known: ReadonlyMap<Mac, Device>): Result<ImportReport> {
  const count = text.match(/\n|\r(?!\n)/g)?.length ?? 0;
  if (count > MOST_LINES) return failed('import.too-long', { count, most: MOST_LINES });
  const read = readRecords(text, (header) => header.findIndex((name) => fieldOf(name) === 'mac'));
  const fields = read.header.map(fieldOf);
  if (!fields.includes('mac')) return failed('import.no-header');
  const twice = duplicate(read.header.filter((name) => name !== ''));
  if (twice !== null) return failed('import.column-twice', { column: twice });
  const seen = new Map<Mac, number>();
  const rows = read.records.map((record) => judge(record, fields, known, seen));
  const countOf = (verdict: ImportRow['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  return done({
    columns: read.header,
    separator: read.separator,
    rows,
    added: countOf('new'),
    changed: countOf('changed'),
    same: countOf('same'),
    rejected: countOf('rejected'),
  });
}

/** The good rows of a report that change something, ready to be enrolled. */
export function rowsToEnrol(report: ImportReport): readonly ListRow[] {
  return report.rows.flatMap((row) => {
    const mac = row.verdict === 'new' || row.verdict === 'changed' ? parseMac(row.mac) : null;
    if (!mac) return [];
    const model = row.model === null ? null : readModel(row.model);
    const serial = row.serial === null ? null : parseSerial(row.serial);
    return [{ mac, model, serial, name: row.name, variables: row.variables }];
  });
}

function judge(record: ListRecord, fields: readonly Field[], known: ReadonlyMap<Mac, Device>, seen: Map<Mac, number>): ImportRow {
  const cell = (field: Field): string => record.cells[fields.indexOf(field)]?.trim() ?? '';
  const typed = { mac: cell('mac'), model: cell('model'), serial: cell('serial'), name: cell('name') };
  const variables = Object.fromEntries(
    fields.flatMap((field, index) => (typeof field === 'string' || field.variable === '' ? [] : [[field.variable, record.cells[index] ?? '']])),
  );
  const shown = { model: typed.model || null, serial: typed.serial || null, name: typed.name || null, variables };
  const reject = (code: string, params: Failure['params'] = {}): ImportRow => ({
    line: record.line, verdict: 'rejected', mac: typed.mac, ...shown, reason: { code, params },
  });
  if (record.broken) return reject('import.quote');
  // What the reader of the file put in place of bytes that are no UTF-8: a name with a hole must not reach a phone.
  if (record.cells.some((text) => text.includes('\uFFFD'))) return reject('import.not-utf8');
  const expected = fields.length;
  if (record.cells.length < expected || record.cells.slice(expected).some((extra) => extra.trim() !== '')) {
    return reject('import.columns', { count: record.cells.length, expected });
  }
  if (typed.mac === '') return reject('import.mac-missing');
  const mac = parseMac(typed.mac);
  if (!mac) return reject('import.mac-wrong', { text: typed.mac.slice(0, 40) });
  const earlier = seen.get(mac);
  if (earlier !== undefined) return reject('import.mac-twice', { line: earlier });
  const model = readModel(typed.model);
  if (typed.model !== '' && !model) return reject('import.model-unknown', { text: typed.model.slice(0, 40) });
  seen.set(mac, record.line);
  const serial = parseSerial(typed.serial);
  const unusual = typed.serial !== '' && (!serial || !isUsualSerial(serial));
  const row: ListRow = { mac, model, serial, name: shown.name, variables };
  return {
    line: record.line,
    verdict: verdictOf(row, known.get(mac)),
    mac,
    model,
    serial,
    name: shown.name,
    variables,
    reason: unusual ? { code: 'import.serial-unusual', params: { text: typed.serial.slice(0, 40) } } : null,
  };
}

function verdictOf(row: ListRow, device: Device | undefined): 'new' | 'changed' | 'same' {
  if (!device?.enrolled) return 'new';
  const same =
    (row.model === null || row.model === device.model) &&
    (row.serial === null || row.serial === device.serial) &&
    (row.name === null || row.name === device.name) &&
    Object.entries(row.variables).every(([name, value]) => value === (device.variables[name] ?? ''));
  return same ? 'same' : 'changed';
}

function fieldOf(column: string): Field {
  const name = column.toLowerCase();
  return name === 'mac' || name === 'model' || name === 'serial' || name === 'name' ? name : { variable: column };
}

function duplicate(columns: readonly string[]): string | null {
  const seen = new Set<string>();
  return columns.find((name) => seen.size === seen.add(name.toLowerCase()).size) ?? null;
}
