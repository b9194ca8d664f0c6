import type { Socket } from 'node:dgram';
import { ERROR, readPacket, writeAck, writeError, writeOack } from './codec.ts';
import { LATE_COPY, type Ending } from './machine.ts';
import type { HostAnswer } from './messages.ts';
import type { TftpRead, TftpSink } from './needs.ts';
import { negotiate, type Agreed } from './options.ts';
import { OPEN_LIMIT } from './reading.ts';
import { startReceiving, stepReceiving, type Receiving, type ReceivingEffect, type ReceivingStep } from './receiving.ts';
import { report, type Floor, type Opening, type Transfer } from './transfer.ts';
import { openUpload, type Upload, type UploadTrouble } from './upload.ts';

const MESSAGES: Readonly<Record<UploadTrouble, { readonly code: string; readonly error: number; readonly message: string }>> = {
  'disk-full': { code: 'server.disk-full', error: ERROR.diskFull, message: 'Disk full' },
  exists: { code: 'tftp.upload-failed', error: ERROR.exists, message: 'File exists' },
  unwritable: { code: 'tftp.upload-failed', error: ERROR.access, message: 'Cannot be stored' },
};

/** A write request from its first packet to its stored last block: runs the machine of `receiving.ts`. */
export class WriteTransfer implements Transfer {
  readonly request: TftpRead;
  readonly socket: Socket;
  readonly fingerprint: string;
  readonly startedAt: number;
  wakeAt: number;
  readonly #floor: Floor;
  readonly #opening: Opening;
  #sink: Extract<TftpSink, { readonly kind: 'accept' }> | null = null;
  #state: Receiving | null = null;
  #agreed: Agreed | null = null;
  #upload: Upload | null = null;
  #resends = 0;
  /** The bench was given the whole file: it is its own from then on, unless it says no. */
  #handed = false;
  #recorded = false;
  #over = false;

  constructor(floor: Floor, opening: Opening) {
    this.#floor = floor;
    this.#opening = opening;
    this.request = opening.request;
    this.socket = opening.socket;
    this.fingerprint = opening.fingerprint;
    this.startedAt = floor.clock();
    this.wakeAt = this.startedAt + OPEN_LIMIT;
    floor.outbox.ask({ kind: 'accept', request: opening.request });
  }

  wasHeard(): boolean {
    return this.#state !== null && this.#state.got > 0;
  }

  holdsSlot(): boolean {
    return this.#state?.phase !== 'dallying';
  }

  isRepeated(fingerprint: string, now: number): boolean {
    const state = this.#state;
    if (fingerprint !== this.fingerprint) return false;
    return state === null || (state.got === 0 && state.phase === 'waiting') || (state.phase !== 'dallying' && now - state.heardAt < LATE_COPY);
  }

