import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { failed, type Failure, type Result } from '../../../common/values/failure.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { IKM_FORMS } from '../../../common/values/protection.ts';
import type { ReportView } from '../../../common/values/report.ts';
import { unprotect, type Unprotected } from '../../crypto/unprotect.ts';
import { readIkm } from '../../crypto/aes128gcm.ts';
import { compareReported } from '../../domain/profile/document/compare.ts';
import { readDocument, type ProfileDocument } from '../../domain/profile/document/document.ts';
import { maskBody } from '../../domain/profile/mask-body.ts';
import { reportKind } from '../../domain/profile/report-kind.ts';
import { maskSecrets } from '../../domain/profile/secrets.ts';
import type { ReportRow, Store } from '../../store/store.ts';
import { factoryOf, type DictionaryShelf } from '../state/dictionary.ts';
import type { Ring } from '../state/ring.ts';
import { servedTogether } from './served-together.ts';

/** A body that lies complete in `uploads/`. */
export interface Sent {
  readonly mac: Mac | null;
  readonly at: number;
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly contentEncoding: string | null;
}

/** What a whole configuration proves: `differences` 0 is the phone's own word that it holds what it was served. */
export interface ReportProof {
  readonly differences: number;
}

export interface Reports {
  /** Reads what came and keeps it. Resolves with what it proves, null when it proves nothing. */
  take(sent: Sent, as: 'report' | 'post'): Promise<ReportProof | null>;
  /** True when a body is a configuration, whatever name it was sent to. */
  isReport(sent: Sent): Promise<boolean>;
}

/** A full configuration has 0.2 MB; larger bodies are kept as they came. */
const LARGEST_READ = 8_000_000;
/** A `--post` body is one register. */
const LARGEST_SHOWN = 100_000;

export interface ReportsNeeds {
  readonly store: Store;
  readonly ring: Ring;
  readonly dictionary: DictionaryShelf;
  /** Whether a template is for this phone now. */
  isFor(mac: Mac): (template: string) => boolean;
  trouble(cause: unknown): void;
}

export function createReports({ store, ring, isFor, dictionary, trouble }: ReportsNeeds): Reports {
  const looked = new WeakMap<Sent, Promise<Opened>>();
  return { take, isReport: async (sent) => (await open(sent)).document !== null };

  async function take(sent: Sent, as: 'report' | 'post'): Promise<ReportProof | null> {
    const { opened, document, failure, masked } = as === 'post' ? await openPost(sent) : await open(sent);
    const served = sent.mac === null ? null : await servedTogether(store, sent.mac, isFor(sent.mac));
    const kind: ReportView['kind'] = as === 'post' ? 'post' : reportKind(sent.path, served, document !== null);
    const row: Omit<ReportRow, 'id'> = {
      mac: sent.mac, at: sent.at, kind, path: sent.path, stored: basename(sent.file), bytes: sent.bytes, sha256: sent.sha256,
      encrypted: opened?.encrypted ?? null,
      parameters: document?.elements.length ?? 0,
      failure: kind === 'status' || kind === 'other' ? null : failure,
      masked,
    };
    // The body itself lies on disk; a row that the store refuses must not make the phone send it again.
    await store.reports.add(row).catch(trouble);
    if (kind !== 'report' || document === null || served === null) return null;
    const verdicts = compareReported(readDocument(served), readDocument(masked ?? ''), factoryOf(await dictionary()));
    return { differences: verdicts.filter(({ verdict }) => verdict === 'different' || verdict === 'missing').length };
  }

  /** Opened once, also where it was looked at before it is taken. */
  function open(sent: Sent): Promise<Opened> {
    const known = looked.get(sent) ?? openAnew(sent);
    looked.set(sent, known);
    return known;
  }

  async function openAnew(sent: Sent): Promise<Opened> {
    const read = await readSent(sent);
    if (!read.ok) return { opened: null, document: null, failure: read.failure, masked: null };
    const text = textOf(read.value.xml);
    const document = text === null ? null : readDocument(text);
    const readable = document !== null && document.wrapper !== null && document.elements.length > 0;
    return {
      opened: read.value,
      document: readable ? document : null,
      failure: readable ? null : failed('report.unreadable').failure,
      masked: text === null ? null : readable ? maskSecrets(text) : maskBody(text),
    };
  }

  /** The body of a `--post` rule is whatever the phone's register holds: its names are shown where it is text, never judged. */
  async function openPost(sent: Sent): Promise<Opened> {
    const body = sent.bytes > LARGEST_SHOWN ? null : await readFile(sent.file).catch(() => null);
    const text = body && textOf(body);
    return { opened: null, document: null, failure: null, masked: text === null ? null : maskBody(text) };
  }

  async function readSent({ mac, file, bytes, contentEncoding }: Sent): Promise<Result<Unprotected>> {
    if (bytes > LARGEST_READ) return failed('report.too-large', { bytes });
    const body = await readFile(file).catch(() => null);
    if (body === null) return failed('report.unreadable');
    const ikms = ring.candidates(mac, 'ikm').flatMap((text) => IKM_FORMS.flatMap((form) => {
      const ikm = readIkm(text, form);
      return ikm.ok ? [ikm.value] : [];
    }));
    return unprotect(body, { passphrases: ring.candidates(mac, 'passphrase'), ikms, aes128gcm: contentEncoding === 'aes128gcm' }, LARGEST_READ);
  }
}

interface Opened {
  readonly opened: Unprotected | null;
  readonly document: ProfileDocument | null;
  readonly failure: Failure | null;
  readonly masked: string | null;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
