import { SERVER_NAMES, type RunningServer, type ServerName, type ServerStatus } from '../../../common/values/server.ts';
import type { Failure } from '../../../common/values/failure.ts';
import { NOT_BUILT } from '../options.ts';

/** Every server of the bench with its state; starting and stopping happens one at a time. */
export interface Roster {
  statuses(): readonly ServerStatus[];
  status(name: ServerName): ServerStatus;
  /** Replaces the running one of that name and starts it. */
  start(server: RunningServer): Promise<ServerStatus>;
  /** Ends it; `why` stands in its row afterwards. */
  stop(name: ServerName, state?: 'off' | 'stopped' | 'failed', why?: Failure): Promise<void>;
  stopAll(state?: 'off' | 'stopped' | 'failed', why?: Failure): Promise<void>;
}

/** @param explain adds what a server cannot know to a failed start: who holds the port. */
export function createRoster(explain: (status: ServerStatus) => Promise<ServerStatus>, changed: () => void): Roster {
  const running = new Map<ServerName, RunningServer>();
  const idle = new Map<ServerName, ServerStatus>(SERVER_NAMES.map((name) => [name, offStatus(name)]));
  const explained = new Map<ServerName, ServerStatus>();

  return {
    statuses: () => SERVER_NAMES.map(statusOf),
    status: statusOf,
    start: async (server) => {
      await end(server.name, 'off');
      running.set(server.name, server);
      changed();
      const started = await server.start();
      if (started.state === 'failed') explained.set(server.name, await explain(started));
      changed();
      return statusOf(server.name);
    },
    stop: async (name, state = 'off', why) => {
      await end(name, state, why);
      changed();
    },
    stopAll: async (state = 'off', why) => {
      await Promise.all([...running.keys()].map((name) => end(name, state, why)));
      changed();
    },
  };

  function statusOf(name: ServerName): ServerStatus {
    const live = running.get(name)?.status() ?? idle.get(name) ?? offStatus(name);
    return live.state === 'failed' ? (explained.get(name) ?? live) : live;
  }

  async function end(name: ServerName, state: 'off' | 'stopped' | 'failed', why?: Failure): Promise<void> {
    explained.delete(name);
    const server = running.get(name);
    running.delete(name);
    if (!NOT_BUILT.includes(name)) idle.set(name, { ...offStatus(name), state: server || why ? state : 'off', error: why ?? null });
    await server?.stop();
  }
}

function offStatus(name: ServerName): ServerStatus {
  return { name, state: 'off', address: null, port: null, error: null, figures: {} };
}
