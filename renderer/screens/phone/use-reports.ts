import { useCallback, useEffect, useState } from 'react';
import type { ComparedParameter, ReportView } from '../../../common/contract/views/profiles.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { connection, host } from '../../api/host.ts';
import { useFailureText } from '../../api/use-call.ts';
import { useSignal } from '../../model/signal.ts';

export interface Reports {
  /** Newest first; null before the first answer. */
  readonly rows: readonly ReportView[] | null;
  readonly more: boolean;
  readonly compared: readonly ComparedParameter[] | null;
  readonly failure: string | null;
  readonly older: () => void;
}

const PAGE = 30;

/** Everything that a phone sent of itself; asked again when `stamp` changes, which is when it sent or was served something, and when the host is back. */
export function useReports(mac: Mac, stamp: string): Reports {
  const tell = useFailureText();
  const [state, setState] = useState<Omit<Reports, 'older'>>({ rows: null, more: false, compared: null, failure: null });
  const open = useSignal(connection.state).kind === 'open';
  useEffect(() => {
    if (!open) return undefined;
    let newest = true;
    Promise.all([host.reports.list({ mac, limit: PAGE }), host.reports.compare({ mac })]).then(
      ([list, compared]) => { if (newest) setState({ rows: list.rows, more: list.more, compared, failure: null }); },
      (error: unknown) => { if (newest) setState((last) => ({ ...last, failure: tell(error) })); },
    );
    return () => {
      newest = false;
    };
  }, [mac, stamp, open, tell]);
  const last = state.rows?.at(-1)?.id;
  const older = useCallback(() => {
    if (last === undefined) return;
    host.reports.list({ mac, before: last, limit: PAGE }).then(
      (list) => setState((now) => ({ ...now, rows: [...(now.rows ?? []), ...list.rows], more: list.more })),
      (error: unknown) => setState((now) => ({ ...now, failure: tell(error) })),
    );
  }, [mac, last, tell]);
  return { ...state, older };
}
