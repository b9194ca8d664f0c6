import { parseIpv4, type Ipv4 } from '../../../common/values/ip.ts';
import type { Device } from '../../domain/device/device.ts';
import type { DhcpReplyOptions } from '../../servers/dhcp/needs.ts';

/** Options that the server derives and a list may not bend: mask, requested address, lease, message type, identifier, times, end. */
const RESERVED: ReadonlySet<number> = new Set([0, 1, 28, 50, 51, 52, 53, 54, 55, 57, 58, 59, 61, 82, 255]);
const COLUMN = /^dhcp_(\d{1,3})$/;

/**
 * What one phone is told beside what all are told. Columns of the list: `dhcp_ip` is its fixed address, `dhcp_66`,
 * `dhcp_159` and `dhcp_160` replace these options, any other `dhcp_NUMBER` is sent as text whether asked for or not.
 */
export function toldTo(device: Device | undefined, all: DhcpReplyOptions): DhcpReplyOptions {
  const own = Object.entries(device?.variables ?? {}).filter(([name, value]) => value !== '' && name.startsWith('dhcp_'));
  if (own.length === 0) return all;
  const free = own.flatMap(([name, value]) => {
    const code = Number(COLUMN.exec(name)?.[1] ?? Number.NaN);
    return Number.isNaN(code) || code > 254 || RESERVED.has(code) || KNOWN.has(code) ? [] : [freeOption(code, value)];
  });
  const column = (name: string): string | undefined => own.find(([each]) => each === name)?.[1].trim();
  const ip = parseIpv4(column('dhcp_ip') ?? '');
  const server = column('dhcp_66');
  return {
    ...(server === undefined ? all : withServer(all, server)),
    ...(ip ? { fixedAddress: ip } : {}),
    ...optional('provisioningServer', column('dhcp_159')),
    ...optional('provisioningUrl', column('dhcp_160')),
    ...(free.length === 0 ? {} : { free }),
  };
}

const KNOWN: ReadonlySet<number> = new Set([66, 159, 160]);

/** 66, 150 and siaddr never contradict each other: the others follow a bare address and are left out for a name or a URL. */
function withServer(all: DhcpReplyOptions, server: string): DhcpReplyOptions {
  const { tftpServers: _servers, nextServer: _next, ...rest } = all;
  const address: Ipv4 | null = parseIpv4(server);
  return { ...rest, tftpName: server, ...(address ? { tftpServers: [address], nextServer: address } : {}) };
}

function freeOption(code: number, text: string): { readonly code: number; readonly bytes: Uint8Array; readonly always: true } {
  return { code, bytes: new TextEncoder().encode(text), always: true };
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
