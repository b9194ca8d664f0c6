import type { Head } from './content.ts';
import { FileChanged, type FileLease } from './open-files.ts';
import type { Piece } from './pieces.ts';
import type { Reply } from './reply.ts';

/** What one download needs besides its request. */
export interface DownloadPlan {
  readonly head: Head;
  readonly lease: FileLease;
  /** Bytes of the next piece, fewer the more phones there are. */
  size(): number;
  /** SHA-256 that the app promised of the whole file, null where it knows none. */
  readonly promised: string | null;
  /** Hands over the last bytes, with what the whole content hashed to. */
  end(bytes: Uint8Array, sha256: string | null): void;
}

/** The client left before it had everything. */
export class ClientGone extends Error {}

/** Resolves when the system has the last byte. Rejects with `ClientGone`, `FileChanged` or what reading the file met. */
export function download(reply: Reply, plan: DownloadPlan): Promise<void> {
  return new Promise((resolve, reject) => { new Download(reply, plan, resolve, reject).begin(); });
}

/**
 * A piece is handed over when the system has taken the one before it. No promise and no closure for each piece: with 500
 * downloads at once they would outlive the young generation and fill the heap before they are cleared away.
 */
class Download {
  private at: number;
  private readonly last: number;
  private readonly learns: boolean;
  private piece: Piece | null = null;
  private handed = 0;
  private over = false;
  private readonly reply: Reply;
  private readonly plan: DownloadPlan;
  private readonly resolve: () => void;
  private readonly reject: (error: unknown) => void;

  constructor(reply: Reply, plan: DownloadPlan, resolve: () => void, reject: (error: unknown) => void) {
    this.reply = reply;
    this.plan = plan;
    this.resolve = resolve;
    this.reject = reject;
    this.at = plan.head.first;
    this.last = plan.head.first + (plan.head.length ?? 0);
    this.learns = plan.head.status === 200 && plan.lease.sha256 === null;
  }

  begin(): void {
    this.reply.response.once('close', this.closed);
    this.next();
  }

  private next(): void {
    if (this.reply.response.destroyed) {
      this.fail(new ClientGone());
      return;
    }
    try {
      const taken = this.plan.lease.take(this.at, this.plan.size());
      if (taken instanceof Promise) taken.then(this.hand, this.fail);
      else this.hand(taken);
    } catch (error) {
      this.fail(error);
    }
  }

  private readonly hand = (piece: Piece): void => {
    if (this.over) {
      this.plan.lease.giveBack(piece);
      return;
    }
    this.piece = piece;
    const bytes = piece.bytes.subarray(this.at - piece.at, this.last - piece.at);
    if (bytes.length === 0) {
      this.fail(new FileChanged());
      return;
    }
    if (this.learns) this.plan.lease.hash(piece);
    this.at += bytes.length;
    this.handed = bytes.length;
    if (this.at < this.last) this.reply.response.write(bytes, this.written);
    else void this.finish(bytes);
  };

  private readonly written = (error: Error | null | undefined): void => {
    if (this.over) return;
    if (error) {
      this.fail(new ClientGone());
      return;
    }
    if (this.piece !== null) this.plan.lease.giveBack(this.piece);
    this.piece = null;
    this.reply.exchange.moved(this.handed);
    this.next();
  };

  /** The last piece goes only when everything before it is known to be of one file, and of the promised one. */
  private async finish(bytes: Uint8Array): Promise<void> {
    const { head, lease, promised, end } = this.plan;
    try {
      const whole = await lease.isWhole();
      if (this.over) return;
      if (!whole || (this.learns && promised !== null && lease.hashed() !== promised)) this.fail(new FileChanged());
      else end(bytes, this.learns ? lease.hashed() : head.sha256);
    } catch (error) {
      this.fail(error);
    }
  }

  private readonly closed = (): void => {
    if (!this.reply.response.writableFinished) {
      this.fail(new ClientGone());
      return;
    }
    if (this.piece !== null) this.plan.lease.giveBack(this.piece);
    this.over = true;
    this.resolve();
  };

  private readonly fail = (error: unknown): void => {
    if (this.over) return;
    this.over = true;
    this.reply.response.off('close', this.closed);
    // The system may still look at the bytes of a connection that breaks.
    if (this.piece !== null) this.plan.lease.giveBack(this.piece, false);
    this.reject(error);
  };
}
