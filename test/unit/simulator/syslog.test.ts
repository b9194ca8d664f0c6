import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import type { Serial } from '../../../common/values/serial.ts';
import { factoryConfiguration, valueOf } from '../../../main/simulator/configuration.ts';
import { macroValues } from '../../../main/simulator/macro-values.ts';
import { expandMacros } from '../../../main/domain/rule/macros.ts';
import { identifierText, readSyslogServer, syslogLine } from '../../../main/simulator/syslog.ts';

const at = new Date(2026, 10, 2, 7, 5, 9);

describe('the lines of a resync', () => {
  // What Cisco's guide prints for a CP-88xx-3PCC with MAC 00:0e:08:ab:cd:ef; the port is always printed by the templates.
  const values = macroValues({
    identity: { mac: '000e08abcdef' as Mac, model: 'CP-88xx-3PCC' as Model, serial: 'FCH2443D9R4' as Serial, firmware: 'sip88xx.11-3-2MPP0001-609' },
    configuration: factoryConfiguration(),
    ip: '192.168.1.50',
    reason: 'power-up',
    secondsSinceResync: 0,
    request: { scheme: 'tftp', host: 'tftp.local', address: '192.168.1.200', port: 69, path: '/basic.txt' },
    error: 'File not found',
  });

  it.each([
    ['Log_Request_Msg', 'CP-88xx-3PCC 00:0e:08:ab:cd:ef -- Requesting resync tftp://192.168.1.200:69/basic.txt'],
    ['Log_Success_Msg', 'CP-88xx-3PCC 00:0e:08:ab:cd:ef -- Successful resync tftp://192.168.1.200:69/basic.txt'],
    ['Log_Failure_Msg', 'CP-88xx-3PCC 00:0e:08:ab:cd:ef -- Resync failed: File not found'],
  ])('%s of the factory reads %s', (name, expected) => {
    expect(expandMacros(valueOf(factoryConfiguration(), name), { macros: values, secrets: {} }, { secretsAllowed: false }).text).toBe(expected);
  });
});

describe('framing', () => {
  it('is priority, time stamp of RFC 3164 with a padded day, text', () => {
    expect(syslogLine(at, '', 'hello')).toBe('<133>Nov  2 07:05:09 hello');
  });

  it('puts the identifier after the time', () => {
    expect(syslogLine(at, '00562b043615', 'hello')).toBe('<133>Nov  2 07:05:09 00562b043615 hello');
  });

  it.each([
    ['None', ''],
    ['', ''],
    ['$MA', 'filled $MA'],
  ])('Syslog_Identifier %j gives %j', (setting, expected) => {
    expect(identifierText(setting, (text) => `filled ${text}`)).toBe(expected);
  });
});

describe('Syslog_Server', () => {
  it.each([
    ['10.20.0.1', { host: '10.20.0.1', port: null }],
    [' log.bench.internal:5514 ', { host: 'log.bench.internal', port: 5514 }],
    ['', null],
    ['10.20.0.1:0', null],
    ['10.20.0.1:99999', null],
    ['two words', null],
  ])('%j is read as %j', (text, expected) => {
    expect(readSyslogServer(text)).toEqual(expected);
  });
});
