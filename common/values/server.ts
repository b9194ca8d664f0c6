export const SERVER_NAMES = ['dhcp', 'tftp', 'http', 'https', 'syslog', 'dns', 'sntp', 'cwmp'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

export type ServerState = 'starting' | 'listening' | 'degraded' | 'stopped' | 'failed' | 'off';

/** One server as every screen, the ready line and `status` tell it. */
export interface ServerStatus {
  readonly name: ServerName;
  readonly state: ServerState;
  readonly address: string | null;
  /** The bound port, also when 0 (any free one) was asked for; null while nothing is bound. */
  readonly port: number | null;
  /** Syslog over TCP has a port of its own when 0 was asked for. */
  readonly tcpPort?: number | null;
  /** Why it is not simply listening, for the catalogue of sentences. */
  readonly error: import('./failure.ts').Failure | null;
  /** Live figures for its row: `transfers`, `leases`, `linesPerMinute` … Only what the server measures itself. */
  readonly figures: Readonly<Record<string, number>>;
}

/** What the composition needs of any server. */
export interface RunningServer {
  readonly name: ServerName;
  /** Binds and begins to answer. Never throws for a refused port: the status then says why. */
  start(): Promise<ServerStatus>;
  /** Ends every transfer and timer and closes every socket; resolves within 2 s. */
  stop(): Promise<void>;
  status(): ServerStatus;
}

export const DEFAULT_PORTS: Readonly<Record<ServerName, number>> = {
  dhcp: 67, tftp: 69, http: 80, https: 443, syslog: 514, dns: 53, sntp: 123, cwmp: 7547,
};

/** Where a server answers now; null while it does not. */
export function portOf(servers: readonly ServerStatus[], name: ServerName): number | null {
  const status = servers.find((server) => server.name === name);
  return status && (status.state === 'listening' || status.state === 'degraded') ? status.port : null;
}
