import type { AddedFirmware } from '../../../common/values/firmware.ts';
import type { Failure } from '../../../common/values/failure.ts';
import { failureOf } from '../../api/host.ts';
import { NotTakenError, offerFile } from '../../api/offer-files.ts';
import { router } from '../../model/router.ts';
import { Signal } from '../../model/signal.ts';

/** One file on its way in, the n-th of all that were chosen. */
export interface OnTheWay {
  readonly name: string;
  readonly number: number;
  readonly of: number;
  readonly bytes: number;
  readonly total: number;
}

/** What became of the files that were chosen last. */
export interface Added {
  readonly files: readonly AddedFirmware[];
  /** Chosen files whose content another file of the same name holds back; they may be added again to replace it. */
  readonly differing: readonly File[];
}

/** Kept while the window lives: leaving the screen does not end what is on its way. */
export const onTheWay = new Signal<OnTheWay | null>(null);
export const added = new Signal<Added | null>(null);
/** Ctrl K asks for the dialog of the screen that it goes to. */
export const dialogAsked = new Signal(false);

const TAKEN = /\.(?:zip|loads|sbn|bin|zup|sgn)$/i;
/** As large as the bench takes one file of an upload. */
export const LARGEST = 4_000_000_000;
let stop: AbortController | null = null;

export function askToAdd(): void {
  router.go({ name: 'firmware' });
  dialogAsked.set(true);
}

/** One file after the other; what is no firmware is not even read. A second call while one runs does nothing. */
export async function addFiles(files: readonly File[], replace = false): Promise<void> {
  if (stop !== null || files.length === 0) return;
  const { signal } = (stop = new AbortController());
  added.set(null);
  const report: AddedFirmware[] = [];
  const differing: File[] = [];
  try {
    for (const [index, file] of files.entries()) {
      const tell = (bytes: number) => onTheWay.set({ name: file.name, number: index + 1, of: files.length, bytes, total: file.size });
      tell(0);
      const answers = await offer(file, replace, tell, signal);
      report.push(...answers);
      if (answers.some(({ failure }) => failure?.code === 'firmware.other-content')) differing.push(file);
      if (signal.aborted) break;
    }
  } finally {
    stop = null;
    onTheWay.set(null);
    added.set({ files: report, differing });
  }
}

/** Ends what is on its way; nothing of the file that moves is kept. */
export function stopAdding(): void {
  stop?.abort();
}

async function offer(file: File, replace: boolean, sent: (bytes: number) => void, signal: AbortSignal): Promise<readonly AddedFirmware[]> {
  const answer = (verdict: AddedFirmware['verdict'], failure: Failure | null): readonly AddedFirmware[] => [{ name: file.name, verdict, bytes: file.size, failure }];
  if (!TAKEN.test(file.name)) return answer('skipped', null);
  if (file.size > LARGEST) return answer('refused', { code: 'upload.too-large', params: { name: file.name } });
  try {
    return (await offerFile(file, { replace, sent, signal })).files;
  } catch (error) {
    if (signal.aborted) return answer('refused', { code: 'firmware.stopped', params: { name: file.name } });
    return answer('refused', error instanceof NotTakenError ? error.failure : (failureOf(error) ?? { code: 'upload.broken', params: { name: file.name } }));
  }
}
