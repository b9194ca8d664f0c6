/**
 * A network that loses, doubles and reorders, in simulated time, between one of our machines and a small client that
 * knows nothing of our code: it was written from RFC 1350 and RFC 7440 alone.
 */
export interface Weather {
  /** 0–1, for each direction. */
  readonly loss: number;
  readonly double: number;
  /** Milliseconds; each packet draws its own delay from this range, so packets overtake each other. */
  readonly delay: readonly [number, number];
}

export interface End {
  receive(packet: Uint8Array, now: number): void;
  /** Called when `wakeAt` is reached. */
  wake(now: number): void;
  wakeAt(): number;
}

export interface Network {
  attach(a: End, b: End): void;
  /** Packets from the first (0) or second (1) end. */
  send(from: 0 | 1, packet: Uint8Array): void;
  /** Runs until nothing is due, `done` says so, or `limit` ms have passed; answers with the time. */
  run(done: () => boolean, limit: number): number;
  now(): number;
  readonly carried: number;
}

export function openNetwork(weather: Weather, random: () => number): Network {
  const flying: { readonly at: number; readonly to: 0 | 1; readonly packet: Uint8Array; readonly order: number }[] = [];
  let ends: readonly [End, End] | null = null;
  let time = 0;
  let carried = 0;
  const [least, most] = weather.delay;

  return {
    attach(a, b) { ends = [a, b]; },
    now: () => time,
    get carried() { return carried; },
    send(from, packet) {
      const copies = random() < weather.loss ? 0 : random() < weather.double ? 2 : 1;
      for (let n = 0; n < copies; n += 1) {
        carried += 1;
        flying.push({ at: time + least + random() * (most - least), to: from === 0 ? 1 : 0, packet: Uint8Array.from(packet), order: carried });
      }
    },
    run(done, limit) {
      if (ends === null) throw new Error('nobody is attached');
      while (!done()) {
        flying.sort((one, other) => one.at - other.at || one.order - other.order);
        const arrival = flying[0]?.at ?? Infinity;
        const wakes = [ends[0].wakeAt(), ends[1].wakeAt()];
        const next = Math.min(arrival, ...wakes);
        if (next === Infinity || next > limit) return time;
        time = Math.max(time, next);
        if (arrival <= next) {
          const packet = flying.shift();
          if (packet !== undefined) ends[packet.to].receive(packet.packet, time);
        } else {
          for (const end of ends) if (end.wakeAt() <= time) end.wake(time);
        }
      }
      return time;
    },
  };
}

/** A reader's side of RFC 1350 with the window of RFC 7440: acknowledges in order, repeats its last packet by a plain timer. */
export function simpleReader(send: (packet: Uint8Array) => void, options: { readonly blockSize: number; readonly window: number; readonly timer: number }): End & {
  bytes(): Uint8Array; finished(): boolean;
} {
  const parts: Uint8Array[] = [];
  let expected = 1;
  let since = 0;
  let finished = false;
  let due = options.timer;
  const acknowledge = (now: number): void => {
    const last = (expected - 1) & 0xffff;
    send(Uint8Array.of(0, 4, last >> 8, last & 255));
    since = 0;
    due = now + options.timer;
  };
  return {
    receive(packet, now) {
      if (packet[1] === 6 && expected === 1) { acknowledge(now); return; }
      if (packet[1] !== 3) return;
      const block = ((packet[2] ?? 0) << 8) | (packet[3] ?? 0);
      if (block !== (expected & 0xffff)) {
        // RFC 7440: a gap is told at once; RFC 1350: an old block is acknowledged again.
        if (since > 0 || finished || ((expected - 1 - block) & 0xffff) < 0x8000) acknowledge(now);
        return;
      }
      if (finished) return;
      parts.push(packet.slice(4));
      expected += 1;
      since += 1;
      finished = packet.length - 4 < options.blockSize;
      due = now + options.timer;
      if (finished || since === options.window) acknowledge(now);
    },
    wake: acknowledge,
    wakeAt: () => (finished ? Infinity : due),
    bytes: () => Uint8Array.from(Buffer.concat(parts)),
    finished: () => finished,
  };
}

/** A writer's side: sends a window, waits for its acknowledgement, begins again behind what was acknowledged. */
export function simpleWriter(
  send: (packet: Uint8Array) => void, body: Uint8Array,
  options: { readonly blockSize: number; readonly window: number; readonly timer: number; readonly oack: boolean },
): End & { finished(): boolean } {
  const blocks = Math.floor(body.length / options.blockSize) + 1;
  let acked = -1;
  let due = Infinity;
  const sendWindow = (now: number): void => {
    for (let block = acked + 1; block <= Math.min(acked + options.window, blocks); block += 1) {
      const data = body.subarray((block - 1) * options.blockSize, block * options.blockSize);
      send(Uint8Array.from([0, 3, (block >> 8) & 255, block & 255, ...data]));
    }
    due = now + options.timer;
  };
  return {
    receive(packet, now) {
      const first = acked === -1 && (options.oack ? packet[1] === 6 : packet[1] === 4);
      if (first) {
        acked = 0;
        sendWindow(now);
        return;
      }
      if (packet[1] !== 4 || acked < 0) return;
      const steps = ((((packet[2] ?? 0) << 8) | (packet[3] ?? 0)) - acked) & 0xffff;
      if (steps === 0 || steps > options.window) return;
      acked += steps;
      if (acked < blocks) sendWindow(now);
      else due = Infinity;
    },
    wake: sendWindow,
    wakeAt: () => due,
    finished: () => acked === blocks,
  };
}
