import type { Socket } from 'node:dgram';
import type { Body } from './body.ts';
import { ERROR, OPCODE, readPacket, writeError, writeOack } from './codec.ts';
import type { FileTrouble } from './file-body.ts';
import { LATE_COPY, type Ending } from './machine.ts';
import type { HostAnswer } from './messages.ts';
import type { TftpRead } from './needs.ts';
import { CLASSIC_BLOCK, negotiate, type Agreed } from './options.ts';
import { isLast, startSending, stepSending, type Sending, type SendingEffect, type SendingEvent, type SendingStep } from './sending.ts';
import { FILE_TROUBLE, provide, type Provision, type Refused } from './source.ts';
import { report, type Floor, type Opening, type Transfer } from './transfer.ts';

/** How long the bench may think about a request. */
export const OPEN_LIMIT = 10_000;

/** So many lost windows are no accident; a phone that gives up or asks anew by then would else be given the same blocks again. */
const SURE = 3;

const TICK: SendingEvent = { kind: 'tick' };
const AGAIN: SendingEvent = { kind: 'again' };

/** A read request from its first packet to its last acknowledgement: runs the machine of `sending.ts` on real sockets and bytes. */
export class ReadTransfer implements Transfer {
  readonly request: TftpRead;
  readonly socket: Socket;
  readonly fingerprint: string;
  readonly startedAt: number;
  wakeAt: number;
  readonly #floor: Floor;
  readonly #opening: Opening;
  #state: Sending | null = null;
  #agreed: Agreed | null = null;
  #body: Body | null = null;
  #provision: Provision | null = null;
  /** The bench has answered. */
  #asked = false;
  /** Blocks that were due but whose bytes are still being read. */
  #owed: { readonly from: number; readonly to: number } | null = null;
  #resends = 0;
  /** The OACK was sent once already. */
  #offered = false;
  #over = false;

  constructor(floor: Floor, opening: Opening) {
    this.#floor = floor;
    this.#opening = opening;
    this.request = opening.request;
    this.socket = opening.socket;
    this.fingerprint = opening.fingerprint;
    this.startedAt = floor.clock();
    this.wakeAt = this.startedAt + OPEN_LIMIT;
    floor.outbox.ask({ kind: 'open', request: opening.request });
  }

  wasHeard(): boolean {
    return this.#state?.heard === true;
  }

  holdsSlot(): boolean {
    return this.#state === null || !isLast(this.#state);
  }

  isRepeated(fingerprint: string, now: number): boolean {
    const state = this.#state;
    if (fingerprint !== this.fingerprint) return false;
    return state === null || !state.heard || (!isLast(state) && now - state.heardAt < LATE_COPY);
  }

  answered(answer: HostAnswer): void {
    if (this.#over || answer.kind !== 'source' || this.#asked) return;
    this.#asked = true;
    provide(this.#floor, this.request.mode, answer.source, (result) => {
      if (this.#over) {
        if (result.kind === 'provision') result.release();
      } else if (result.kind === 'refused') this.#refuse(result);
      else this.#begin(result);
    });
  }

  receive(bytes: Buffer, now: number): void {
    const state = this.#state;
    if (state === null) {
      if (bytes[1] === OPCODE.error) this.#end({ kind: 'aborted', error: 0, message: '' });
      return;
    }
    if (bytes[1] === OPCODE.ack) {
      const block = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
      this.#apply(stepSending(state, { kind: 'ack', block }, now), state.acked);
      return;
    }
    const packet = readPacket(bytes);
    if (packet.kind === 'error') {
      this.#apply(stepSending(state, { kind: 'error', error: packet.code, message: packet.message }, now), state.acked);
    }
  }

