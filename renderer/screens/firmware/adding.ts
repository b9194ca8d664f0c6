import { LARGEST_IMAGE, LARGEST_UPLOAD, type AddedFirmware } from '../../../common/values/firmware.ts';
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
let stop: AbortController | null = null;

export function askToAdd(): void {
  router.go({ name: 'firmware' });
  dialogAsked.set(true);
}

/**
 * One file after the other; what is no firmware is not even read. No file at all is told as such.
 * @returns false when nothing was done because others are still on their way
 */
export async function addFiles(files: readonly File[], replace = false): Promise<boolean> {
  if (stop !== null) return false;
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
  return true;
}

/** What was dropped, as soon as the browser has listed its folders; one that it cannot read is told like a file that broke off. */
export async function addDropped(offered: Promise<readonly File[]>): Promise<boolean> {
  const files = await offered.catch(() => null);
  if (files !== null) return addFiles(files);
  if (stop === null) added.set({ files: [{ name: '', verdict: 'refused', bytes: 0, failure: { code: 'upload.unreadable', params: {} } }], differing: [] });
  return stop === null;
}

/** Ends what is on its way; nothing of the file that moves is kept. */
export function stopAdding(): void {
  stop?.abort();
}

async function offer(file: File, replace: boolean, sent: (bytes: number) => void, signal: AbortSignal): Promise<readonly AddedFirmware[]> {
  const answer = (verdict: AddedFirmware['verdict'], failure: Failure | null): readonly AddedFirmware[] => [{ name: file.name, verdict, bytes: file.size, failure }];
  if (!TAKEN.test(file.name)) return answer('skipped', null);
  if (file.size > LARGEST_UPLOAD) return answer('refused', { code: 'upload.too-large', params: { name: file.name } });
  // Said before minutes of sending, not behind them.
  if (!/\.zip$/i.test(file.name) && file.size > LARGEST_IMAGE) return answer('refused', { code: 'firmware.too-large', params: { name: file.name, limit: LARGEST_IMAGE } });
  try {
    return (await offerFile(file, { replace, sent, signal })).files;
  } catch (error) {
    if (signal.aborted) return answer('refused', { code: 'firmware.stopped', params: { name: file.name } });
    return answer('refused', error instanceof NotTakenError ? error.failure : (failureOf(error) ?? { code: 'upload.broken', params: { name: file.name } }));
  }
}