  answered(answer: HostAnswer): void {
    if (this.#over) return;
    if (answer.kind === 'sink' && this.#sink === null) {
      if (answer.sink.kind === 'refuse') this.#refuse(answer.sink.error, answer.sink.message, answer.sink.code);
      else this.#open(answer.sink);
    } else if (answer.kind === 'recorded' && this.#state?.phase === 'storing') {
      this.#handed = answer.ok;
      if (!answer.ok) { this.#fail('disk-full'); return; }
      this.#recorded = true;
      this.#upload?.keep();
      this.#apply(stepReceiving(this.#state, { kind: 'stored' }, this.#floor.clock()));
    }
  }

  receive(bytes: Buffer, now: number): void {
    if (this.#state === null) return;
    const packet = readPacket(bytes);
    if (packet.kind === 'data') {
      this.#apply(stepReceiving(this.#state, { kind: 'data', block: packet.block, length: packet.data.length }, now), packet.data);
    } else if (packet.kind === 'error') {
      this.#apply(stepReceiving(this.#state, { kind: 'error', error: packet.code, message: packet.message }, now));
    }
  }

  again(now: number): void {
    if (this.#state !== null) this.#apply(stepReceiving(this.#state, { kind: 'again' }, now));
  }

  tick(now: number): void {
    if (this.#state !== null) this.#apply(stepReceiving(this.#state, { kind: 'tick' }, now));
    else this.#refuse(ERROR.other, 'The bench did not answer in time', 'tftp.bench-busy');
  }

  moved(): { readonly bytes: number; readonly total: number | null } {
    return { bytes: this.#state?.bytes ?? 0, total: this.#agreed?.announced ?? null };
  }

  stop(code: string, message: string | null): void {
    if (this.#over) return;
    if (this.#recorded) { this.#close(); return; }
    if (message !== null) this.#floor.send(this.socket, writeError(ERROR.other, message), this.request.peer);
    this.#break(code);
  }

  #open(sink: Extract<TftpSink, { readonly kind: 'accept' }>): void {
    this.#sink = sink;
    const agreed = negotiate(this.#opening.options, { maxBlockSize: this.#floor.maxBlockSize(this.request.peer.address) }, null);
    if (agreed.announced !== null && agreed.announced > sink.limit) {
      this.#refuse(ERROR.diskFull, 'Larger than this bench takes', 'tftp.too-large');
      return;
    }
    this.#agreed = agreed;
    this.#upload = openUpload(sink.file, this.request.mode);
    const { blockSize, window, timeout } = agreed;
    report(this.#floor, this, 'WRQ', { kind: 'started', total: agreed.announced },
      { blksize: blockSize, window, mode: this.request.mode, ...(timeout === null ? {} : { timeout }) });
    this.#apply(startReceiving({ blockSize, window, timeout, oack: agreed.answer.size > 0, limit: sink.limit }, this.#floor.clock()));
  }

  #apply(step: ReceivingStep, data?: Uint8Array): void {
    this.#floor.counters.bytes += step.state.bytes - (this.#state?.bytes ?? 0);
    this.#state = step.state;
    this.wakeAt = step.wakeAt;
    for (const effect of step.effects) this.#run(effect, data);
  }

  #run(effect: ReceivingEffect, data: Uint8Array | undefined): void {
    const { peer } = this.request;
    switch (effect.kind) {
      case 'take': if (data !== undefined) this.#upload?.take(data); return;
      case 'store': this.#upload?.store(effect.whole, (trouble) => { this.#stored(effect.whole, trouble); }); return;
      case 'oack': if (this.#agreed !== null) this.#floor.send(this.socket, writeOack(this.#agreed.answer), peer); return;
      case 'ack':
        if (effect.again) {
          this.#resends += 1;
          this.#floor.counters.retransmits += 1;
        }
        this.#floor.send(this.socket, writeAck(effect.block), peer);
        return;
      case 'end': this.#end(effect.ending); return;
    }
  }

  #stored(whole: boolean, trouble: UploadTrouble | null): void {
    if (this.#over || this.#state === null || this.#upload === null || this.#sink === null) return;
    if (trouble !== null) { this.#fail(trouble); return; }
    if (!whole) { this.#apply(stepReceiving(this.#state, { kind: 'stored' }, this.#floor.clock())); return; }
    // The last acknowledgement tells the phone that its report is safe: only after the bench has recorded it.
    this.#handed = true;
    this.#floor.outbox.ask({ kind: 'received', upload: { request: this.request, file: this.#sink.file, ...this.#upload.result() } });
  }

  #fail(trouble: UploadTrouble): void {
    const { code, error, message } = MESSAGES[trouble];
    this.#floor.send(this.socket, writeError(error, message), this.request.peer);
    this.#break(code);
  }

  #refuse(error: number, message: string, code: string): void {
    this.#floor.send(this.socket, writeError(error, message), this.request.peer);
    this.#floor.counters.refused += 1;
    report(this.#floor, this, 'WRQ', { kind: 'refused', answer: `error ${String(error)}`, code });
    this.#close();
  }

  #end(ending: Ending): void {
    switch (ending.kind) {
      case 'received': {
        this.#floor.counters.delivered += 1;
        const { bytes, sha256 } = this.#upload?.result() ?? { bytes: 0, sha256: '' };
        report(this.#floor, this, 'WRQ', { kind: 'received', answer: 'ACK', bytes, sha256, stored: this.#sink?.file ?? '' },
          { resends: this.#resends });
        return; // dallies: the last acknowledgement may get lost
      }
      case 'delivered': case 'unconfirmed': this.#close(); return;
      case 'silent': this.#break(ending.never ? 'tftp.never-answered' : 'tftp.silent'); return;
      case 'aborted': this.#break('tftp.aborted', { error: ending.error, reason: ending.message.slice(0, 200) }); return;
      case 'too-large':
        this.#floor.send(this.socket, writeError(ERROR.diskFull, 'Larger than this bench takes'), this.request.peer);
        this.#break('tftp.too-large');
        return;
    }
  }

  #break(code: string, detail: Readonly<Record<string, string | number>> = {}): void {
    this.#floor.counters.broken += 1;
    report(this.#floor, this, 'WRQ', { kind: 'broken', code, bytes: this.#state?.bytes ?? 0 }, { resends: this.#resends, ...detail });
    this.#close();
  }

  #close(): void {
    if (this.#over) return;
    this.#over = true;
    if (!this.#handed) this.#upload?.discard();
    this.wakeAt = Infinity;
    this.#floor.ended(this);
  }
}
