import { basename } from 'node:path';
import type { Observation, TransferProgress } from '../../../common/values/observation.ts';
import type { TftpNeeds, TftpSource } from '../../servers/tftp/needs.ts';
import type { FileAnswer, FileAsk } from './files.ts';
import { uploadPlace } from './uploads.ts';

export interface ServeNeeds {
  answer(ask: FileAsk): Promise<FileAnswer>;
  /** Why this device may not leave a file here; null when it may. */
  mayUpload(ask: FileAsk): string | null;
  /**
   * Reads and keeps what a device sent; the file stays. `post`: the body of a `--post` rule, moved aside, to be answered
   * with the profile that the path names.
   */
  takeBody(ask: FileAsk, body: SentBody): Promise<'report' | 'post'>;
  readonly uploads: string;
  observe(observation: Observation): void;
  progress(progress: readonly TransferProgress[]): void;
  changed(): void;
  now(): number;
}

export interface SentBody {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contentEncoding: string | null;
  /** True for HTTP POST: only there a body may belong to a question. */
  readonly mayAsk: boolean;
}

/** Answers the TFTP server's questions from the workspace. */
export function tftpNeeds(needs: ServeNeeds): TftpNeeds {
  return {
    open: async (request) => {
      const ask = { ...request, server: 'tftp' as const, userAgent: null, certificate: null };
      return toSource(await needs.answer(ask));
    },
    accept: async (request) => {
      const refusal = needs.mayUpload({ ...request, server: 'tftp', userAgent: null, certificate: null });
      if (refusal !== null) return { kind: 'refuse', error: 2, message: 'Access violation', code: refusal };
      const place = await uploadPlace(needs.uploads, request.path, needs.now());
      if (!place.ok) return { kind: 'refuse', error: 3, message: 'Disk full', code: place.failure.code };
      return { kind: 'accept', ...place.value };
    },
    received: async ({ request, file, bytes, sha256 }) => {
      const ask = { ...request, server: 'tftp' as const, userAgent: null, certificate: null };
      await needs.takeBody(ask, { file, bytes, sha256, contentEncoding: null, mayAsk: false });
      needs.observe({
        at: needs.now(),
        server: 'tftp',
        peer: request.peer,
        asked: 'WRQ',
        facts: { path: request.path },
        outcome: { kind: 'received', answer: 'done', bytes, sha256, stored: basename(file) },
        exchange: request.exchange,
      });
    },
    observe: needs.observe,
    progress: needs.progress,
    changed: needs.changed,
  };
}

/** The reason stands only in the evidence: the phone sees error 1, or 0 where it should simply ask again. */
function toSource(answer: FileAnswer): TftpSource {
  switch (answer.kind) {
    case 'profile':
    case 'authority':
      return { kind: 'bytes', bytes: answer.bytes, sha256: answer.sha256 };
    case 'static':
      return { kind: 'file', file: answer.file, size: answer.size, sha256: answer.sha256, ...(answer.stamp === undefined ? {} : { stamp: answer.stamp }) };
    case 'elsewhere':
      return { kind: 'refuse', error: 1, message: 'File not found', code: 'file.not-found' };
    case 'missing':
      return { kind: 'refuse', error: 1, message: 'File not found', code: answer.code, detail: answer.params };
    case 'unready':
      return { kind: 'refuse', error: 0, message: 'Not ready', code: answer.failure.code };
  }
}
