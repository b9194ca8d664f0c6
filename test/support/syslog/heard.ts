import { setTimeout as wait } from 'node:timers/promises';
import type { Observation } from '../../../common/values/observation.ts';
import type { RunningServer, ServerStatus } from '../../../common/values/server.ts';
import type { SyslogLimits } from '../../../main/servers/syslog/config.ts';
import type { ReceivedLine } from '../../../main/servers/syslog/needs.ts';
import { createSyslogServer } from '../../../main/servers/syslog/server.ts';

/** The receiving thread from its source. */
export const RECEIVER = new URL('../../../main/servers/syslog/worker.ts', import.meta.url);

/** A running syslog server on loopback and everything it heard. */
export interface Heard {
  readonly server: RunningServer;
  readonly status: ServerStatus;
  readonly udp: number;
  readonly tcp: number;
  readonly lines: readonly ReceivedLine[];
  readonly batches: readonly number[];
  readonly seen: readonly Observation[];
  /** Waits until so many lines were heard; fails with what was. */
  heard(count: number): Promise<readonly ReceivedLine[]>;
}

export async function hearSyslog(options: { readonly limits?: Partial<SyslogLimits>; readonly takes?: () => boolean; readonly thread?: boolean } = {}): Promise<Heard> {
  const lines: ReceivedLine[] = [];
  const batches: number[] = [];
  const seen: Observation[] = [];
  const needs = {
    lines: (batch: readonly ReceivedLine[]) => {
      if (options.takes?.() === false) return false;
      lines.push(...batch);
      batches.push(batch.length);
      return true;
    },
    observe: (observation: Observation) => { seen.push(observation); },
    changed: () => undefined,
  };
  const limits = { tallyMs: 50, ...options.limits };
  const config = { address: '127.0.0.1', port: 0, limits, ...(options.thread === true ? { workerFile: RECEIVER } : {}) };
  const server = createSyslogServer(config, needs, () => Date.now());
  const status = await server.start();
  return {
    server,
    status,
    udp: status.port ?? 0,
    tcp: status.tcpPort ?? 0,
    lines,
    batches,
    seen,
    heard: async (count) => {
      const end = Date.now() + 60_000;
      while (lines.length < count && Date.now() < end) await wait(10);
      if (lines.length < count) throw new Error(`${lines.length} of ${count} lines: ${JSON.stringify(lines.slice(-3))}`);
      return lines;
    },
  };
}
