import { parseIpv4, subnetMask, subnetRange, ipv4FromNumber, type Ipv4, type Subnet } from '../../../common/values/ip.ts';
import { macToBytes } from '../../../common/values/mac.ts';
import { NO_ADDRESS, type DhcpPacket } from './codec.ts';
import type { ClientMessage } from './message.ts';
import type { DhcpReplyOptions } from './needs.ts';
import { writeAddresses } from './options/address.ts';
import { writeNumber } from './options/number.ts';
import { MESSAGE_TYPES, OPTION } from './options/numbers.ts';
import { writeSubOptions } from './options/sub-options.ts';
import { writeText } from './options/text.ts';
import { writeVendorIdentifying } from './options/vendor-identifying.ts';

/** What a reply grants. */
export interface Grant {
  readonly type: 'OFFER' | 'ACK';
  /** Null in the answer to an INFORM, which grants nothing (RFC 2131 §4.3.5). */
  readonly lease: { readonly ip: Ipv4; readonly seconds: number } | null;
  readonly serverId: Ipv4;
  readonly subnet: Subnet;
  readonly options: DhcpReplyOptions;
}

/**
 * OFFER or ACK (RFC 2131 table 3). First what the protocol needs, then what option 55 asks for in the client's order, then
 * what this bench tells every phone: a phone that does not ask for 66, 150, 159 or 160 is told them all the same, because
 * loads differ in what they ask and not in what they use.
 */
export function buildReply(message: ClientMessage, grant: Grant): DhcpPacket {
  const told = consistent(grant.options);
  const available = availableOptions(told, grant.subnet);
  const options = new Map<number, Uint8Array>(head(grant.type, grant.serverId));
  if (grant.lease) {
    const { seconds } = grant.lease;
    options.set(OPTION.leaseTime, writeNumber(seconds, 4));
    options.set(OPTION.renewalTime, writeNumber(Math.floor(seconds / 2), 4));
    options.set(OPTION.rebindingTime, writeNumber(Math.floor((seconds * 7) / 8), 4));
  }
  const asked = message.client.asksFor ?? available.map(({ code }) => code);
  // RFC 2132 §3.3: the mask stands before the router, so it comes first, asked or not.
  for (const code of [OPTION.subnetMask, ...asked]) {
    const option = available.find((one) => one.code === code);
    if (option && !options.has(code)) options.set(code, option.bytes);
  }
  for (const { code, bytes, always } of available) if (always && !options.has(code)) options.set(code, bytes);
  tail(options, message);
  return {
    ...envelope(message),
    broadcast: message.broadcast,
    ciaddr: grant.type === 'ACK' ? (message.ciaddr ?? NO_ADDRESS) : NO_ADDRESS,
    yiaddr: grant.lease?.ip ?? NO_ADDRESS,
    siaddr: told.nextServer ?? NO_ADDRESS,
    sname: told.serverName ?? '',
    file: told.bootFile ?? '',
    options,
  };
}

/** NAK: nothing but who speaks and why (RFC 2131 table 3). Over a relay it must be broadcast (§4.3.2). */
export function buildNak(message: ClientMessage, serverId: Ipv4, why: string): DhcpPacket {
  const options = new Map<number, Uint8Array>([...head('NAK', serverId), [OPTION.message, writeText(why)]]);
  tail(options, message);
  const none = { ciaddr: NO_ADDRESS, yiaddr: NO_ADDRESS, siaddr: NO_ADDRESS, sname: '', file: '' };
  return { ...envelope(message), ...none, broadcast: message.broadcast || message.relay !== null, options };
}

/**
 * Option 66, option 150, siaddr and sname name one and the same TFTP server. 66 leads: a bare address in it stands first in
 * 150 and in siaddr. A URL in 66 names no TFTP server on port 69, so nothing follows from it.
 */
