import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

/** What happens to packets on their way, for each direction; parts of 1, milliseconds. */
export interface Weather {
  readonly loss: number;
  readonly double: number;
  /** So many packets wait for `hold` ms, so that those behind overtake them. */
  readonly late: number;
  readonly hold: number;
}

export interface Proxy {
  readonly port: number;
  /** What was done to packets so far: a test that wants bad weather sees that there was some. */
  readonly done: { lost: number; doubled: number; delayed: number; carried: number };
  close(): void;
}

/**
 * A bad cable between other people's TFTP clients and the server. It has a port of its own for the requests and one more for
 * each pair of client and server socket, as TFTP answers from another port than it was asked on. `random`: seeded, so that
 * a failure comes again.
 */
export async function openProxy(server: number, weather: Weather, random: () => number): Promise<Proxy> {
  const done = { lost: 0, doubled: 0, delayed: 0, carried: 0 };
  const sockets: Socket[] = [];
  const ways = new Map<number, Way>();
  let closed = false;

  function open(): Promise<Socket> {
    const socket = createSocket('udp4');
    sockets.push(socket);
    return new Promise((resolve) => { socket.bind(0, '127.0.0.1', () => { resolve(socket); }); });
  }

  function carry(through: Socket, bytes: Buffer, port: number): void {
    // A lost request is repaired by the client's own timer alone, 5 s with some: nothing of ours would be tried by it.
    const request = bytes[1] === 1 || bytes[1] === 2;
    if (!request && random() < weather.loss) { done.lost += 1; return; }
    const copies = random() < weather.double ? 2 : 1;
    done.doubled += copies - 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const late = random() < weather.late;
      if (late) done.delayed += 1;
      done.carried += 1;
      const pass = (): void => { if (!closed) through.send(bytes, port, '127.0.0.1'); };
      if (late) setTimeout(pass, weather.hold * random());
      else pass();
    }
  }

  /** One client port: `out` speaks to the server for it, `back` to the client for the server's transfer socket. */
  interface Way { readonly out: Socket; back: Promise<Socket> | null; transfer: number | null }

  async function wayOf(client: RemoteInfo): Promise<Way> {
    const known = ways.get(client.port);
    if (known !== undefined) return known;
    const out = await open();
    const way: Way = { out, back: null, transfer: null };
    ways.set(client.port, way);
    out.on('message', (bytes, from) => {
      if (from.port !== server) way.transfer = from.port;
      way.back ??= from.port === server ? Promise.resolve(front) : open().then((back) => {
        back.on('message', (answer, by) => { if (by.port === client.port && way.transfer !== null) carry(out, answer, way.transfer); });
        return back;
      });
      void way.back.then((back) => { carry(back, bytes, client.port); });
    });
    return way;
  }

  const front = await open();
  front.on('message', (bytes, from) => { void wayOf(from).then(({ out }) => { carry(out, bytes, server); }); });
  return {
    port: front.address().port, done,
    close() {
      closed = true;
      for (const socket of sockets) socket.close();
    },
  };
}

/** mulberry32: the same weather for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
