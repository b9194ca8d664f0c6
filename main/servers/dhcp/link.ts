import type { Failure, Result } from '../../../common/values/failure.ts';
import type { Peer } from '../../../common/values/observation.ts';
import type { Destination } from './destination.ts';

/** The wire, as the server sees it: datagrams in and out. Real sockets in `server.ts`, an array in tests. */
export interface Link {
  readonly address: string;
  readonly port: number;
  /** Answers to other clients, and to our probe, can be heard: port 68 is open. */
  readonly hearsReplies: boolean;
  /** What the system granted, bytes. */
  readonly receiveBuffer: number;
  /** `peer` is who asked: over loopback the answer goes there. */
  send(bytes: Uint8Array, to: Destination, peer: Peer): void;
  /** A probe: as a client from port 68, or as a relay from our own address and port 67. */
  sendProbe(bytes: Uint8Array, asRelay: boolean): void;
  close(): Promise<void>;
}

export interface LinkEvents {
  /** A datagram came; `bytes` are valid during the call only. `unicast`: to our own address. */
  heard(bytes: Uint8Array, peer: Peer, unicast: boolean): void;
  /** A datagram could not be sent. */
  notSent(code: string): void;
  /** The socket broke. */
  broke(failure: Failure): void;
}

/** An address of this computer. */
export interface CardAddress {
  readonly name: string;
  readonly address: string;
}

/** What the server needs of the computer. */
export interface World {
  open(events: LinkEvents): Promise<Result<Link>>;
  /** IPv4 addresses of the cards that are up, loopback left out. */
  cards(): readonly CardAddress[];
  random(bytes: number): Uint8Array;
}
