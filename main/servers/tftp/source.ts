import type { Body, Shelf } from './body.ts';
import { ERROR, type TftpMode } from './codec.ts';
import { WHOLE, type Files, type FileTrouble } from './file-body.ts';
import type { TftpRefusal, TftpSource } from './needs.ts';
import { toNetascii } from './netascii.ts';

/** What a transfer sends, before its block size is agreed. */
export interface Provision {
  readonly kind: 'provision';
  /** Bytes on the wire, after netascii. */
  readonly size: number;
  /** Of the file itself, before netascii. */
  readonly sha256: string | null;
  open(blockSize: number, onReady: () => void, onTrouble: (trouble: FileTrouble) => void): Body;
  /** Lets go of an opened file; after the body is closed. */
  release(): void;
}

export interface Refused {
  readonly kind: 'refused';
  readonly error: number;
  readonly message: string;
  readonly code: string;
  readonly detail?: TftpRefusal['detail'];
}

/** What the phone and people are told when a file fails, before or in the middle of its transfer. */
export const FILE_TROUBLE: Readonly<Record<FileTrouble, Refused>> = {
  missing: { kind: 'refused', code: 'file.not-found', error: ERROR.notFound, message: 'File not found' },
  irregular: { kind: 'refused', code: 'file.not-found', error: ERROR.notFound, message: 'File not found' },
  replaced: { kind: 'refused', code: 'tftp.file-replaced', error: ERROR.other, message: 'The file is not the one that was added' },
  changed: { kind: 'refused', code: 'tftp.file-changed', error: ERROR.other, message: 'The file changed meanwhile' },
  unreadable: { kind: 'refused', code: 'tftp.file-unreadable', error: ERROR.other, message: 'The file cannot be read' },
};

/** Netascii needs its length before the first block (tsize), so a file is turned as a whole; text is never larger. */
const MOST_TEXT = 4 * 1024 * 1024;

/** Makes bytes out of what the bench answered; `done` is called once, perhaps at once. */
export function provide(
  from: { readonly shelf: Shelf; readonly files: Files }, mode: TftpMode, source: TftpSource, done: (result: Provision | Refused) => void,
): void {
  switch (source.kind) {
    case 'refuse': done({ ...source, kind: 'refused' }); return;
    case 'bytes': done(inMemory(from.shelf, mode, source.sha256, source.bytes, source.sha256, () => undefined)); return;
    case 'file': break;
  }
  from.files.open(source, (opened) => {
    if (typeof opened === 'string') { done(FILE_TROUBLE[opened]); return; }
    const release = (): void => { opened.release(); };
    if (mode === 'octet' && opened.size > WHOLE) {
      done({ kind: 'provision', size: opened.size, sha256: source.sha256, open: opened.body, release });
    } else if (opened.size > MOST_TEXT) {
      release();
      done({ kind: 'refused', error: ERROR.other, message: 'Too large for netascii, ask for octet', code: 'tftp.text-too-large' });
    } else {
      opened.whole((bytes) => {
        if (typeof bytes !== 'string') { done(inMemory(from.shelf, mode, opened.identity, bytes, source.sha256, release)); return; }
        release();
        done(FILE_TROUBLE[bytes]);
      });
    }
  });
}

function inMemory(shelf: Shelf, mode: TftpMode, name: string, bytes: Uint8Array, sha256: string | null, release: () => void): Provision {
  const wire = mode === 'netascii' ? toNetascii(bytes) : bytes;
  return { kind: 'provision', size: wire.length, sha256, open: (blockSize) => shelf.take(`${mode} ${name}`, wire, blockSize), release };
}
