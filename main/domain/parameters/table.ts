import type { ParameterEntry, ParameterType } from '../../../common/values/parameter.ts';

type Row = ReadonlyMap<string, string>;

const TYPES: readonly ParameterType[] = [
  'bool', 'enum', 'text', 'number', 'port', 'ip', 'host', 'rule', 'dial-plan', 'tone', 'time', 'url',
];
const SECRET = /Passw(?:or)?d(?:_|$)|Passphrase|Secret|wepKey\d?_|pskKey|IKM_|GPP_S[A-D]/i;
/** Values, not secrets, whose names speak of passwords. */
const NO_SECRET = /_Prompt$|_Warnings$|Input_Mode$/;
const RANGE = /^(-?\d+)\.\.(-?\d+)(?: (.+))?$/;
/** A value of a note that is known to be empty, against one that is not known. */
const EMPTY = '""';

/** Brings the table of names and the notes together. A name of which only the notes know is appended. */
export function readTable(table: string, notes: string): readonly ParameterEntry[] {
  const noted = new Map(readRows(notes).map((row) => [cell(row, 'name'), row]));
  const seen = readRows(table).map((row) => readEntry(row, noted.get(cell(row, 'name')) ?? new Map()));
  const names = new Set(seen.map(({ name }) => name));
  const added = Array.from(noted).flatMap(([name, note]) => (names.has(name) ? [] : [readEntry(new Map([['name', name]]), note)]));
  return [...seen, ...added];
}

function readEntry(row: Row, note: Row): ParameterEntry {
  const name = cell(row, 'name');
  const listed = readOptions(cell(note, 'options'));
  const options = listed.length > 0 ? listed : readOptions(cell(row, 'options'));
  const values = Array.from(row).flatMap(([column, value]) => (column.startsWith('value ') && value !== '' ? [value] : []));
  const ua = cell(row, 'ua');
  const factory = cell(note, 'factory');
  const en = cell(note, 'en');
  return {
    name,
    section: cell(row, 'section') || cell(note, 'section'),
    type: readType(cell(note, 'type')) ?? guessType(options, values),
    options,
    secret: SECRET.test(name) && !NO_SECRET.test(name),
    ua: ua === 'na' || ua === 'ro' || ua === 'rw' ? ua : null,
    factory: factory === '' ? null : factory === EMPTY ? '' : factory,
    range: readRange(cell(note, 'range')),
    seen: readSeen(row),
    help: en === '' ? null : { en, fr: cell(note, 'fr') },
  };
}

/** Yes and No in every export make a switch; nothing else is safe to guess from one value. */
function guessType(options: readonly string[], values: readonly string[]): ParameterType | null {
  const choice = options.length > 0 ? options : values;
  if (choice.length > 0 && choice.every((value) => /^(?:yes|no)$/i.test(value))) return 'bool';
  return options.length > 0 ? 'enum' : null;
}

function readType(text: string): ParameterType | null {
  if (text === '') return null;
  const type = TYPES.find((known) => known === text);
  if (type === undefined) throw new Error(`the dictionary knows no type ${text}`);
  return type;
}

function readRange(text: string): ParameterEntry['range'] {
  if (text === '') return null;
  const [, from, to, unit = ''] = RANGE.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new Error(`the dictionary has a range ${text}`);
  return { from: Number(from), to: Number(to), unit };
}

function readSeen(row: Row): ParameterEntry['seen'] {
  return Array.from(row).flatMap(([column, value]) => {
    const [, model, firmware = ''] = /^max_index (\S+?)(?:@(\S+))?$/.exec(column) ?? [];
    return model === undefined || value === '' ? [] : [{ model, firmware, maxIndex: Number(value) }];
  });
}

/** Lists of exports hold empty items; they name no value. */
function readOptions(text: string): readonly string[] {
  return text === '' ? [] : text.split('|').filter((option) => option !== '');
}

function readRows(tsv: string): readonly Row[] {
  const [header, ...lines] = tsv.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  const columns = header?.split('\t') ?? [];
  if (columns[0] !== 'name') throw new Error('the dictionary begins with a row of column names');
  return lines.map((line) => {
    const cells = line.split('\t');
    return new Map(columns.map((column, at) => [column, cells[at] ?? '']));
  });
}

function cell(row: Row, column: string): string {
  return row.get(column) ?? '';
}
