import { useCallback, useEffect, useState } from 'react';
import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import { connection, host } from '../../api/host.ts';
import { useCall, useFailureText, type Calls } from '../../api/use-call.ts';
import { useSignal } from '../../model/signal.ts';

export interface Certificates extends Omit<Calls, 'run'> {
  /** null before the first answer. */
  readonly view: CertificatesView | null;
  /** Why it could not be read, in words. */
  readonly unread: string | null;
  /** Runs one change; its answer, the new state, is shown at once. */
  act(change: () => Promise<CertificatesView>): Promise<CertificatesView | undefined>;
}

const LOOK_MS = 5000;

/** The certificates of the bench; looked at again while somebody looks at them, for handshakes that fail meanwhile. */
export function useCertificates(): Certificates {
  const { run, ...rest } = useCall();
  const tell = useFailureText();
  const open = useSignal(connection.state).kind === 'open';
  const [view, setView] = useState<CertificatesView | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  useEffect(() => {
    if (!open) return undefined;
    let stopped = false;
    const look = () => {
      if (document.hidden) return;
      host.certificates.view().then(
        (next) => {
          if (stopped) return;
          setView((last) => (JSON.stringify(last) === JSON.stringify(next) ? last : next));
          setUnread(null);
        },
        (error: unknown) => { if (!stopped) setUnread(tell(error)); },
      );
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [open, tell]);
  const act = useCallback(
    async (change: () => Promise<CertificatesView>) => {
      const next = await run(change);
      if (next) setView(next);
      return next;
    },
    [run],
  );
  return { ...rest, view, unread, act };
}
