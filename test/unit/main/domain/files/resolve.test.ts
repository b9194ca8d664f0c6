import { describe, expect, it } from 'vitest';
import { resolveName } from '../../../../../main/domain/files/resolve.ts';

const MAC = '00562b043615';

describe('names of a profile', () => {
  const spellings: readonly (readonly [string, string | null, string | null])[] = [
    // Factory Profile_Rule /$PSN.xml, and the older $PN.cfg.
    ['/8841-3PCC.xml', null, 'CP-8841-3PCC'],
    ['8841-3PCC.xml', null, 'CP-8841-3PCC'],
    ['/8851-3pcc.XML', null, 'CP-8851-3PCC'],
    ['/CP-8841-3PCC.cfg', null, 'CP-8841-3PCC'],
    ['CP-8841-3PCC.cfg', null, 'CP-8841-3PCC'],
    ['/9861.xml', null, 'CP-9861'],
    ['/ATA192-MPP.cfg', null, 'ATA192-MPP'],
    // Second URL of DHCP provisioning, and its variant after DNS SRV.
    [`/Cisco/CP-8841-3PCC/${MAC}.cfg`, MAC, 'CP-8841-3PCC'],
    [`/Cisco/${MAC}.cfg`, MAC, null],
    [`/${MAC}.cfg`, MAC, null],
    [`/${MAC}.xml`, MAC, null],
    // Any spelling of the MAC.
    ['/00562B043615.cfg', MAC, null],
    ['/00:56:2b:04:36:15.xml', MAC, null],
    ['/00-56-2B-04-36-15.cfg', MAC, null],
    ['/00.56.2b.04.36.15.cfg', MAC, null],
    ['/0056.2b04.3615.xml', MAC, null],
    ['/00%3A56%3A2b%3A04%3A36%3A15.xml', MAC, null],
    // A word or product in front: $PN$MA.xml, cisco$MAU, spa$MA.
    ['/CP-8841-3PCC00562b043615.xml', MAC, 'CP-8841-3PCC'],
    ['/8841-3PCC_00562b043615.xml', MAC, 'CP-8841-3PCC'],
    ['/cisco00562B043615.xml', MAC, null],
    ['/spa00562b043615.cfg', MAC, null],
    // After any leading folders, backslashes of Windows clients and doubled slashes included.
    [`/some/folder/${MAC}.cfg`, MAC, null],
    ['//8841-3PCC.xml', null, 'CP-8841-3PCC'],
    [`Cisco\\CP-8841-3PCC\\${MAC}.cfg`, MAC, 'CP-8841-3PCC'],
    ['./8841-3PCC.xml', null, 'CP-8841-3PCC'],
    // Macros that arrive unexpanded.
    ['&PN.cfg', null, null],
    ['/$PSN.xml', null, null],
    ['/$MA.cfg', null, null],
    // The server alone.
    ['/', null, null],
    ['', null, null],
    [`/${MAC}.cfg?reason=boot`, MAC, null],
  ];
  it.each(spellings)('%s asks for a profile', (path, mac, model) => {
    expect(resolveName(path)).toMatchObject({ kind: 'profile', mac, model });
  });

  it('a multicast or all-zero address names no phone', () => {
    expect(resolveName('/01562b043615.cfg').kind).toBe('static');
    expect(resolveName('/000000000000.cfg').kind).toBe('static');
  });

  it('a hash in a file name is no MAC', () => {
    expect(resolveName('/logo-00562b043615.xml')).toEqual({ kind: 'static', relative: 'logo-00562b043615.xml' });
    expect(resolveName('/locale/00562b043615.png').kind).toBe('static');
  });
});

describe('files of enterprise loads', () => {
  it.each([
    ['SEP00562B043615.cnf.xml', MAC],
    ['/SEP00562B043615.cnf.xml.sgn', MAC],
    ['CTLSEP00562B043615.tlv', MAC],
    ['ITLSEP00562B043615.tlv', MAC],
    ['ITLFile.tlv', null],
    ['XMLDefault.cnf.xml', null],
  ])('%s is told apart', (path, mac) => {
    expect(resolveName(path)).toMatchObject({ kind: 'enterprise', mac });
  });
});

describe('reports and static files', () => {
  it('a name in a report folder is a report and keeps its phone', () => {
    expect(resolveName(`/reports/${MAC}.xml`)).toEqual({ kind: 'report', file: `${MAC}.xml`, mac: MAC, model: null });
    expect(resolveName('/prt/problem.tar.gz')).toMatchObject({ kind: 'report', file: 'problem.tar.gz' });
  });

  it('everything else is a path inside the served folder', () => {
    expect(resolveName('/locales/fr/dictionary.xml')).toEqual({ kind: 'static', relative: 'locales/fr/dictionary.xml' });
    expect(resolveName('/a%20b/logo.png')).toEqual({ kind: 'static', relative: 'a b/logo.png' });
    expect(resolveName('sip88xx.11-3-2MPP0001-609.loads')).toMatchObject({ kind: 'static' });
  });
});

describe('names that are refused', () => {
  it.each([
    '../etc/passwd', '/../etc/passwd', '/a/../../etc/passwd', '..\\..\\windows\\win.ini', '/a/..\\..\\x',
    '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '/%2e%2e%5cx', '/%252e%252e%252fetc/passwd', '/%25252e%25252e/x',
    'C:\\windows\\win.ini', '/c:/windows/win.ini', 'C:secret.txt', '\\\\server\\share\\x', '/.. /x', '/.../x', '/. ./x', '..', '/a/..',
    `/../${MAC}.cfg`, '/%00/../x%2500',
  ])('%s leads out of the folder or cannot be read', (path) => {
    expect(resolveName(path).kind).toBe('refused');
  });

  it.each(['/a\0b', '/a%00b', '/a\nb', '/%ff%fe', '/%c0%ae%c0%ae/x', '/100%', `/${'a'.repeat(600)}`, '/.git/config', '/a/.htpasswd',
    '/nul', '/con.xml/x', '/com1.txt', '/logo.png:stream', '/logo.png.', '/logo.png '])('%j is no name of a served file', (path) => {
    expect(resolveName(path)).toEqual({ kind: 'refused', code: 'file.bad-name' });
  });
});
