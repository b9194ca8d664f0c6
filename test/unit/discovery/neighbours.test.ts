import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { openNeighbourTable, parseArpCommand, parseProcArp } from '../../../main/discovery/neighbours.ts';

describe('the neighbour table', () => {
  it('reads the complete entries of /proc/net/arp and leaves out those that never answered', () => {
    const table = parseProcArp(`IP address       HW type     Flags       HW address            Mask     Device
192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0
192.0.2.9        0x1         0x0         00:00:00:00:00:00     *        eth0
`);
    expect([...table]).toEqual([['192.0.2.1', '02fc00000005']]);
  });

  it('reads what arp prints on macOS, where leading zeros are dropped, and on Windows', () => {
    const table = parseArpCommand(`? (10.20.0.7) at 0:56:2b:4:36:15 on en5 ifscope [ethernet]
? (10.20.0.8) at (incomplete) on en5 ifscope [ethernet]
  10.20.0.9             00-56-2b-04-36-16     dynamic
  10.20.0.255           ff-ff-ff-ff-ff-ff     static
`);
    expect([...table]).toEqual([['10.20.0.7', '00562b043615'], ['10.20.0.9', '00562b043616']]);
  });

  it('is read once a second however many ask, and knows nobody behind loopback', async () => {
    let now = 0;
    let readings = 0;
    const read = () => {
      readings++;
      return Promise.resolve(new Map([['10.20.0.7' as Ipv4, '00562b043615' as Mac], ['127.0.0.1' as Ipv4, '00562b043615' as Mac]]));
    };
    const table = openNeighbourTable(read, () => now);
    expect(await Promise.all([table.macOf('10.20.0.7'), table.macOf('10.20.0.8'), table.macOf('127.0.0.1'), table.macOf('no address')])).toEqual([
      '00562b043615', null, null, null,
    ]);
    expect(readings).toBe(1);
    now = 1001;
    await table.macOf('10.20.0.7');
    expect(readings).toBe(2);
  });
});
