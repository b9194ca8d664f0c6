import { describe, expect, it } from 'vitest';
import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { portFailure } from '../../../main/discovery/port-failure.ts';
import { parseProcSockets } from '../../../main/discovery/port-holder.ts';

const refused = { protocol: 'udp', port: 53, address: '10.20.0.1' } as const;
const held = () => Promise.resolve({ pid: 612, name: 'systemd-resolved' });
const unknown = () => Promise.resolve(null);

describe('a refused port', () => {
  it('names the program that holds it', async () => {
    const failure = await portFailure({ ...refused, errno: 'EADDRINUSE' }, held, 'linux');
    expect(sentence(failure.code, failure.params)).toBe('systemd-resolved (pid 612) holds port 53. Stop it, or set another port.');
  });

  it('says so when the holder cannot be seen', async () => {
    expect((await portFailure({ ...refused, errno: 'EADDRINUSE' }, unknown, 'linux')).code).toBe('server.port-taken-unknown');
  });

  it('gives the command that opens a low port on Linux', async () => {
    const failure = await portFailure({ ...refused, errno: 'EACCES' }, unknown, 'linux');
    expect(failure.params['command']).toBe('sudo sysctl -w net.ipv4.ip_unprivileged_port_start=53');
  });

  it('shows the excluded ranges of Windows', async () => {
    const failure = await portFailure({ ...refused, errno: 'EACCES' }, unknown, 'win32');
    expect(failure.params['command']).toBe('netsh interface ipv4 show excludedportrange protocol=udp');
  });

  it('asks to pick the card again when the address has gone', async () => {
    const failure = await portFailure({ ...refused, errno: 'EADDRNOTAVAIL' }, unknown, 'linux');
    expect([failure.code, failure.params['address']]).toEqual(['server.address-missing', '10.20.0.1']);
  });
});

describe('the socket table of the kernel', () => {
  it('is read with addresses in the right order', () => {
    // /proc/net/udp of a Debian 12 machine with `python3 -m http.server --bind 127.0.0.1 8080` in its TCP twin.
    const rows = parseProcSockets(`  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 25817 1 ffff8d0 100 0 0 10 0
   1: 00000000000000000000000000000000:0045 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 777 2 0 0
`);
    expect(rows).toEqual([
      { address: '127.0.0.1', port: 8080, inode: '25817', listening: true },
      { address: '*', port: 69, inode: '777', listening: false },
    ]);
  });
});
