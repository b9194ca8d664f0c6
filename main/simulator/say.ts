import { createSocket } from 'node:dgram';
import { valueOf } from './configuration.ts';
import type { ResyncReason } from './events.ts';
import { expand } from './handset.ts';
import type { Handset } from './handset.ts';
import type { RequestPlace } from './macro-values.ts';
import { reachAddress } from './reach.ts';
import { identifierText, readSyslogServer, syslogLine } from './syslog.ts';

/**
 * Sends the line of one Log_*_Msg template to Syslog_Server, over UDP, without waiting. Nothing is sent while no server is set,
 * which is so for a phone out of its box until its first profile, or while the template is empty.
 */
export function saySyslog(
  handset: Handset, template: string, reason: ResyncReason, request?: RequestPlace | { readonly error: string }, error?: string,
): void {
  if (handset.faults.has('no-syslog')) return;
  const server = readSyslogServer(valueOf(handset.configuration, 'Syslog_Server'));
  const message = valueOf(handset.configuration, template);
  const address = server && reachAddress(server.host, handset.options.server);
  if (!server || !address || message === '') return;
  const place = request && !('error' in request) ? request : undefined;
  const fill = (text: string): string => expand(handset, text, reason, place, error);
  const identifier = identifierText(valueOf(handset.configuration, 'Syslog_Identifier'), fill);
  const line = syslogLine(new Date(), identifier, fill(message));
  const socket = createSocket('udp4');
  // A line that cannot be sent is lost, as on the phone.
  socket.on('error', () => socket.close());
  socket.send(line, server.port ?? handset.options.server.syslogPort, address, () => socket.close());
  handset.note({ kind: 'said', line });
}
