import type { Failure } from '../../../common/values/failure.ts';
import type { Peer } from '../../../common/values/observation.ts';
import { parsePhoneLine } from '../../../common/values/phone-line.ts';
import type { RunningServer, ServerState, ServerStatus } from '../../../common/values/server.ts';
import { bindFailure } from '../bind-failure.ts';
import { Batch } from './batch.ts';
import { readSyslog } from './codec.ts';
import { SYSLOG_LIMITS, type SyslogConfig } from './config.ts';
import { Counters } from './counters.ts';
import type { ReceivedLine, SyslogNeeds } from './needs.ts';
import { Allowance } from './allowance.ts';
import { listenTcp, type TcpListener } from './tcp.ts';
import { listenUdp, type UdpListener } from './udp.ts';

const SECOND = 1_000;
/** How long a loss stays in the status. */
const LOSS_SHOWN_MS = 60_000;

/**
 * Hears syslog over UDP and TCP on one number. Everything is a line, nothing is answered; `now` gives milliseconds since
 * 1970. UDP alone, or TCP alone, is `degraded`.
 */
export function createSyslogServer(config: SyslogConfig, needs: SyslogNeeds, now: () => number): RunningServer {
  const limits = { ...SYSLOG_LIMITS, ...config.limits };
  const counters = new Counters();
  const allowance = new Allowance(limits.observationRate, limits.observationBurst);
  let state: ServerState = 'stopped';
  let udp: UdpListener | null = null;
  let tcp: TcpListener | null = null;
  let failure: Failure | null = null;
  let remark: Failure | null = null;
  let ticking: NodeJS.Timeout | null = null;
  let lossAt = -Infinity;

  const batch = new Batch(limits, (lines) => {
    if (needs.lines(lines)) return;
    counters.lost += lines.length;
    lossAt = now();
  });

  function heard(bytes: Uint8Array, peer: Peer, transport: 'udp' | 'tcp'): void {
    const message = readSyslog(bytes);
    if (message.text === '') {
      counters.empty += 1;
      return;
    }
    const at = now();
    const { facility, severity, host, app, text } = message;
    const line: ReceivedLine = { at, peer, facility, severity, text, host, app, transport };
    counters.count(message.cut);
    batch.add(line);
    if (parsePhoneLine(text) === null) return;
    if (!allowance.take(at)) counters.unread += 1;
    else needs.observe({ at, server: 'syslog', peer, asked: 'line', facts: { text: text.slice(0, 512) }, outcome: { kind: 'heard' } });
  }

  function broke(error: Error): void {
    failure = { code: 'server.bind-failed', params: { port: udp?.port ?? config.port, cause: error.message } };
    state = 'degraded';
    needs.changed();
  }

  async function openUdp(): Promise<void> {
    const wish = { address: config.address, port: config.port, receiveBuffer: limits.receiveBuffer };
    try {
      udp = await listenUdp(wish, (bytes, peer) => { heard(bytes, peer, 'udp'); }, broke);
      remark = udp.receiveBuffer < limits.receiveBuffer ? bufferRemark(udp.receiveBuffer, limits.receiveBuffer) : null;
    } catch (error) {
      failure = bindFailure(error, { address: config.address, port: config.port, transport: 'udp' });
    }
  }

  async function openTcp(): Promise<void> {
    const port = config.tcpPort ?? udp?.port ?? config.port;
    const events = {
      heard: (bytes: Uint8Array, peer: Peer) => { heard(bytes, peer, 'tcp'); },
      refused: () => { counters.refused += 1; },
      failed: broke,
    };
    try {
      tcp = await listenTcp({ address: config.address, port, limits }, events);
    } catch (error) {
      // With any port asked for, the number that UDP got may be taken for TCP: another one is as good.
      if (config.port === 0 && config.tcpPort === undefined) {
        tcp = await listenTcp({ address: config.address, port: 0, limits }, events).catch(() => null);
      }
      if (tcp === null) failure ??= bindFailure(error, { address: config.address, port, transport: 'tcp' });
    }
  }

  async function tick(): Promise<void> {
    const at = now();
    counters.second();
    const drops = await udp?.drops() ?? null;
    if (drops !== null && drops > counters.dropped) lossAt = at;
    if (drops !== null) counters.dropped = drops;
    if (counters.changed(tcp?.connections() ?? 0)) needs.changed();
  }

  function status(): ServerStatus {
    const losing = now() - lossAt < LOSS_SHOWN_MS;
    const loss = losing ? { code: 'server.lines-lost', params: { count: counters.lost + counters.dropped } } : null;
    return {
      name: 'syslog',
      state,
      address: udp === null && tcp === null ? null : config.address,
      port: udp?.port ?? null,
      tcpPort: tcp?.port ?? null,
      error: failure ?? loss ?? remark,
      figures: counters.figures(tcp?.connections() ?? 0),
    };
  }

  return {
    name: 'syslog',
    status,
    async start() {
      if (state === 'listening' || state === 'degraded' || state === 'starting') return status();
      state = 'starting';
      failure = null;
      await openUdp();
      await openTcp();
      state = udp !== null && tcp !== null ? 'listening' : udp !== null || tcp !== null ? 'degraded' : 'failed';
      if (state !== 'failed') ticking = setInterval(() => { void tick(); }, SECOND);
      needs.changed();
      return status();
    },
    async stop() {
      if (ticking !== null) clearInterval(ticking);
      ticking = null;
      await Promise.all([udp?.close(), tcp?.close()]);
      batch.flush();
      udp = null;
      tcp = null;
      failure = null;
      state = 'stopped';
      needs.changed();
    },
  };
}

function bufferRemark(granted: number, wished: number): Failure {
  return {
    code: 'server.buffer-small',
    params: { bytes: granted, command: `sudo sysctl -w net.core.rmem_max=${wished}` },
  };
}
