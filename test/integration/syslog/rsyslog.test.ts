import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startMeasured } from '../../bench/measure.ts';
import { findPeer } from '../../bench/peers.ts';
import { eventually } from '../../support/eventually.ts';
import { quietPort } from '../../support/ports.ts';
import { hearSyslog } from '../../support/syslog/heard.ts';

const rsyslogd = findPeer('rsyslogd');
if (rsyslogd === null) console.warn('skipped: rsyslogd is neither unpacked in .cache/peers nor installed');

const modules = ['x86_64-linux-gnu', 'aarch64-linux-gnu']
  .map((arch) => fileURLToPath(new URL(`../../../.cache/peers/rsyslog/usr/lib/${arch}/rsyslog`, import.meta.url)))
  .find(existsSync);

/** One line comes in, and leaves by UDP and by both framings of TCP in two formats. */
const config = (home: string, from: number, to: number): string => `global(workDirectory="${home}")
module(load="imudp")
input(type="imudp" address="127.0.0.1" port="${from}")
*.* action(type="omfwd" target="127.0.0.1" port="${to}" protocol="udp" template="RSYSLOG_TraditionalForwardFormat")
*.* action(type="omfwd" target="127.0.0.1" port="${to}" protocol="tcp" TCP_Framing="traditional" template="RSYSLOG_ForwardFormat")
*.* action(type="omfwd" target="127.0.0.1" port="${to}" protocol="tcp" TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format")
`;

describe.skipIf(rsyslogd === null)('rsyslog', () => {
  it('forwards a line by UDP, by TCP in lines and by TCP with counted octets, and all three are heard alike', async () => {
    if (rsyslogd === null) return;
    const bench = await hearSyslog();
    const home = mkdtempSync(join(tmpdir(), 'dialbench-rsyslog-'));
    const from = await quietPort();
    writeFileSync(join(home, 'c'), config(home, from, bench.tcp));
    const args = ['-n', '-C', '-f', join(home, 'c'), '-i', join(home, 'pid'), ...(modules === undefined ? [] : ['-M', modules])];
    const forwarder = await startMeasured(rsyslogd.file, args, { env: rsyslogd.env });
    const socket = createSocket('udp4');
    try {
      // Until it listens, what is sent to it is lost: ask again with another number.
      for (let turn = 0; turn < 600 && bench.lines.length === 0; turn += 1) {
        socket.send(`<165>Nov 22 13:16:39 edge proc[10]: line ${turn}`, from, '127.0.0.1');
        await wait(100);
      }
      await bench.heard(3);
      const first = /line \d+/.exec(bench.lines.map((line) => line.text).join(' '))?.[0] ?? '';
      const same = () => bench.lines.filter((line) => line.text.endsWith(first));
      await eventually(() => expect(same().length).toBeGreaterThanOrEqual(3));
      for (const line of same()) expect(line).toMatchObject({ facility: 20, severity: 5, host: 'edge' });
      expect(same().map(({ transport, app }) => [transport, app]).sort()).toEqual([['tcp', 'proc'], ['tcp', 'proc'], ['udp', 'proc']]);
      expect(bench.server.status().figures['refused']).toBe(0);
    } finally {
      socket.close();
      await forwarder.stop();
      await bench.server.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });
});
