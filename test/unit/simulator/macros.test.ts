import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import type { Serial } from '../../../common/values/serial.ts';
import { factoryConfiguration, withProfile } from '../../../main/simulator/configuration.ts';
import { macroValues, shortVersion, userAgent } from '../../../main/simulator/macro-values.ts';
import type { MacroContext } from '../../../main/simulator/macro-values.ts';
import { expandMacros } from '../../../main/simulator/macros.ts';

const context: MacroContext = {
  identity: {
    mac: '000e08aabbcc' as Mac, model: 'CP-8841-3PCC' as Model, serial: 'FCH2443D9R4' as Serial, firmware: 'sip88xx.11-3-2MPP0001-609',
  },
  configuration: withProfile(factoryConfiguration(), new Map([['GPP_A', 'ABCDEF'], ['GPP_SA', 'secret'], ['User_ID_2_', '1002']])),
  ip: '10.20.0.17',
  reason: 'power-up',
  secondsSinceResync: 61.9,
  request: { scheme: 'http', host: 'bench.internal', address: '10.20.0.1', port: 80, path: '/p/x.xml' },
  error: 'File not found',
};
const values = macroValues(context);
const fill = (text: string): string => expandMacros(text, values);

describe('macro forms of the guide', () => {
  it.each([
    ['$(A:2)', 'CDEF'],
    ['$(A:2:3)', 'CDE'],
    ['$(A)', 'ABCDEF'],
    ['$A', 'ABCDEF'],
    ['$$MAU', '$MAU'],
    ['$STRANGE$MAU.cfg', '$STRANGE000E08AABBCC.cfg'],
    ['$PN$MA.xml', 'CP-8841-3PCC000e08aabbcc.xml'],
    ['cisco$MAU', 'cisco000E08AABBCC'],
    ['/$PSN.xml', '/8841-3PCC.xml'],
    ['/Cisco/$PN/$MA.cfg', '/Cisco/CP-8841-3PCC/000e08aabbcc.cfg'],
    ['$(MAU)file', '000E08AABBCCfile'],
    ['$$$MA', '$000e08aabbcc'],
  ])('%s becomes %s', (text, expected) => {
    expect(fill(text)).toBe(expected);
  });

  it.each([
    ['$MAC', '00:0e:08:aa:bb:cc'],
    ['$MACfile', '00:0e:08:aa:bb:ccfile'],
    ['$SERVIP', '10.20.0.1'],
    ['$SERV', 'bench.internal'],
    ['$SERVERS', 'bench.internalERS'],
    ['$PORT', '80'],
    ['$PATH', '/p/x.xml'],
    ['$SN', 'FCH2443D9R4'],
    ['$UID2', '1002'],
    ['$UID16', ''],
    ['$SCHEME', 'http'],
    ['$ERR', 'File not found'],
    ['$PRVST', '0'],
    ['$PRVTMR', '61'],
    ['$IP', '10.20.0.17'],
    ['$SWVER', 'sip88xx.11-3-2MPP0001-609'],
    ['$CCERT', 'Not Installed'],
  ])('the longest known name wins in %s', (text, expected) => {
    expect(fill(text)).toBe(expected);
  });

  it.each(['$', '$ma', '$(A', '$(a)', '$(NOPE:1)', '$(A:x)', 'no macro', '$SA', '&PN.cfg', '$(A:12345)', '100 % $'])('leaves %s as it is', (text) => {
    expect(fill(text)).toBe(text);
  });

  it('fills a text once: what a value holds is not filled again', () => {
    expect(expandMacros('$A', { A: '$MA', MA: 'x' })).toBe('$MA');
  });

  it.each([
    ['asked', '-1'],
    ['power-up', '0'],
    ['periodic', '1'],
    ['retry', '2'],
  ] as const)('$PRVST tells a resync that was %s as %s', (reason, expected) => {
    expect(macroValues({ ...context, reason })['PRVST']).toBe(expected);
  });

  it('never offers secret registers to a text outside of options', () => {
    expect(Object.values(values)).not.toContain('secret');
  });
});

describe('User-Agent', () => {
  const agent = (setting: string): string => userAgent(context.identity, setting, (text, more) => expandMacros(text, { ...values, ...more }));

  it('has the form of the guide: product, version, MAC in brackets', () => {
    expect(agent('$VERSION ($MA)')).toBe('Cisco-CP-8841-3PCC/11.3.2 (000e08aabbcc)');
  });

  it('is found by the expression that a public provisioning server uses for real phones', () => {
    // wazo-platform/wazo-provd-plugins, wazo_cisco_sip.
    const field = /^Cisco-CP-([0-9]{4})-3PCC\/(\S+) \(([0-9A-Fa-f]{12})\)$/;
    expect(field.exec(agent('$VERSION ($MA)'))?.slice(1)).toEqual(['8841', '11.3.2', '000e08aabbcc']);
  });

  it('drops characters that may not stand in a header', () => {
    expect(agent('a\r\nX-Evil: 1é')).toBe('Cisco-CP-8841-3PCC/aX-Evil: 1');
  });

  it('gives a load of another shape by its whole name', () => {
    expect(shortVersion('sip8845_65.0104-MPP-9875dev')).toBe('sip8845_65.0104-MPP-9875dev');
  });
});
