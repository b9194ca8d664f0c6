import { createSocket } from 'node:dgram';

export interface DhcpSeen {
  readonly type: number;
  readonly mac: string;
  readonly ciaddr: string;
  readonly broadcast: boolean;
  readonly options: ReadonlyMap<number, Buffer>;
}

export interface TinyDhcp {
  readonly port: number;
  readonly seen: DhcpSeen[];
  stop(): Promise<void>;
}

export interface DhcpAnswer {
  /** 2 OFFER, 5 ACK, 6 NAK. */
  readonly type: number;
  readonly ip: readonly [number, number, number, number];
  readonly leaseSeconds: number;
  /** Further options by number. */
  readonly options?: Readonly<Record<number, Uint8Array>>;
}

const SERVER_ID = [127, 0, 0, 1] as const;

/** A DHCP server for tests, straight from the field offsets of RFC 2131 §2; it answers where the packet came from. */
export async function startTinyDhcp(answer: (seen: DhcpSeen, count: number) => DhcpAnswer | null): Promise<TinyDhcp> {
  const seen: DhcpSeen[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (packet, peer) => {
    if (packet.readUInt8(0) !== 1 || packet.readUInt32BE(236) !== 0x63825363) return;
    const options = new Map<number, Buffer>();
    for (let at = 240; at < packet.length && packet[at] !== 255; ) {
      if (packet[at] === 0) {
        at += 1;
        continue;
      }
      const length = packet.readUInt8(at + 1);
      options.set(packet.readUInt8(at), Buffer.from(packet.subarray(at + 2, at + 2 + length)));
      at += 2 + length;
    }
    const one: DhcpSeen = {
      type: options.get(53)?.readUInt8(0) ?? 0,
      mac: packet.subarray(28, 34).toString('hex'),
      ciaddr: packet.subarray(12, 16).join('.'),
      broadcast: (packet.readUInt16BE(10) & 0x8000) !== 0,
      options,
    };
    seen.push(one);
    const given = answer(one, seen.length);
    if (given === null) return;
    const head = Buffer.alloc(240);
    packet.copy(head, 0, 0, 44);
    head.writeUInt8(2, 0);
    Buffer.from(given.ip).copy(head, 16);
    head.writeUInt32BE(0x63825363, 236);
    const lease = Buffer.alloc(4);
    lease.writeUInt32BE(given.leaseSeconds);
    const all: [number, Uint8Array][] = [
      [53, Buffer.of(given.type)], [54, Buffer.from(SERVER_ID)], [51, lease],
      ...Object.entries(given.options ?? {}).map(([code, bytes]): [number, Uint8Array] => [Number(code), bytes]),
    ];
    const body = all.map(([code, bytes]) => Buffer.concat([Buffer.of(code, bytes.length), bytes]));
    socket.send(Buffer.concat([head, ...body, Buffer.of(255)]), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, seen, stop: () => new Promise((resolve) => socket.close(() => resolve())) };
}
