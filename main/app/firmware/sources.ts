import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { done, failed, type Result } from '../../../common/values/failure.ts';

/** One file that a person offers, not read yet. */
export interface OfferedFile {
  /** Without any folder. */
  readonly name: string;
  /** Bytes, as the file system or the zip's directory says; reading checks it. */
  readonly size: number;
  open(): Promise<Readable>;
}

/** The files of one path: a zip's entries, a folder's files, or the file itself. `close` gives back the zip's handle. */
export interface Offer {
  readonly files: readonly OfferedFile[];
  close(): void;
}

const MOST_ENTRIES = 2_000;
/** Deflate cannot do better than about 1,032 to 1; firmware images hardly shrink at all. */
const WORST_RATIO = 200;
const RATIO_FROM_BYTES = 1_000_000;

/**
 * Looks into a path. Links are not followed, also inside a zip, and no folder of a zip is believed: an entry counts by its
 * last name alone.
 * @returns `firmware.not-found`, `firmware.not-a-file`, `firmware.zip-damaged` (cause), `firmware.zip-unsafe` (name), `firmware.zip-bomb` (name)
 */
export async function openOffer(path: string): Promise<Result<Offer>> {
  const stat = await lstat(path).catch(() => null);
  if (!stat) return failed('firmware.not-found', { file: basename(path) });
  if (stat.isDirectory()) return done({ files: await filesOf(path), close: () => undefined });
  if (!stat.isFile()) return failed('firmware.not-a-file', { file: basename(path) });
  if (/\.zip$/i.test(path)) return openZip(path);
  return done({ files: [{ name: basename(path), size: stat.size, open: () => Promise.resolve(createReadStream(path)) }], close: () => undefined });
}

async function filesOf(folder: string): Promise<readonly OfferedFile[]> {
  const files: OfferedFile[] = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).slice(0, MOST_ENTRIES)) {
    if (!entry.isFile()) continue;
    const path = join(folder, entry.name);
    const { size } = await lstat(path);
    files.push({ name: entry.name, size, open: () => Promise.resolve(createReadStream(path)) });
  }
  return files;
}

async function openZip(path: string): Promise<Result<Offer>> {
  const opened = await new Promise<Result<ZipFile>>((resolve) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      resolve(error ? failed('firmware.zip-damaged', { file: basename(path), cause: withoutStop(error.message) }) : done(zip));
    });
  });
  if (!opened.ok) return opened;
  const zip = opened.value;
  const entries = await entriesOf(zip, basename(path));
  if (!entries.ok) {
    zip.close();
    return entries;
  }
  const files = entries.value.map((entry): OfferedFile => ({
    name: basename(entry.fileName),
    size: entry.uncompressedSize,
    open: () => new Promise((resolve, reject) => {
      zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
    }),
  }));
  return done({ files, close: () => zip.close() });
}

function entriesOf(zip: ZipFile, file: string): Promise<Result<readonly Entry[]>> {
  return new Promise((resolve) => {
    const entries: Entry[] = [];
    zip.on('error', (error: Error) => {
      // yauzl itself refuses names that lead out of a folder, before anything is written.
      const unsafe = /relative path|absolute path|invalid characters/i.test(error.message);
      resolve(failed(unsafe ? 'firmware.zip-unsafe' : 'firmware.zip-damaged', { file, cause: withoutStop(error.message) }));
    });
    zip.on('end', () => resolve(done(entries)));
    zip.on('entry', (entry: Entry) => {
      const failure = judge(entry, entries.length, file);
      if (failure) {
        resolve(failure);
        return;
      }
      if (!entry.fileName.endsWith('/')) entries.push(entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** Upper half of the external attributes is the Unix mode when the zip was made on one. */
const LINK = 0o120000;

function judge(entry: Entry, count: number, file: string): ReturnType<typeof failed> | null {
  const { fileName, uncompressedSize, compressedSize, externalFileAttributes } = entry;
  const name = fileName.slice(-80);
  if (((externalFileAttributes >>> 16) & 0o170000) === LINK) return failed('firmware.zip-unsafe', { file, cause: name });
  if (entry.isEncrypted()) return failed('firmware.zip-encrypted', { file });
  const bomb = uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > compressedSize * WORST_RATIO;
  return count >= MOST_ENTRIES || bomb ? failed('firmware.zip-bomb', { file, name }) : null;
}

/** Words of a library inside of a sentence of ours. */
function withoutStop(words: string): string {
  return words.replace(/\.+$/, '');
}
