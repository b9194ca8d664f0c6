import type { ServerStatus } from '../../../common/values/server.ts';
import { DEFAULT_PORTS } from '../../../common/values/server.ts';
import { holderText, portHolder } from '../../discovery/port-holder.ts';
import { portCommand } from '../../discovery/port-failure.ts';

/** The lowest port of the bench: the command that frees it frees all of them. */
const LOWEST = DEFAULT_PORTS.dns;

/** Adds to a failed start what the server cannot know: who holds the port, and the command that frees it. */
export async function explainFailure(status: ServerStatus): Promise<ServerStatus> {
  const { error } = status;
  if (!error) return status;
  const port = Number(error.params['port'] ?? DEFAULT_PORTS[status.name]);
  const protocol = error.params['transport'] === 'tcp' || status.name === 'http' || status.name === 'https' ? 'tcp' : 'udp';
  if (error.code === 'server.port-taken-unknown') {
    const asked = error.params['address'];
    const holder = await portHolder(protocol, port, typeof asked === 'string' ? asked : undefined);
    return holder ? { ...status, error: { ...error, code: 'server.port-taken', params: { port, holder: holderText(holder) } } } : status;
  }
  if (error.code === 'server.port-forbidden') {
    return { ...status, error: { ...error, params: { port, command: portCommand({ protocol, port: Math.min(port, LOWEST) }) } } };
  }
  return status;
}
