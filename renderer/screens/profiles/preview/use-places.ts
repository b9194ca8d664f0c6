import { useEffect } from 'react';
import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { host } from '../../../api/host.ts';
import type { Draft } from '../draft.ts';

/** What the bench itself fills for every phone. */
const BENCH_PLACES = ['mac', 'mac_upper', 'mac_colons', 'model', 'model_short', 'serial', 'name', 'number', 'ip', 'bench_address', 'bench_http', 'bench_https', 'bench_tftp', 'bench_syslog', 'bench_ntp'];

/** Names that may stand in `{{…}}`: those of the bench, of the list of phones, and those that the template uses already. */
export function usePlaces(draft: Draft, view: TemplateView, mac: Mac | null): void {
  const { variables } = view;
  useEffect(() => {
    let stale = false;
    const set = (columns: readonly string[]) => {
      if (!stale) draft.places.set([...new Set([...columns, ...variables, ...BENCH_PLACES])].toSorted());
    };
    set([]);
    if (mac !== null) host.phones.page({ mac }).then((page) => set(Object.keys(page?.variables ?? {})), () => undefined);
    return () => {
      stale = true;
    };
  }, [draft, variables, mac]);
}
