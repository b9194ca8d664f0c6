import { describe, expect, it } from 'vitest';
import { figuresOf, isTrouble, portWords, shownServers, stateCounts } from '../../../../../renderer/screens/servers/server-words.ts';
import { readPort } from '../../../../../renderer/screens/servers/port-dialog.tsx';
import { shortEnd } from '../../../../../renderer/screens/servers/dhcp-safety.tsx';
import { SERVER_NAMES, type ServerStatus } from '../../../../../common/values/server.ts';

const server = (part: Partial<ServerStatus> = {}): ServerStatus => ({ name: 'tftp', state: 'listening', address: '10.20.0.1', port: 69, error: null, figures: {}, ...part });

describe('the words of a server row', () => {
  it('shows the servers of this version alone, in the order of a phone', () => {
    const all = SERVER_NAMES.map((name) => server({ name, state: 'off' }));
    expect(shownServers(all.toReversed()).map(({ name }) => name)).toEqual(['dhcp', 'tftp', 'http', 'https', 'syslog', 'dns', 'sntp']);
  });

  it('leaves out a server that says it is not part of this version', () => {
    expect(shownServers([server({ name: 'http', error: { code: 'server.not-built', params: {} } })])).toEqual([]);
  });

  it('tells figures only while the server runs', () => {
    const figures = { leases: 43, pool: 100, naks: 2 };
    expect(figuresOf(server({ name: 'dhcp', figures }))).toEqual([{ word: 'leases', count: 43, of: 100 }, { word: 'naks', count: 2 }]);
    expect(figuresOf(server({ name: 'dhcp', figures, state: 'stopped' }))).toEqual([]);
  });

  it('tells losses of syslog, the system\'s and our own together, or that there are none', () => {
    expect(figuresOf(server({ name: 'syslog', figures: { linesPerMinute: 212, lost: 2, dropped: 3 } }))).toEqual([{ word: 'lines', count: 212 }, { word: 'lost', count: 5 }]);
    expect(figuresOf(server({ name: 'syslog', figures: { linesPerMinute: 0 } }))).toEqual([{ word: 'lines', count: 0 }, { word: 'none-lost', count: 0 }]);
  });

  it('says nothing of broken transfers while there are none', () => {
    expect(figuresOf(server({ figures: { transfers: 6, delivered: 128, broken: 0 } })).map(({ word }) => word)).toEqual(['transfers', 'delivered']);
    expect(figuresOf(server({ figures: { transfers: 6, delivered: 128, broken: 1 } })).map(({ word }) => word)).toEqual(['transfers', 'delivered', 'broken']);
  });

  it('names port and transport, both of them for syslog', () => {
    expect(portWords(server())).toBe('69/udp');
    expect(portWords(server({ name: 'http', port: 80 }))).toBe('80/tcp');
    expect(portWords(server({ name: 'syslog', port: 514, tcpPort: 514 }))).toBe('514/udp+tcp');
    expect(portWords(server({ name: 'syslog', port: 514, tcpPort: 6587 }))).toBe('514/udp, 6587/tcp');
    expect(portWords(server({ port: null, state: 'failed', error: { code: 'server.port-taken', params: { port: 69, holder: 'x' } } }))).toBe('69/udp');
    expect(portWords(server({ port: null, state: 'off' }))).toBe('udp');
  });

  it('counts stopped servers as off and leaves out what is not there', () => {
    expect(stateCounts([server(), server({ state: 'stopped' }), server({ state: 'off' }), server({ state: 'failed' })])).toEqual([
      { state: 'listening', count: 1 }, { state: 'failed', count: 1 }, { state: 'off', count: 2 },
    ]);
  });

  it('takes a server that a rule stopped for trouble, and one stopped by hand not', () => {
    expect(isTrouble(server({ name: 'dhcp', state: 'stopped', error: { code: 'dhcp.conflict', params: {} } }))).toBe(true);
    expect(isTrouble(server({ name: 'dhcp', state: 'stopped', error: { code: 'dhcp.stopped-by-hand', params: {} } }))).toBe(false);
  });

  it('reads a port, and refuses what is none', () => {
    expect(['0', ' 69 ', '65535'].map(readPort)).toEqual([0, 69, 65_535]);
    expect(['65536', '-1', '6.9', '', 'ftp', '069000'].map(readPort)).toEqual([null, null, null, null, null, null]);
  });

  it('shortens the end of a pool by what it shares with the start', () => {
    expect(shortEnd('10.20.0.101', '10.20.0.200')).toBe('200');
    expect(shortEnd('10.20.0.101', '10.20.1.20')).toBe('10.20.1.20');
  });
});
