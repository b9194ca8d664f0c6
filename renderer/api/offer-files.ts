import type { AddReport } from '../../common/values/firmware.ts';
import type { Failure } from '../../common/values/failure.ts';
import { host } from './host.ts';

/** How far one file is on its way to the bench, in bytes. */
export type Sent = (bytes: number, total: number) => void;

/** The bench did not take the file, and said why. */
export class NotTakenError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/**
 * Gives one file to the catalogue: by its path where this window knows it (desktop), else byte by byte. Rejects with
 * `NotTakenError`, or with an AbortError when `signal` ends it.
 */
export function offerFile(file: File, options: { readonly replace: boolean; readonly sent: Sent; readonly signal: AbortSignal }): Promise<AddReport> {
  const path = window.dialbench?.pathOf(file) ?? '';
  if (path !== '') return host.firmware.add({ paths: [path], replace: options.replace }, { signal: options.signal });
  return send(file, options);
}

/** `fetch` cannot tell how much of a body has left; XMLHttpRequest does. */
function send(file: File, { replace, sent, signal }: Parameters<typeof offerFile>[1]): Promise<AddReport> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.open('PUT', `/firmware/${encodeURIComponent(flatName(file.name))}${replace ? '?replace' : ''}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded }) => sent(loaded, file.size);
    request.onload = () => {
      const answer: unknown = request.response;
      if (request.status === 200) resolve(answer as AddReport);
      else reject(new NotTakenError(failureIn(answer) ?? { code: 'upload.refused', params: { status: request.status } }));
    };
    request.onerror = () => reject(new NotTakenError({ code: 'upload.broken', params: { name: file.name } }));
    request.onabort = () => reject(new DOMException('stopped by a person', 'AbortError'));
    request.onloadend = () => signal.removeEventListener('abort', stop);
    if (signal.aborted) reject(new DOMException('stopped by a person', 'AbortError'));
    else request.send(file);
  });
}

/** The bench takes plain names only; a browser adds blanks and brackets to a second download. */
function flatName(name: string): string {
  return name.replaceAll(/[^\w.+-]+/g, '_').replaceAll(/^[^A-Za-z0-9]+|(?<=\.)\.+/g, '').slice(-120);
}

function failureIn(answer: unknown): Failure | null {
  if (typeof answer !== 'object' || answer === null || !('code' in answer) || typeof answer.code !== 'string') return null;
  const params = 'params' in answer && typeof answer.params === 'object' && answer.params !== null ? answer.params : {};
  return { code: answer.code, params: params as Failure['params'] };
}
