import { expect, it } from 'vitest';
import { Allowance } from '../../../../main/servers/syslog/allowance.ts';
import { Batch } from '../../../../main/servers/syslog/batch.ts';
import { SYSLOG_LIMITS } from '../../../../main/servers/syslog/config.ts';
import { findDrops } from '../../../../main/servers/syslog/kernel-drops.ts';
import type { ReceivedLine } from '../../../../main/servers/syslog/needs.ts';

it('an allowance lets a burst through, then its rate, and survives a clock that jumps back', () => {
  const allowance = new Allowance(10, 3);
  const taken = (at: number, times: number): number => Array.from({ length: times }, () => allowance.take(at)).filter(Boolean).length;
  expect(taken(1_000, 5)).toBe(3);
  expect(taken(1_200, 5)).toBe(2);
  expect(taken(0, 5)).toBe(0);
  expect(taken(100, 5)).toBe(1);
  expect(taken(1e9, 9)).toBe(3);
});

it('a batch goes out when it is full and never empty', () => {
  const given: number[] = [];
  const batch = new Batch({ ...SYSLOG_LIMITS, batchLines: 3, batchMs: 10_000 }, (lines) => given.push(lines.length));
  const line: ReceivedLine = { at: 0, peer: { address: '10.0.0.1', port: 1 }, facility: 1, severity: 5, text: 'x', host: null, app: null, transport: 'udp' };
  for (let index = 0; index < 7; index += 1) batch.add(line);
  expect(given).toEqual([3, 3]);
  batch.flush();
  batch.flush();
  expect(given).toEqual([3, 3, 1]);
});

/** /proc/net/udp of Linux 6.18 after twenty datagrams to a socket with the smallest buffer. */
const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops            
13531: 0100007F:9E42 00000000:0000 07 00000000:00000900 00:00000000 00000000     0        0 76528 2 000000003ef38d8a 19        
`;

it('the drops of a socket are found by its address and port', () => {
  expect(findDrops(TABLE, '127.0.0.1', 40_514)).toBe(19);
  expect(findDrops(TABLE, '127.0.0.1', 40_515)).toBeNull();
  expect(findDrops(TABLE, '10.0.0.1', 40_514)).toBeNull();
});
