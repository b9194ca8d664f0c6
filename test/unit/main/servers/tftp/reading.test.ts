import type { Socket } from 'node:dgram';
import { describe, expect, it } from 'vitest';
import { openShelf } from '../../../../../main/servers/tftp/body.ts';
import { openFiles, type Files } from '../../../../../main/servers/tftp/file-body.ts';
import type { FromWorker, WorkerBatch } from '../../../../../main/servers/tftp/messages.ts';
import { openOutbox } from '../../../../../main/servers/tftp/outbox.ts';
import { ReadTransfer } from '../../../../../main/servers/tftp/reading.ts';
import { openSlabs } from '../../../../../main/servers/tftp/slabs.ts';
import type { Floor, Opening, Transfer } from '../../../../../main/servers/tftp/transfer.ts';

const peer = { address: '10.20.0.7', port: 50_000 };

/** A transfer with a clock and a socket of paper. */
function stage(options: Readonly<Record<string, string>> = {}) {
  const sent: Buffer[] = [];
  const batches: WorkerBatch[] = [];
  const small: string[] = [];
  const ended: Transfer[] = [];
  const time = { now: 0 };
  const outbox = openOutbox((message: FromWorker) => { if (message.kind === 'batch') batches.push(message); });
  const floor: Floor & { files: Files } = {
    shelf: openShelf(), files: openFiles(openSlabs(() => true)), outbox,
    counters: { delivered: 0, broken: 0, refused: 0, ignored: 0, retransmits: 0, bytes: 0 },
    maxBlockSize: () => 1468,
    largeBlocksLost: (address) => { small.push(address); },
    clock: () => time.now,
    send: (_socket, packet) => { sent.push(Buffer.from(packet)); },
    ended: (transfer) => { ended.push(transfer); },
  };
  const socket = { send: (packet: Buffer) => { sent.push(packet); } } as unknown as Socket;
  const opening: Opening = {
    socket, fingerprint: 'rrq', options: new Map(Object.entries(options)),
    request: { peer, path: 'profile', mode: 'octet', exchange: 'x-1' },
  };
  const transfer = new ReadTransfer(floor, opening);
  return {
    transfer, floor, sent, small, ended, time,
    serve(size: number) {
      transfer.answered({ kind: 'source', exchange: 'x-1', source: { kind: 'bytes', bytes: new Uint8Array(size), sha256: 'aa' } });
    },
    ack(block: number) { transfer.receive(Buffer.from([0, 4, block >> 8, block & 255]), time.now); },
    /** Lets the timer run dry without another word from the phone. */
    silence() {
      for (let turns = 0; turns < 10_000 && transfer.wakeAt !== Infinity; turns += 1) {
        time.now = transfer.wakeAt;
        transfer.tick(time.now);
      }
    },
    outcomes() {
      outbox.flush();
      return batches.flatMap(({ seen }) => seen).map(({ outcome }) => outcome);
    },
  };
}

/** A file of 100 blocks whose reading is at a block that the test tells. */
function slowFile(floor: { files: Files }, blockSize: number): { readTo(block: number): void } {
  let ready = 0;
  let wake = (): void => undefined;
  const size = blockSize * 100;
  floor.files = {
    open: (_wanted, done) => {
      done({
        size, identity: 'slow', whole: () => undefined, release: () => undefined,
        body: (_size, onReady) => {
          wake = onReady;
          return {
            size, forget: () => undefined, close: () => undefined,
            packet: (index) => (index > ready ? null : Buffer.from([0, 3, index >> 8, index & 255, ...new Uint8Array(index > 100 ? 0 : blockSize)])),
          };
        },
      });
    },
  };
  return { readTo(block) { ready = block; wake(); } };
}

describe('a read transfer whose file is still being read', () => {
  it('sends what is due in its order, also when its window slides meanwhile', () => {
    const s = stage({ blksize: '4096', windowsize: '8' });
    const file = slowFile(s.floor, 4_096);
    s.transfer.answered({ kind: 'source', exchange: 'x-1', source: { kind: 'file', file: '/load', size: 409_600, sha256: null } });
    const blocks = (): number[] => s.sent.splice(0).filter((packet) => packet[1] === 3).map((packet) => packet.readUInt16BE(2));
    file.readTo(4);
    s.ack(0);
    expect(blocks()).toEqual([1, 2, 3, 4]);
    s.time.now = 1;
    s.ack(2);
    expect(blocks()).toEqual([3, 4]);
    s.time.now = 2;
    s.ack(3);
    file.readTo(100);
    expect(blocks()).toEqual([5, 6, 7, 8, 9, 10, 11]);
  });
});

