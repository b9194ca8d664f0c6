import { sentence } from '../../../common/contract/sentences/sentence.ts';
import type { ImportReport, ImportRow } from '../../../common/values/import-report.ts';
import { type Mac, parseMac } from '../../../common/values/mac.ts';
import { parseSerial } from '../../../common/values/serial.ts';
import { newDevice } from '../../domain/device/enrol.ts';
import { readModel } from '../../domain/device/model-name.ts';
import { readList } from '../../domain/imports/list.ts';
import { phoneVariables } from '../../domain/profile/variables.ts';
import { couldNotRun } from '../exit.ts';

/** Columns that every good row of a list of phones has filled: what each phone of it can fill. */
export function columnsOf(csv: string): readonly string[] {
  const { rows, columns } = readGood(csv);
  const filled = (column: string): boolean => rows.every((row) => (variablesOf(row)[column] ?? '').trim() !== '');
  const known = rows.length > 0 && rows.every(({ name }) => name !== null) ? ['name'] : [];
  return [...known, ...columns.filter((column) => column !== '' && filled(column))];
}

/** What the list tells of one phone, as template variables; null when it is not there. */
export function listVariables(csv: string, mac: Mac): Readonly<Record<string, string>> | null {
  const row = readGood(csv).rows.find((each) => parseMac(each.mac) === mac);
  return row === undefined ? null : { ...builtins(row, mac), ...variablesOf(row) };
}

function readGood(csv: string): Pick<ImportReport, 'rows' | 'columns'> {
  const report = readList(csv, new Map());
  if (!report.ok) throw couldNotRun(sentence(report.failure.code, report.failure.params));
  return { rows: report.value.rows.filter(({ verdict }) => verdict !== 'rejected'), columns: report.value.columns };
}

function variablesOf({ variables }: ImportRow): Readonly<Record<string, string>> {
  return variables;
}

function builtins({ model, serial, name }: ImportRow, mac: Mac): Readonly<Record<string, string>> {
  return phoneVariables({ ...newDevice(mac, 0, null), model: model === null ? null : readModel(model), serial: serial === null ? null : parseSerial(serial), name });
}
