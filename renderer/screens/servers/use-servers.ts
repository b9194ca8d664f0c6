import { useCallback, useEffect } from 'react';
import type { ServersView } from '../../../common/contract/views/servers.ts';
import { host } from '../../api/host.ts';
import { useCall, type Calls } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';

export interface ServerCalls extends Omit<Calls, 'run'> {
  /** Runs one change; its answer, the new state of all servers, is shown at once. */
  act(change: () => Promise<ServersView>): Promise<ServersView | undefined>;
}

export function useServerCall(): ServerCalls {
  const { run, ...rest } = useCall();
  const act = useCallback(
    async (change: () => Promise<ServersView>) => {
      const view = await run(change);
      if (view) bench.servers.set(view);
      return view;
    },
    [run],
  );
  return { ...rest, act };
}

const LOOK_MS = 5000;

/** Looks at the cards again while somebody looks at them: a cable that is plugged in shows within seconds. */
export function useFreshCards(): void {
  useEffect(() => {
    const look = () => {
      if (document.hidden) return;
      host.servers.view().then((view) => bench.servers.set(view), () => undefined);
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
}