export function consistent(options: DhcpReplyOptions): DhcpReplyOptions {
  const bare = parseIpv4(options.tftpName ?? '');
  const given = options.tftpServers ?? [];
  const servers = bare ? [bare, ...given.filter((server) => server !== bare)] : given;
  const first = servers[0];
  const name = options.tftpName ?? first;
  const isHost = name !== undefined && !name.includes('/') && name.length < 64;
  const nextServer = options.nextServer ?? first;
  const serverName = options.serverName ?? (isHost ? name : undefined);
  return {
    ...options,
    ...(name === undefined ? {} : { tftpName: name }),
    ...(servers.length === 0 ? {} : { tftpServers: servers }),
    ...(nextServer === undefined ? {} : { nextServer }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}

interface Available {
  readonly code: number;
  readonly bytes: Uint8Array;
  readonly always: boolean;
}

function availableOptions(told: DhcpReplyOptions, subnet: Subnet): Available[] {
  const list: Available[] = [];
  const addresses = (code: number, value: readonly Ipv4[] | undefined, always = false): void => {
    if (value && value.length > 0) list.push({ code, bytes: writeAddresses(value), always });
  };
  const text = (code: number, value: string | undefined, always = false): void => {
    if (value) list.push({ code, bytes: writeText(value), always });
  };
  addresses(OPTION.subnetMask, [subnetMask(subnet)]);
  addresses(OPTION.router, told.routers);
  addresses(OPTION.dns, told.dns);
  text(OPTION.hostName, told.hostName);
  text(OPTION.domain, told.domain);
  addresses(OPTION.broadcastAddress, [ipv4FromNumber(subnetRange(subnet).last)]);
  addresses(OPTION.ntp, told.ntp);
  text(OPTION.tftpName, told.tftpName, true);
  addresses(OPTION.tftpServers, told.tftpServers, true);
  text(OPTION.provisioningServer, told.provisioningServer, true);
  text(OPTION.provisioningUrl, told.provisioningUrl, true);
  text(OPTION.bootFile, told.bootFile);
  if (told.vendorSpecific) list.push({ code: OPTION.vendorSpecific, bytes: writeSubOptions(told.vendorSpecific), always: false });
  if (told.vendorIdentifying) {
    list.push({ code: OPTION.vendorIdentifying, bytes: writeVendorIdentifying(told.vendorIdentifying), always: false });
  }
  const own: ReadonlySet<number> = new Set(list.map(({ code }) => code));
  for (const { code, bytes, always } of told.free ?? []) {
    if (code > 0 && code < 255 && !own.has(code)) list.push({ code, bytes, always: always ?? false });
  }
  return list;
}

function head(type: 'OFFER' | 'ACK' | 'NAK', serverId: Ipv4): [number, Uint8Array][] {
  return [
    [OPTION.messageType, Uint8Array.of(MESSAGE_TYPES.indexOf(type) + 1)],
    [OPTION.serverId, writeAddresses([serverId])],
  ];
}

function tail(options: Map<number, Uint8Array>, message: ClientMessage): void {
  // Only a PXE boot ROM needs its class back. Phones read option 60 as a provisioning address and would ask their own name.
  const pxe = /^(?:PXEClient|HTTPClient)/.exec(message.client.vendorClass)?.[0];
  if (pxe && !options.has(OPTION.vendorClass)) options.set(OPTION.vendorClass, writeText(pxe));
  if (message.clientIdBytes) options.set(OPTION.clientId, message.clientIdBytes);
  if (message.relayInfo) options.set(OPTION.relayAgent, message.relayInfo);
}

function envelope(message: ClientMessage): Pick<DhcpPacket, 'op' | 'htype' | 'hops' | 'xid' | 'secs' | 'giaddr' | 'chaddr'> {
  return {
    op: 2,
    htype: 1,
    hops: 0,
    xid: message.xid,
    secs: 0,
    giaddr: message.relay ?? NO_ADDRESS,
    chaddr: macToBytes(message.client.chaddr),
  };
}
