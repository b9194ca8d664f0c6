import { describe, expect, it } from 'vitest';
import { expandMacros, LONGEST_EXPANSION } from '../../../../../main/domain/rule/macros.ts';
import { factsWith } from '../../../../support/rule-facts.ts';

const facts = factsWith({
  macros: { SERV: 'tftp.example', SERVIP: '192.168.1.200', PORT: '69', PATH: '/basic.txt', SCHEME: 'tftp', B: '$MA', C: '' },
  secrets: { SA: 'hunter22' },
});
const fill = (text: string, secretsAllowed = false): string => expandMacros(text, facts, { secretsAllowed }).text;

describe('macro expansion', () => {
  it.each([
    // Examples of the provisioning chapter.
    ['$(A:2)', 'CDEF'],
    ['$(A:2:3)', 'CDE'],
    ['$$MAU', '$MAU'],
    ['$STRANGE$MAU.cfg', '$STRANGE000E08012345.cfg'],
    ['$PN$MA.xml', 'CP-8841-3PCC000e08012345.xml'],
    ['cisco$MAU', 'cisco000E08012345'],
    ['/$PSN.xml', '/8841-3PCC.xml'],
    ['/Cisco/$PN/$MA.cfg', '/Cisco/CP-8841-3PCC/000e08012345.cfg'],
    ['$PN $MAC -- Requesting resync $SCHEME://$SERVIP:$PORT$PATH', 'CP-8841-3PCC 00:0e:08:01:23:45 -- Requesting resync tftp://192.168.1.200:69/basic.txt'],
    // The longest known name wins.
    ['$MAC', '00:0e:08:01:23:45'],
    ['$(MA)C', '000e08012345C'],
    ['$MACfile', '00:0e:08:01:23:45file'],
    ['$SERVIP $SERV', '192.168.1.200 tftp.example'],
    ['$SN', 'FCH2443D9R4'],
    // Not recursive, case-sensitive, empty is a value.
    ['$B', '$MA'],
    ['$ma', '$ma'],
    ['[$C]', '[]'],
    ['$(A:9)', ''],
    ['$(A:0:0)', ''],
    ['$(NOPE:1)', '$(NOPE:1)'],
    ['$(A', '$(A'],
    ['$', '$'],
    ['100 $', '100 $'],
  ])('%j becomes %j', (text, expected) => expect(fill(text)).toBe(expected));

  it('fills secret registers only where they are allowed', () => {
    expect(fill('$SA')).toBe('$SA');
    expect(fill('$SA$(SA:0:3)', true)).toBe('hunter22hun');
    expect(fill('$SB', true)).toBe('$SB');
  });

  it('keeps a macro that the phone knows and these facts do not', () => {
    const { text, uses } = expandMacros('$EXTIP/$D', facts, { secretsAllowed: false });
    expect(text).toBe('$EXTIP/$D');
    expect(uses.map(({ name, kind }) => [name, kind])).toEqual([['EXTIP', 'no-value'], ['D', 'no-value']]);
  });

  it('a macro that names itself is filled once', () => {
    expect(expandMacros('$A', factsWith({ macros: { A: '$B', B: '$A' } }), { secretsAllowed: false }).text).toBe('$B');
  });

  it('stops a text that registers blow up', () => {
    const { text, cut } = expandMacros('$A'.repeat(10_000), factsWith({ macros: { A: 'x'.repeat(10_000) } }), { secretsAllowed: false });
    expect(cut).toBe(true);
    expect(text.length).toBe(LONGEST_EXPANSION);
  });
});
