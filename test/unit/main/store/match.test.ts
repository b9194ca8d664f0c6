import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { matchOf } from '../../../../main/store/syslog/match.ts';

const LINES = [
  'CP-8841-3PCC 00:56:2b:04:36:15 -- Requesting resync tftp://10.20.0.1:69/8841-3PCC.xml',
  'CP-8841-3PCC 00:56:2b:04:36:15 -- Successful resync tftp://10.20.0.1:69/8841-3PCC.xml',
  'CP-7841-3PCC 00:56:2b:04:36:16 -- Resync failed: corrupt file',
  '00562b043617 voice: Zoé hung up',
];

function found(text: string): readonly number[] {
  const database = new DatabaseSync(':memory:');
  database.exec("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='unicode61')");
  for (const line of LINES) database.prepare('INSERT INTO words (text) VALUES (?)').run(line);
  const match = matchOf(text);
  if (match === null) return [];
  return database.prepare('SELECT rowid AS id FROM words WHERE words MATCH ? ORDER BY rowid').all(match).map(({ id }) => Number(id));
}

describe('what a person types into the search', () => {
  it.each([
    ['resync', [1, 2, 3]], ['RESYNC', [1, 2, 3]], ['resyn', [1, 2, 3]], ['resync corrupt', [3]], ['Successful resync', [2]], ['zoe', [4]],
    ['00:56:2b:04:36:15', [1, 2]], ['00562B043615', [1, 2]], ['0056.2b04.3617', [4]], ['10.20.0.1:69', [1, 2]], ['8841-3PCC.xml', [1, 2]],
    ['"corrupt file"', [3]], ['"corrupt fil"', []], ['file corrupt', [3]], ['"file corrupt"', []],
  ])('%s finds its lines', (text, lines) => {
    expect(found(text)).toEqual(lines);
  });

  it.each(['', '--', '" "', '***', '( ) ^'])('%j has nothing to look for', (text) => {
    expect(matchOf(text)).toBeNull();
  });

  it.each(['resync OR corrupt', 'NEAR(a b)', 'text:resync', '"unclosed', 'a"b', '-resync', 'resync*', "'; DROP TABLE lines", '{a b}: c', 'AND', 'NOT x', 'a\0b'])(
    'the operators of the index are words here: %s', (text) => {
      expect(() => found(text)).not.toThrow();
    },
  );
});
