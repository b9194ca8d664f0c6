import type { RunningServer, ServerStatus } from '../../../common/values/server.ts';
import type { TftpNeeds } from './needs.ts';

export interface TftpConfig {
  /** The picked card's address; never a wildcard. */
  readonly address: string;
  /** 0–65535, 0 means any free one. */
  readonly port: number;
  /** 1–8 transfer threads; where the system cannot share a port, one. */
  readonly workers: number;
  /** The worker's entry: `out/main/tftp-worker.mjs`, or `worker.ts` under a Node that runs TypeScript. */
  readonly workerFile: URL | string;
  /** Answers from the request port itself, for firewalls that drop replies from another port. */
  readonly singlePort: boolean;
  /** Largest block that fits the card's MTU: MTU − 32, so 1468 on Ethernet. */
  readonly maxBlockSize: number;
  /** Transfers at once from one address, counted for each worker; default 1,024. */
  readonly maxTransfersPerPeer?: number;
}

export function createTftpServer(config: TftpConfig, needs: TftpNeeds, now: () => number): RunningServer {
  const status: ServerStatus = {
    name: 'tftp', state: 'off', address: null, port: null,
    error: { code: 'server.not-built', params: { server: 'TFTP' } }, figures: {},
  };
  void config; void needs; void now;
  return { name: 'tftp', start: () => Promise.resolve(status), stop: () => Promise.resolve(), status: () => status };
}
