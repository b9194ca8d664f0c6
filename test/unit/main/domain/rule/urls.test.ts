import { describe, expect, it } from 'vitest';
import { readUrl, urlOnServer, urlsToTry, urlText } from '../../../../../main/domain/rule/urls.ts';

const VALUES: Readonly<Record<string, string>> = { $PSN: '8841-3PCC', $PN: 'CP-8841-3PCC', $MA: '00562b043615' };
const expand = (text: string): string => text.replaceAll(/\$(?:PSN|PN|MA)/g, (macro) => VALUES[macro] ?? macro);
const order = (server: string, rule = '/$PSN.xml'): readonly string[] => urlsToTry(server, expand(rule), expand).map(urlText);

describe('the URL order for a Profile_Rule that begins with a slash', () => {
  it('tries a URL with a path as it is, then with both names behind it', () => {
    expect(order('https://h.example/path')).toEqual([
      'https://h.example/path',
      'https://h.example/path/8841-3PCC.xml',
      'https://h.example/path/Cisco/CP-8841-3PCC/00562b043615.cfg',
    ]);
  });

  it('tries a URL without a path alike', () => {
    const expected = ['http://h.example:8080', 'http://h.example:8080/8841-3PCC.xml', 'http://h.example:8080/Cisco/CP-8841-3PCC/00562b043615.cfg'];
    expect(order('http://h.example:8080')).toEqual(expected);
    expect(order('http://h.example:8080/')).toEqual(expected);
  });

  it('tries a bare address by TFTP, HTTP and HTTPS with both names', () => {
    expect(order('10.20.0.1')).toEqual([
      'tftp://10.20.0.1/8841-3PCC.xml',
      'tftp://10.20.0.1/Cisco/CP-8841-3PCC/00562b043615.cfg',
      'http://10.20.0.1/8841-3PCC.xml',
      'http://10.20.0.1/Cisco/CP-8841-3PCC/00562b043615.cfg',
      'https://10.20.0.1/8841-3PCC.xml',
      'https://10.20.0.1/Cisco/CP-8841-3PCC/00562b043615.cfg',
    ]);
  });

  it('goes on to the second value after a semicolon', () => {
    expect(order('tftp://10.20.0.1:6900; http://10.20.0.2/x')).toEqual([
      'tftp://10.20.0.1:6900',
      'tftp://10.20.0.1:6900/8841-3PCC.xml',
      'tftp://10.20.0.1:6900/Cisco/CP-8841-3PCC/00562b043615.cfg',
      'http://10.20.0.2/x',
      'http://10.20.0.2/x/8841-3PCC.xml',
      'http://10.20.0.2/x/Cisco/CP-8841-3PCC/00562b043615.cfg',
    ]);
  });

  it('fills macros in the value of the option', () => {
    expect(order('http://10.20.0.1/phones/$MA.xml')[0]).toBe('http://10.20.0.1/phones/00562b043615.xml');
  });

  it('uses the name of its own rule instead of the factory name', () => {
    expect(order('10.20.0.1', '/site/$MA.xml').slice(0, 2)).toEqual([
      'tftp://10.20.0.1/site/00562b043615.xml', 'tftp://10.20.0.1/Cisco/CP-8841-3PCC/00562b043615.cfg',
    ]);
  });

  it.each(['', ' ; ', 'ftp://10.20.0.1', 'http://', 'http://h:0/', 'http://h:70000/', 'two words', 'http://-h/'])('finds no URL in %j', (text) => {
    expect(order(text)).toEqual([]);
  });
});

describe('one URL', () => {
  it('is TFTP without a scheme, and keeps its query', () => {
    expect(readUrl('192.168.1.130/profiles/init.cfg')).toEqual({ scheme: 'tftp', host: '192.168.1.130', port: null, path: '/profiles/init.cfg' });
    expect(readUrl('HTTPS://p.tel.com/config?')).toEqual({ scheme: 'https', host: 'p.tel.com', port: null, path: '/config?' });
  });

  it('takes the server of the option for a path of the other rules', () => {
    const url = urlOnServer('http://10.20.0.1:8080/dir;10.20.0.2', '/b/$MA.xml');
    expect(url && urlText(url)).toBe('http://10.20.0.1:8080/b/$MA.xml');
    expect(urlOnServer('', '/b.xml')).toBeNull();
  });
});
