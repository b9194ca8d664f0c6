import { done, failed, type Result } from '../../../common/values/failure.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import { macFromBytes, type Mac } from '../../../common/values/mac.ts';
import { NO_ADDRESS, type DhcpPacket } from './codec.ts';
import type { DhcpClient } from './needs.ts';
import { readAddress } from './options/address.ts';
import { readNumber } from './options/number.ts';
import { MESSAGE_TYPES, OPTION, type MessageType } from './options/numbers.ts';
import { findSubOption } from './options/sub-options.ts';
import { readText } from './options/text.ts';
import { readEnterprises } from './options/vendor-identifying.ts';

/** What clients say (RFC 2131 table 2). */
export type ClientMessageType = Extract<MessageType, 'DISCOVER' | 'REQUEST' | 'DECLINE' | 'RELEASE' | 'INFORM'>;

/** A client's packet, read. */
export interface ClientMessage {
  readonly type: ClientMessageType;
  readonly client: DhcpClient;
  readonly xid: number;
  readonly broadcast: boolean;
  readonly ciaddr: Ipv4 | null;
  /** giaddr. */
  readonly relay: Ipv4 | null;
  /** Option 50. */
  readonly requested: Ipv4 | null;
  /** Option 54. */
  readonly serverId: Ipv4 | null;
  /** Option 61 as it came; replies carry it back (RFC 6842). */
  readonly clientIdBytes: Uint8Array | null;
  /** Option 51, seconds. */
  readonly leaseSeconds: number | null;
  /** Bytes of UDP payload that the client can take, from option 57: 548 to 1472. */
  readonly replyLimit: number;
  /** Option 82 as it came; replies carry it back (RFC 3046 §2.2). */
  readonly relayInfo: Uint8Array | null;
  /** Sub-option 5 of 82 (RFC 3527): the client's network, where giaddr only names the relay. */
  readonly linkSelection: Ipv4 | null;
  /** Sub-option 11 of 82 (RFC 5107): the relay wants to be told to the client as its server. */
  readonly serverIdOverride: Ipv4 | null;
}

const IP_AND_UDP_HEADERS = 28;

/** Reads what the server may answer; `dhcp.bad-packet`, `dhcp.not-ethernet` or `dhcp.bootp` otherwise. */
export function readClientMessage(packet: DhcpPacket): Result<ClientMessage> {
  const type = messageType(packet);
  if (packet.op !== 1) return failed('dhcp.bad-packet', {}, 'not a request');
  if (type === null) {
    return packet.options.has(OPTION.messageType) ? failed('dhcp.bad-packet', {}, 'unknown message type') : failed('dhcp.bootp');
  }
  if (!isFromClient(type)) return failed('dhcp.bad-packet', {}, `${type} from a client`);
  const chaddr = packet.htype === 1 ? macFromBytes(packet.chaddr) : null;
  if (chaddr === null) return failed('dhcp.not-ethernet');
  const clientId = packet.options.get(OPTION.clientId) ?? null;
  const relayInfo = packet.options.get(OPTION.relayAgent) ?? null;
  const size = readNumber(packet.options.get(OPTION.maxMessageSize), 2) ?? 0;
  return done({
    type,
    client: readClient(packet, chaddr, clientId),
    xid: packet.xid,
    broadcast: packet.broadcast,
    ciaddr: known(packet.ciaddr),
    relay: known(packet.giaddr),
    requested: readAddress(packet.options.get(OPTION.requestedAddress)),
    serverId: readAddress(packet.options.get(OPTION.serverId)),
    clientIdBytes: clientId,
    leaseSeconds: readNumber(packet.options.get(OPTION.leaseTime), 4),
    replyLimit: Math.min(Math.max(size, 576), 1500) - IP_AND_UDP_HEADERS,
    relayInfo,
    linkSelection: readAddress(findSubOption(relayInfo ?? undefined, 5)),
    serverIdOverride: readAddress(findSubOption(relayInfo ?? undefined, 11)),
  });
}

/** Option 53 as a word; null when it lacks or is none of the eight. */
export function messageType(packet: DhcpPacket): MessageType | null {
  return MESSAGE_TYPES[(readNumber(packet.options.get(OPTION.messageType), 1) ?? 0) - 1] ?? null;
}

function readClient(packet: DhcpPacket, chaddr: Mac, clientId: Uint8Array | null): DhcpClient {
  const list = packet.options.get(OPTION.parameterList);
  return {
    chaddr,
    clientId: hex(clientId ?? new Uint8Array()),
    vendorClass: readText(packet.options.get(OPTION.vendorClass)),
    hostName: readText(packet.options.get(OPTION.hostName)),
    userClass: readText(packet.options.get(OPTION.userClass)),
    enterprises: readEnterprises(packet.options.get(OPTION.vendorIdentifyingClass)),
    asksFor: list ? [...list] : null,
    relay: known(packet.giaddr),
  };
}

function isFromClient(type: MessageType): type is ClientMessageType {
  return type !== 'OFFER' && type !== 'ACK' && type !== 'NAK';
}

function known(address: Ipv4): Ipv4 | null {
  return address === NO_ADDRESS ? null : address;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}
