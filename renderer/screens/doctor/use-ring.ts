import { useCallback, useEffect, useState } from 'react';
import type { KeyView } from '../../../common/values/key.ts';
import { connection, host } from '../../api/host.ts';
import { useFailureText } from '../../api/use-call.ts';
import { useSignal } from '../../model/signal.ts';

export interface Ring {
  /** Newest first; null before the first answer. */
  readonly keys: readonly KeyView[] | null;
  readonly failure: string | null;
  readonly refresh: () => void;
}

/** The keys of this workspace; asked again after each change and when the host comes back. */
export function useRing(): Ring {
  const [keys, setKeys] = useState<readonly KeyView[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const tell = useFailureText();
  const open = useSignal(connection.state).kind === 'open';
  const refresh = useCallback(() => {
    host.keys.list().then(
      (list) => {
        setKeys(list.toSorted((a, b) => b.createdAt - a.createdAt));
        setFailure(null);
      },
      (error: unknown) => setFailure(tell(error)),
    );
  }, [tell]);
  useEffect(() => {
    if (open) refresh();
  }, [open, refresh]);
  return { keys, failure, refresh };
}