describe('a read transfer', () => {
  it('asks the bench once, and tells what was agreed and how it ended', () => {
    const s = stage({ blksize: '1000' });
    s.serve(1_500);
    s.ack(0);
    s.ack(1);
    s.ack(2);
    expect(s.sent.map((packet) => packet.length)).toEqual([15, 1004, 504]);
    expect(s.outcomes()).toEqual([
      { kind: 'started', total: 1_500, sha256: 'aa' },
      { kind: 'delivered', answer: 'DATA', bytes: 1_500, sha256: 'aa', confirmed: true },
    ]);
    expect(s.floor.counters).toMatchObject({ delivered: 1, bytes: 1_500, retransmits: 0 });
    expect(s.ended).toEqual([s.transfer]);
  });

  it('gives up with error 0 when the bench does not answer for 10 s', () => {
    const s = stage();
    expect(s.transfer.wakeAt).toBe(10_000);
    s.transfer.tick(10_000);
    expect(s.sent[0]?.subarray(0, 4)).toEqual(Buffer.from([0, 5, 0, 0]));
    expect(s.outcomes()).toEqual([{ kind: 'refused', answer: 'error 0', code: 'tftp.bench-busy' }]);
    s.serve(10);
    expect(s.sent).toHaveLength(1);
  });

  it('remembers an address where large blocks never arrive', () => {
    const s = stage({ blksize: '1428' });
    s.serve(20_000);
    s.ack(0);
    s.silence();
    expect(s.small).toEqual([peer.address]);
    expect(s.outcomes().at(-1)).toEqual({ kind: 'broken', code: 'tftp.large-blocks-lost', bytes: 0 });
  });

  it.each([
    ['asks anew from the same port', (s: ReturnType<typeof stage>) => { s.transfer.stop('tftp.restarted', null); }],
    ['gives up with an error', (s: ReturnType<typeof stage>) => { s.transfer.receive(Buffer.from('\0\x05\0\0timed out\0', 'latin1'), s.time.now); }],
    ['repeats its first acknowledgement for ever', (s: ReturnType<typeof stage>) => {
      for (let turns = 0; turns < 1_000 && s.transfer.wakeAt !== Infinity; turns += 1) {
        s.time.now = Math.max(s.time.now, s.transfer.wakeAt);
        s.transfer.tick(s.time.now);
        if (s.transfer.wakeAt !== Infinity) s.ack(0);
      }
      expect(s.time.now).toBeLessThan(125_000);
    }],
  ])('remembers it also of a phone that %s after several lost blocks', (_how, end) => {
    const s = stage({ blksize: '1428' });
    s.serve(20_000);
    s.ack(0);
    for (let resend = 0; resend < 3; resend += 1) {
      s.time.now = s.transfer.wakeAt;
      s.transfer.tick(s.time.now);
    }
    end(s);
    expect(s.outcomes().at(-1)).toEqual({ kind: 'broken', code: 'tftp.large-blocks-lost', bytes: 0 });
    expect(s.small).toEqual([peer.address]);
    expect(s.ended).toEqual([s.transfer]);
  });

  it('does not blame the block size of a phone that asks anew at once', () => {
    const s = stage({ blksize: '1428' });
    s.serve(20_000);
    s.ack(0);
    s.transfer.stop('tftp.restarted', null);
    expect(s.outcomes().at(-1)).toEqual({ kind: 'broken', code: 'tftp.restarted', bytes: 0 });
    expect(s.small).toEqual([]);
  });

  it('ends after two minutes in which the same block was acknowledged again and again', () => {
    const s = stage();
    s.serve(20_000);
    s.ack(1);
    while (s.transfer.wakeAt !== Infinity && s.time.now < 200_000) {
      s.time.now = s.transfer.wakeAt;
      s.transfer.tick(s.time.now);
      if (s.transfer.wakeAt !== Infinity) s.ack(1);
    }
    expect(s.outcomes().at(-1)).toEqual({ kind: 'broken', code: 'tftp.silent', bytes: 512 });
    expect(s.time.now).toBeGreaterThanOrEqual(120_000);
    expect(s.time.now).toBeLessThan(125_000);
  });

  it('does not blame the block size when a later block is lost, or when nobody ever answered', () => {
    const later = stage({ blksize: '1428' });
    later.serve(20_000);
    later.ack(0);
    later.ack(1);
    later.silence();
    expect(later.outcomes().at(-1)).toEqual({ kind: 'broken', code: 'tftp.silent', bytes: 1_428 });
    const never = stage({ blksize: '1428' });
    never.serve(20_000);
    never.silence();
    expect(never.outcomes().at(-1)).toEqual({ kind: 'broken', code: 'tftp.never-answered', bytes: 0 });
    expect([...later.small, ...never.small]).toEqual([]);
  });

  it('counts as delivered, unconfirmed, when the phone asks anew instead of sending its last acknowledgement', () => {
    const s = stage();
    s.serve(600);
    s.ack(1);
    expect(s.transfer.holdsSlot()).toBe(false);
    s.transfer.stop('tftp.restarted', null);
    expect(s.outcomes().at(-1)).toMatchObject({ kind: 'delivered', confirmed: false });
  });

  it('is broken when the phone asks anew in the middle', () => {
    const s = stage();
    s.serve(6_000);
    s.ack(1);
    expect(s.transfer.isRepeated('rrq', 1_000)).toBe(false);
    s.transfer.stop('tftp.restarted', null);
    expect(s.outcomes().at(-1)).toEqual({ kind: 'broken', code: 'tftp.restarted', bytes: 512 });
  });

  it('knows a repeated request before the first acknowledgement, and a copy that comes late after it', () => {
    const s = stage();
    expect(s.transfer.isRepeated('rrq', 0)).toBe(true);
    expect(s.transfer.isRepeated('another', 0)).toBe(false);
    s.serve(6_000);
    expect(s.transfer.isRepeated('rrq', 9_000)).toBe(true);
    s.time.now = 9_000;
    s.ack(1);
    expect(s.transfer.isRepeated('rrq', 9_999)).toBe(true);
    expect(s.transfer.isRepeated('another', 9_999)).toBe(false);
    expect(s.transfer.isRepeated('rrq', 10_000)).toBe(false);
  });

  it('that is whole but for its last acknowledgement takes the same request as a new one at once', () => {
    const s = stage();
    s.serve(600);
    s.ack(1);
    expect(s.transfer.isRepeated('rrq', 0)).toBe(false);
  });

  it('tells why the phone ended it', () => {
    const s = stage({ blksize: '1428', tsize: '0' });
    s.serve(6_000);
    s.transfer.receive(Buffer.from('\0\x05\0\x00size is enough\0', 'latin1'), 1);
    expect(s.outcomes().at(-1)).toEqual({ kind: 'broken', code: 'tftp.aborted', bytes: 0 });
    expect(s.sent).toHaveLength(1);
  });
});
