import { macWithColons } from '../../common/values/mac.ts';
import type { PhoneEvent, PhoneState } from '../simulator/events.ts';

/** One step of a virtual phone in a line for people. */
export function eventText(event: PhoneEvent): string {
  return `${macWithColons(event.mac)}  ${stepText(event)}`;
}

/** How a phone stands, in a line for people. */
export function stateText(state: PhoneState): string {
  const end =
    state.reaction === 'A'
      ? `took its profile${state.profile ? `, ${state.profile.bytes} bytes, ${state.profile.parameters} parameters` : ': nothing to fetch'}`
      : state.reaction === null
        ? `never asked for its profile (${state.phase})`
        : `got no profile: ${state.error ?? ''} (reaction ${state.reaction})`;
  // After a failure the last URL tried says nothing: the phone has been through all of them.
  const from = state.reaction === 'A' && state.url ? `  ${state.url}` : '';
  const upgrade = state.upgradeError === null ? '' : `, upgrade failed: ${state.upgradeError}`;
  return `${macWithColons(state.mac)}  ${state.model}  ${end}${from}  ${state.firmware}${upgrade}`;
}

function stepText(event: PhoneEvent): string {
  switch (event.kind) {
    case 'powered':
      return event.boot === 1 ? `has power, runs ${event.firmware}` : `has power again (boot ${event.boot}), runs ${event.firmware}`;
    case 'dhcp':
      return event.message === 'silence' ? 'hears no DHCP server' : `DHCP ${event.message}${event.ip ? ` ${event.ip}` : ''}`;
    case 'server-found':
      return `server from ${event.from}: ${event.value}`;
    case 'waits':
      return `waits ${(event.ms / 1000).toFixed(1)} s (${event.reason})`;
    case 'asked':
      return `asks for ${event.url}`;
    case 'got':
      return `got ${event.bytes} bytes in ${event.tookMs} ms`;
    case 'not-got':
      return `got nothing: ${event.error} (${event.reaction})`;
    case 'redirected':
      return `is sent on to ${event.to}`;
    case 'assigned':
      return `its rule sets ${event.parameters.join(', ')}`;
    case 'decrypted':
      return `opened it: ${event.by}${event.digest === null ? '' : `, ${event.digest}`}`;
    case 'blocked':
      return 'does not resync: a trigger is false';
    case 'applied':
      return `applied ${event.parameters} parameters${event.unknown > 0 ? `, passed over ${event.unknown} unknown ones` : ''}`;
    case 'not-acted-on':
      return `keeps ${event.parameter} but does not act upon it`;
    case 'authority-installed':
      return `trusts ${event.name}`;
    case 'authority-refused':
      return `no authority from ${event.url}: ${event.error}`;
    case 'resynced':
      return 'resynced';
    case 'failed':
      return `resync failed: ${event.error} (reaction ${event.reaction})`;
    case 'said':
      return `syslog ${event.line}`;
    case 'reported':
      return `reported to ${event.url}: ${event.status}`;
    case 'report-failed':
      return `report to ${event.url} failed: ${event.error}`;
    case 'upgrade-asked':
      return `asks for the load ${event.url}, runs ${event.from}`;
    case 'images':
      return event.held ? `holds ${event.target} in its other partition` : `takes ${event.names.length} images for ${event.target}`;
    case 'image':
      return `image ${event.number} of ${event.of}: ${event.name}`;
    case 'writing':
      return `writes ${event.target} to its flash for ${(event.ms / 1000).toFixed(1)} s`;
    case 'upgrade-failed':
      return `upgrade failed: ${event.error}`;
    case 'upgrade-held':
      return event.until === null ? 'does not try that upgrade again' : 'does not try that upgrade again yet';
    case 'rebooting':
      return `starts again for ${event.target}`;
    case 'upgraded':
      return `upgraded from ${event.from} to ${event.to}`;
    case 'fault':
      return `fault ${event.fault}`;
    case 'off':
      return 'has no power';
  }
}
