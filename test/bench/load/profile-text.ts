import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TABLE = fileURLToPath(new URL('../../../resources/dictionary/parameters.tsv', import.meta.url));
const LINES = 10;
const PLACES: Readonly<Record<string, string>> = { User_ID: '{{extension}}', Auth_ID: '{{extension}}', Password: '{{password}}', Display_Name: '{{name}}', Station_Name: '{{name}}' };

/**
 * A template as large and as repetitive as the export of a real phone: the parameters of the dictionary in their order, ten
 * of each that has an index, options in comments, places for the name, number and password of each line.
 * @param size bytes of the template, reached within one element
 */
export function profileText(size: number): string {
  const elements: string[] = [];
  let bytes = '<flat-profile>\n</flat-profile>\n'.length;
  for (const element of parameters()) {
    if (bytes + element.length > size) break;
    elements.push(element);
    bytes += element.length;
  }
  return `<flat-profile>\n${elements.join('')}</flat-profile>\n`;
}

/** What fills the places of one phone of many. */
export function phoneVariables(index: number): Readonly<Record<string, string>> {
  return { name: `Room ${1000 + index} Desk ${index % 7}`, extension: String(200_000 + index * 7), password: ((index + 1) * 2_654_435_761).toString(36).padEnd(16, 'k7Q') };
}

function* parameters(): Generator<string> {
  const [head = '', ...rows] = readFileSync(TABLE, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const columns = head.split('\t');
  const at = (row: readonly string[], name: string): string => row[columns.indexOf(name)] ?? '';
  for (let round = 1; ; round += 1) {
    for (const row of rows.map((line) => line.split('\t'))) {
      const name = at(row, 'name');
      const value = PLACES[name.replace(/_\{n\}_$/, '')] ?? escape(at(row, 'value 8841@11') || at(row, 'value 9861'));
      const options = at(row, 'options');
      const comment = options === '' || options.includes('--') ? '' : ` <!-- available options: ${escape(options)} -->`;
      for (let index = 1; index <= (name.includes('{n}') ? LINES : 1); index += 1) {
        yield `  <${name.replace('{n}', String(index + LINES * (round - 1)))} ua="${at(row, 'ua') || 'na'}">${value}</${name.replace('{n}', String(index + LINES * (round - 1)))}>${comment}\n`;
      }
    }
  }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
