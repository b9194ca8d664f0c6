import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import { parseMac, type Mac } from '../../../common/values/mac.ts';
import { startFleet } from '../../../main/simulator/fleet.ts';
import { dialbench, startBench, temporaryFolder } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { openPage } from '../../support/page-client.ts';

const HERE = '127.0.0.1' as Ipv4;
const MACS = ['00562b043615', '00562b043616'].map((text) => parseMac(text)).filter((mac): mac is Mac => mac !== null);
const LINE = `<flat-profile>
  <Resync_Periodic ua="na">86400</Resync_Periodic>
  <Station_Name ua="na">{{name}}</Station_Name>
  <Password_1_ ua="na">{{sip_password}}</Password_1_>
  <Report_Rule ua="na">[--key $SA]{{bench_http}}/reports/$MA.xml</Report_Rule>
  <Report_To_Server ua="na">Periodically</Report_To_Server>
  <Periodic_Upload_To_Server ua="na">600</Periodic_Upload_To_Server>
</flat-profile>
`;

describe('the first touch', () => {
  it('takes two fresh phones to their own encrypted profiles, and to Proved by their own encrypted reports', async () => {
    const folder = await temporaryFolder();
    const at = (name: string): string => join(folder.path, name);
    const bench = await startBench(['--data', at('bench'), '--tftp', '0', '--http', '0', '--https', '0', '--syslog', '0', '--dns', '0', '--sntp', '0', '--ui', '0']);
    const profiles = (...args: string[]) => dialbench('profiles', '--data', at('bench'), ...args);
    await writeFile(at('list.csv'), `mac,model,name,sip_password\n${MACS[0]},8841,Reception,hunter-a\n${MACS[1]},8841,Kitchen,hunter-b\n`);
    await writeFile(at('line.xml'), LINE);
    expect((await dialbench('phones', '--data', at('bench'), 'import', at('list.csv'))).code).toBe(0);
    expect((await dialbench('keys', '--data', at('bench'), 'make', ...MACS)).stdout).toBe('2 made, 0 had one\n');
    expect((await profiles('add', 'first', '--ready', 'first-touch', '--for', '*')).code).toBe(0);
    const added = await profiles('add', 'line', at('line.xml'), '--for', '*', '--path', 'p/$MA.xml', '--protect', 'gzip-aes');
    expect(added.stdout).toBe('line is stored, for *, served as /p/$MA.xml, gzip-aes md5, key of each phone\n');

    const { tftp, http, syslog } = bench.servers;
    const fleet = startFleet({
      count: 2, source: 'given', pace: 200, staggerMs: 0, seed: 5,
      server: { address: HERE, dhcpPort: null, tftpPort: tftp.port ?? 0, httpPort: http.port ?? 0, syslogPort: syslog.port ?? 0 },
      identity: (born, index) => ({ ...born, mac: MACS[index] ?? born.mac }),
    });
    const page = await openPage(bench.ui ?? '');
    try {
      await eventually(async () => {
        for (const mac of MACS) expect((await page.client.phones.page({ mac }))?.phone).toMatchObject({ stage: 'proved', attention: null });
      });
      const decrypted = fleet.phones.map((phone) => phone.events.some((event) => event.kind === 'decrypted'));
      expect(decrypted).toEqual([true, true]);
      const { rows } = await page.client.reports.list({ limit: 10 });
      expect(new Set(rows.map(({ mac, encrypted, kind }) => `${mac} ${encrypted} ${kind}`))).toEqual(new Set(MACS.map((mac) => `${mac} aes report`)));
      const compared = await dialbench('reports', '--data', at('bench'), 'compare', String(MACS[0]));
      expect(compared, compared.stderr).toMatchObject({ code: 0 });
      expect(compared.stdout).toContain('same\tStation_Name\tReception\tReception');
      expect(compared.stdout).not.toContain('hunter');
    } finally {
      page.close();
      await fleet.stop();
      expect(await bench.stop()).toBe(0);
      await folder.remove();
    }
  });
});
