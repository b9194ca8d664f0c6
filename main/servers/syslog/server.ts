import type { Failure } from '../../../common/values/failure.ts';
import { parsePhoneLine } from '../../../common/values/phone-line.ts';
import type { RunningServer, ServerState, ServerStatus } from '../../../common/values/server.ts';
import { Allowance } from './allowance.ts';
import { SYSLOG_LIMITS, type SyslogConfig } from './config.ts';
import { Counters } from './counters.ts';
import type { ReceivedLine, SyslogNeeds } from './needs.ts';
import { createReceiver, type Opened, type Receiver, type ReceiverEvents } from './receiver.ts';
import { startReceiverThread } from './thread.ts';

/** How long a loss stays in the status. */
const LOSS_SHOWN_MS = 60_000;
/** Pause before a receiving thread that died is started again. */
const AGAIN_MS = 1_000;

const NOTHING: Opened = { port: null, tcpPort: null, failure: null, receiveBuffer: null };

/**
 * Hears syslog over UDP and TCP on one number. Everything is a line, nothing is answered; `now` gives milliseconds since
 * 1970. UDP alone, or TCP alone, is `degraded`. The sockets live on a thread of their own when `config.workerFile` is given.
 */
export function createSyslogServer(config: SyslogConfig, needs: SyslogNeeds, now: () => number): RunningServer {
  const limits = { ...SYSLOG_LIMITS, ...config.limits };
  const counters = new Counters();
  const allowance = new Allowance(limits.observationRate, limits.observationBurst);
  let state: ServerState = 'stopped';
  let receiver: Receiver | null = null;
  let opened: Opened = NOTHING;
  let failure: Failure | null = null;
  let again: NodeJS.Timeout | null = null;
  let lossAt = -Infinity;

  const events: ReceiverEvents = {
    batch(lines) {
      if (!needs.lines(lines)) {
        counters.refusedByRecord += lines.length;
        lossAt = now();
      }
      for (const line of lines) observe(line);
    },
    tally(tally) {
      const before = counters.gone();
      counters.tally = tally;
      counters.second();
      if (counters.gone() > before) lossAt = now();
      if (counters.changed()) needs.changed();
    },
    failed(cause) {
      failure = { code: 'server.bind-failed', params: { port: opened.port ?? config.port, cause } };
      state = 'degraded';
      needs.changed();
    },
  };

  function observe({ at, peer, text }: ReceivedLine): void {
    if (parsePhoneLine(text) === null) return;
    if (!allowance.take(at)) counters.unread += 1;
    else needs.observe({ at, server: 'syslog', peer, asked: 'line', facts: { text: text.slice(0, 512) }, outcome: { kind: 'heard' } });
  }

  async function open(wish: SyslogConfig): Promise<void> {
    state = 'starting';
    receiver = wish.workerFile === undefined
      ? createReceiver(wish, limits, events, now)
      : startReceiverThread(wish.workerFile, { config: { ...wish, workerFile: '' }, limits }, events, died);
    try {
      opened = await receiver.open();
      failure = opened.failure;
    } catch (error) {
      opened = NOTHING;
      failure = { code: 'syslog.thread-stopped', params: { cause: error instanceof Error ? error.message : String(error) } };
    }
    const { port, tcpPort } = opened;
    state = port !== null && tcpPort !== null ? 'listening' : port !== null || tcpPort !== null ? 'degraded' : 'failed';
    needs.changed();
  }

  /** The same ports again: phones know them. */
  function died(cause: string): void {
    const { port, tcpPort } = opened;
    const same = { ...config, ...(port === null ? {} : { port }), ...(tcpPort === null ? {} : { tcpPort }) };
    opened = NOTHING;
    state = 'failed';
    failure = { code: 'syslog.thread-stopped', params: { cause } };
    needs.changed();
    again = setTimeout(() => { void open(same); }, AGAIN_MS);
  }

  function status(): ServerStatus {
    const { port, tcpPort, receiveBuffer } = opened;
    const lost = now() - lossAt < LOSS_SHOWN_MS ? { code: 'server.lines-lost', params: { count: counters.gone() } } : null;
    const small = receiveBuffer !== null && receiveBuffer < limits.receiveBuffer ? bufferRemark(receiveBuffer, limits.receiveBuffer) : null;
    const address = port === null && tcpPort === null ? null : config.address;
    return { name: 'syslog', state, address, port, tcpPort, error: failure ?? lost ?? small, figures: counters.figures() };
  }

  return {
    name: 'syslog',
    status,
    async start() {
      if (state === 'stopped' || state === 'failed') {
        if (again !== null) clearTimeout(again);
        await open(config);
      }
      return status();
    },
    async stop() {
      if (again !== null) clearTimeout(again);
      again = null;
      await receiver?.close();
      receiver = null;
      opened = NOTHING;
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
