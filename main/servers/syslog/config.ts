/** What one sender may cost. Milliseconds and bytes. */
export interface SyslogLimits {
  /** Asked of the system; what it grants is read back (Linux caps it at net.core.rmem_max). */
  readonly receiveBuffer: number;
  readonly batchMs: number;
  readonly batchLines: number;
  /** How often the receiving side tells what it counted. */
  readonly tallyMs: number;
  readonly connections: number;
  /** A TCP connection without a byte. */
  readonly idleMs: number;
  /** A line over TCP that was begun and not ended. */
  readonly partialMs: number;
  /** Phone lines a second that become observations, and how many may come at once. */
  readonly observationRate: number;
  readonly observationBurst: number;
}

export const SYSLOG_LIMITS: SyslogLimits = {
  receiveBuffer: 4_194_304,
  batchMs: 50,
  batchLines: 1_000,
  tallyMs: 1_000,
  connections: 1_024,
  idleMs: 900_000,
  partialMs: 30_000,
  observationRate: 1_000,
  observationBurst: 5_000,
};

export interface SyslogConfig {
  readonly address: string;
  /** UDP; 0: any free port, told by the status. */
  readonly port: number;
  /** The same number as UDP when absent. */
  readonly tcpPort?: number;
  /** Entry of the receiving thread: `out/main/syslog-receiver.mjs`, or `worker.ts`. Without it this thread receives. */
  readonly workerFile?: URL | string;
  readonly limits?: Partial<SyslogLimits>;
}