  again(now: number): void {
    if (this.#state !== null) this.#apply(stepSending(this.#state, AGAIN, now), this.#state.acked);
  }

  tick(now: number): void {
    if (this.#state !== null) {
      this.#apply(stepSending(this.#state, TICK, now), this.#state.acked);
      return;
    }
    this.#refuse({ error: ERROR.other, message: 'The bench did not answer in time', code: 'tftp.bench-busy' });
  }

  moved(): { readonly bytes: number; readonly total: number | null } {
    const total = this.#body?.size ?? null;
    return { bytes: Math.min((this.#state?.acked ?? 0) * (this.#agreed?.blockSize ?? 0), total ?? 0), total };
  }

  stop(code: string, message: string | null): void {
    if (this.#over) return;
    if (message !== null) this.#floor.send(this.socket, writeError(ERROR.other, message), this.request.peer);
    if (this.#state !== null && isLast(this.#state)) this.#end({ kind: 'unconfirmed' });
    else this.#break(code === 'tftp.restarted' && this.#losesLarge(SURE) ? 'tftp.large-blocks-lost' : code);
  }

  #begin(provision: Provision): void {
    const { size, sha256 } = provision;
    const { peer, mode } = this.request;
    const agreed = negotiate(this.#opening.options, { maxBlockSize: this.#floor.maxBlockSize(peer.address) }, size);
    const { blockSize, window, timeout } = agreed;
    this.#provision = provision;
    this.#agreed = agreed;
    this.#body = provision.open(blockSize, () => { this.#payUp(); }, (trouble) => { this.#fail(trouble); });
    report(this.#floor, this, 'RRQ', sha256 === null ? { kind: 'started', total: size } : { kind: 'started', total: size, sha256 },
      { blksize: blockSize, window, mode, ...(timeout === null ? {} : { timeout }) });
    this.#apply(startSending({ size, blockSize, window, timeout, oack: agreed.answer.size > 0 }, this.#floor.clock()), 0);
  }

  #apply(step: SendingStep, ackedBefore: number): void {
    this.#state = step.state;
    this.wakeAt = step.wakeAt;
    const { acked } = step.state;
    if (acked > ackedBefore && this.#body !== null && this.#agreed !== null) {
      const { blockSize } = this.#agreed;
      this.#floor.counters.bytes += Math.min(acked * blockSize, this.#body.size) - ackedBefore * blockSize;
      this.#body.forget(acked);
    }
    for (const effect of step.effects) this.#run(effect);
  }

  #run(effect: SendingEffect): void {
    switch (effect.kind) {
      case 'data':
        if (effect.again) this.#countResend();
        this.#sendBlocks(effect.from, effect.from + effect.count - 1);
        return;
      case 'oack':
        if (this.#offered) this.#countResend();
        this.#offered = true;
        if (this.#agreed !== null) this.#floor.send(this.socket, writeOack(this.#agreed.answer), this.request.peer);
        return;
      case 'end': this.#end(effect.ending); return;
    }
  }

  #countResend(): void {
    this.#resends += 1;
    this.#floor.counters.retransmits += 1;
  }

  #sendBlocks(from: number, to: number): void {
    const body = this.#body;
    if (body === null) return;
    const { address, port } = this.request.peer;
    // A window that slides while its beginning is still being read: what was due first goes first.
    const first = Math.max(Math.min(from, this.#owed?.from ?? from), (this.#state?.acked ?? 0) + 1);
    for (let block = first; block <= to; block += 1) {
      const packet = body.packet(block);
      if (packet === null) { this.#owed = { from: block, to }; return; }
      // Without a callback: it would cost more than it tells, the acknowledgement is the proof.
      this.socket.send(packet, port, address);
    }
    this.#owed = null;
  }

  #payUp(): void {
    if (this.#owed !== null && !this.#over) this.#sendBlocks(this.#owed.from, this.#owed.to);
  }

  #fail(trouble: FileTrouble): void {
    if (this.#over) return;
    const { code, error, message } = FILE_TROUBLE[trouble];
    this.#floor.send(this.socket, writeError(error, message), this.request.peer);
    this.#break(code);
  }

  #refuse({ error, message, code, detail }: Omit<Refused, 'kind'>): void {
    this.#floor.send(this.socket, writeError(error, message), this.request.peer);
    this.#floor.counters.refused += 1;
    report(this.#floor, this, 'RRQ', { kind: 'refused', answer: `error ${String(error)}`, code }, detail);
    this.#close();
  }

  #end(ending: Ending): void {
    const blockSize = this.#agreed?.blockSize ?? CLASSIC_BLOCK;
    switch (ending.kind) {
      case 'delivered': case 'unconfirmed': case 'received': {
        this.#floor.counters.delivered += 1;
        const what = { kind: 'delivered', answer: 'DATA', bytes: this.#body?.size ?? 0, confirmed: ending.kind === 'delivered' } as const;
        const sha256 = this.#provision?.sha256 ?? null;
        report(this.#floor, this, 'RRQ', sha256 === null ? what : { ...what, sha256 },
          { blksize: blockSize, window: this.#agreed?.window ?? 1, resends: this.#resends });
        this.#close();
        return;
      }
      case 'silent': {
        this.#break(this.#losesLarge(0) ? 'tftp.large-blocks-lost' : ending.never ? 'tftp.never-answered' : 'tftp.silent');
        return;
      }
      case 'aborted':
        this.#break(this.#losesLarge(SURE) ? 'tftp.large-blocks-lost' : 'tftp.aborted', { error: ending.error, reason: ending.message.slice(0, 200) });
        return;
      case 'too-large': this.#break('tftp.too-large'); return;
    }
  }

  /** The phone answered the offer, and then never got a block larger than 512 bytes however often it was sent: remembered. */
  #losesLarge(resends: number): boolean {
    const lost = this.#state?.heard === true && this.#state.acked === 0 && (this.#agreed?.blockSize ?? 0) > CLASSIC_BLOCK && this.#resends >= resends;
    if (lost) this.#floor.largeBlocksLost(this.request.peer.address);
    return lost;
  }

  #break(code: string, detail: Readonly<Record<string, string | number>> = {}): void {
    this.#floor.counters.broken += 1;
    report(this.#floor, this, 'RRQ', { kind: 'broken', code, bytes: this.moved().bytes }, {
      blksize: this.#agreed?.blockSize ?? CLASSIC_BLOCK, resends: this.#resends, ...detail,
    });
    this.#close();
  }

  #close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#body?.close();
    this.#provision?.release();
    this.#owed = null;
    this.wakeAt = Infinity;
    this.#floor.ended(this);
  }
}
