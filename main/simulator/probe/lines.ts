import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { syslogLine } from '../syslog.ts';
import { noAnswer, NOTHING_TO_DO } from './check.ts';
import type { Check, ProbeOptions } from './check.ts';

const CONNECT_MS = 5000;
/** A closed port of this computer or the next one says so within this time; silence proves nothing. */
const REFUSAL_MS = 300;

/** Opens and closes a TCP connection to the syslog server; sends nothing. */
export function checkSyslogTcp(options: ProbeOptions, port: number): Promise<Check> {
  const target = `${options.address}:${port}`;
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host: options.address, port, signal: options.signal });
    const end = (verdict: Check['verdict'], cause: string): void => {
      socket.destroy();
      resolve({
        server: 'syslog', transport: 'tcp', target, verdict, tookMs: Math.round(performance.now() - started),
        finding: verdict === 'right' ? { code: 'probe.syslog-tcp', params: {} } : noAnswer(target, cause),
        advice: verdict === 'right' ? NOTHING_TO_DO : { code: 'probe.do-start', params: {} },
      });
    };
    socket.setTimeout(CONNECT_MS, () => end('wrong', 'timed out'));
    socket.once('connect', () => end('right', ''));
    socket.once('error', (error) => end('wrong', error.message));
  });
}

/** Sends one line by UDP, which can only be shown to fail: where the port is closed and its computer says so. */
export async function checkSyslogUdp(options: ProbeOptions, port: number): Promise<Check> {
  const target = `${options.address}:${port}`;
  // Without a MAC: the line belongs to no phone of the bench.
  const text = `Dialbench probe ${options.marker}`;
  const started = performance.now();
  const socket = createSocket('udp4');
  let cause: string | null = null;
  socket.on('error', (error) => (cause ??= error.message));
  try {
    // A connected socket hears of a closed port: ICMP comes back as an error.
    socket.connect(port, options.address);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    socket.send(syslogLine(new Date(), '', text), (error) => (cause ??= error?.message ?? null));
    await wait(REFUSAL_MS, undefined, { signal: options.signal });
  } catch (error) {
    cause ??= error instanceof Error ? error.message : String(error);
  } finally {
    socket.close();
  }
  const wrong = cause !== null;
  return {
    server: 'syslog', transport: 'udp', target, verdict: wrong ? 'wrong' : 'unsure', tookMs: Math.round(performance.now() - started),
    finding: cause === null ? { code: 'probe.syslog-udp', params: {} } : noAnswer(target, cause),
    advice: wrong ? { code: 'probe.do-start', params: {} } : { code: 'probe.do-look', params: { text } },
  };
}
