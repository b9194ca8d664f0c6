import { describe, expect, it } from 'vitest';
import { decodePacket, encodePacket, type DhcpPacket } from '../../../main/servers/dhcp/codec.ts';
import { messageType, readClientMessage, type ClientMessage } from '../../../main/servers/dhcp/message.ts';
import { OPTION } from '../../../main/servers/dhcp/options/numbers.ts';
import { readOptions, writeOption } from '../../../main/servers/dhcp/options/area.ts';
import { readEnterprises } from '../../../main/servers/dhcp/options/vendor-identifying.ts';
import * as packets from './packets.ts';

const bytesOf = (packet: packets.Packet): Buffer => Buffer.from(packet.hex, 'hex');

function decoded(packet: packets.Packet): DhcpPacket {
  const result = decodePacket(bytesOf(packet));
  if (!result.ok) throw new Error(result.failure.cause);
  return result.value;
}

function message(packet: packets.Packet): ClientMessage {
  const result = readClientMessage(decoded(packet));
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

describe('packets of other programs', () => {
  it('dhclient’s DISCOVER is read field by field', () => {
    const read = message(packets.dhclientDiscover);
    expect(read).toMatchObject({ type: 'DISCOVER', xid: 0x8150fd22, broadcast: false, ciaddr: null, relay: null, requested: null, replyLimit: 548 });
    expect(read.client).toMatchObject({
      chaddr: '02005e005301',
      clientId: '',
      vendorClass: 'Cisco Systems, Inc. IP Phone CP-8841-3PCC',
      hostName: 'SEP02005E005301',
      asksFor: [1, 3, 6, 15, 66, 150, 160],
    });
  });

  it('dhclient’s REQUEST names the server and the address', () => {
    expect(message(packets.dhclientRequest)).toMatchObject({ type: 'REQUEST', serverId: '10.77.0.1', requested: '10.77.0.54', ciaddr: null });
  });

  it('udhcpc’s DISCOVER carries option 61 and the size that it takes', () => {
    const read = message(packets.udhcpcDiscover);
    expect(read).toMatchObject({ type: 'DISCOVER', replyLimit: 576 - 28 });
    expect(read.client).toMatchObject({ clientId: '0102005e005301', vendorClass: 'Cisco Systems, Inc. IP Phone CP-8841-3PCC' });
    expect(message(packets.udhcpcRequest)).toMatchObject({ type: 'REQUEST', requested: '10.77.0.54', serverId: '10.77.0.1' });
  });

  it('a relay’s packet gives the relay and its option 82, which is kept as it came', () => {
    const read = message(packets.relayedDiscover);
    expect(read).toMatchObject({ type: 'DISCOVER', relay: '10.77.0.1', linkSelection: null, serverIdOverride: null });
    expect(Buffer.from(read.relayInfo ?? []).toString('latin1')).toBe('\u0001\u0005down0');
  });

  it('a real Cisco phone’s DISCOVER: the class ends with a NUL, 66 and 150 are asked for together', () => {
    const read = message(packets.cisco7911Discover);
    expect(read).toMatchObject({ type: 'DISCOVER', broadcast: true, relay: '172.22.76.1' });
    expect(read.client).toEqual({
      chaddr: '002699ef0f1a',
      clientId: '01002699ef0f1a',
      vendorClass: 'Cisco Systems, Inc. IP Phone CP-7911G',
      hostName: 'SEP002699EF0F1A',
      userClass: '',
      enterprises: [],
      asksFor: [1, 66, 6, 3, 15, 150, 35],
      relay: '172.22.76.1',
    });
  });

  it('dnsmasq’s OFFER and ACK are read as a server’s: that is how a rival is known', () => {
    expect(decoded(packets.dhclientOffer)).toMatchObject({ op: 2, yiaddr: '10.77.0.54', siaddr: '10.77.0.1' });
    expect(messageType(decoded(packets.dhclientOffer))).toBe('OFFER');
    expect(messageType(decoded(packets.udhcpcAck))).toBe('ACK');
    expect(decoded(packets.udhcpcAck).options.get(OPTION.serverId)).toEqual(Uint8Array.of(10, 77, 0, 1));
    expect(readClientMessage(decoded(packets.udhcpcAck))).toMatchObject({ ok: false, failure: { code: 'dhcp.bad-packet' } });
  });

  const all = Object.entries(packets).filter((entry): entry is [string, packets.Packet] => typeof entry[1] === 'object');
  it.each(all)('%s written again gives the same bytes, padding apart', (_name, packet) => {
    const theirs = bytesOf(packet);
    const ours = encodePacket(decoded(packet), 1472).bytes;
    const end = (bytes: Uint8Array): number => bytes.lastIndexOf(OPTION.end) + 1;
    expect(Buffer.from(ours.subarray(0, end(ours))).toString('hex')).toBe(theirs.subarray(0, end(theirs)).toString('hex'));
    expect(ours.length).toBeGreaterThanOrEqual(300);
  });

  it.each(all)('%s cut off anywhere is refused or read, never thrown at', (_name, packet) => {
    const whole = bytesOf(packet);
    for (let length = 0; length < whole.length; length += 1) {
      const result = decodePacket(whole.subarray(0, length));
      if (length < 240) expect(result.ok).toBe(false);
    }
  });
});

describe('packets that lie', () => {
  const changed = (change: (bytes: Buffer) => void): Buffer => {
    const bytes = bytesOf(packets.udhcpcDiscover);
    change(bytes);
    return bytes;
  };
  const cause = (bytes: Uint8Array): string | undefined => {
    const result = decodePacket(bytes);
    return result.ok ? undefined : result.failure.cause;
  };

  it('about the length of their hardware address are refused', () => {
    expect(cause(changed((bytes) => bytes.writeUInt8(17, 2)))).toBe('hardware address of 17 bytes');
  });

  it('about the length of an option are refused', () => {
    expect(cause(bytesOf(packets.udhcpcDiscover).subarray(0, 245))).toBe('an option runs over the end');
  });

  it('about options in the file field are refused, in it and in sname', () => {
    const overloaded = (bit: number, at: number): Buffer =>
      changed((bytes) => {
        bytes.fill(0, 240).set([52, 1, bit, 53, 1, 1, 255], 240);
        bytes.set([12, 200], at);
      });
    expect(cause(overloaded(1, 108))).toBe('an option runs over the file field');
    expect(cause(overloaded(2, 44))).toBe('an option runs over the sname field');
  });

  it('without the magic cookie are BOOTP or nothing', () => {
    expect(cause(changed((bytes) => bytes.writeUInt8(0, 236)))).toBe('no magic cookie');
  });

  it('from other than Ethernet, or without a message type, are told apart', () => {
    const code = (bytes: Uint8Array): string | undefined => {
      const packet = decodePacket(bytes);
      const read = packet.ok ? readClientMessage(packet.value) : packet;
      return read.ok ? undefined : read.failure.code;
    };
    expect(code(changed((bytes) => bytes.writeUInt8(32, 1)))).toBe('dhcp.not-ethernet');
    expect(code(changed((bytes) => bytes.fill(0, 28, 44)))).toBe('dhcp.not-ethernet');
    expect(code(changed((bytes) => bytes.fill(0, 240).writeUInt8(255, 240)))).toBe('dhcp.bootp');
    expect(code(changed((bytes) => bytes.writeUInt8(13, 242)))).toBe('dhcp.bad-packet');
  });
});

describe('examples of the RFCs', () => {
  it('RFC 3396 §8: a boot file name split over two options is one name', () => {
    // The bytes as the RFC prints them: 67 7 "/diskle" 67 6 "ss/foo".
    const area = Buffer.from('43072f6469736b6c65430673732f666f6f', 'hex');
    const options = new Map<number, Uint8Array>();
    expect(readOptions(area, options)).toBe(true);
    expect(Buffer.from(options.get(67) ?? []).toString()).toBe('/diskless/foo');
  });

  it('RFC 2132 §2 to §9.6: single options as their diagrams show them', () => {
    const written = (code: number, value: readonly number[]): number[] => {
      const area = new Uint8Array(2 + value.length);
      writeOption(area, 0, code, Uint8Array.from(value));
      return [...area];
    };
    // §3.3 subnet mask, §9.2 lease time, §9.6 message type: code, length, value.
    expect(written(1, [255, 255, 255, 0])).toEqual([1, 4, 255, 255, 255, 0]);
    expect(written(51, [0, 0, 2, 88])).toEqual([51, 4, 0, 0, 2, 88]);
    expect(written(53, [1])).toEqual([53, 1, 1]);
  });

  it('RFC 3925 §3: enterprise number, length, data, again and again', () => {
    // 3561 (0x0de9) with sub-option 1, then 9 (ciscoSystems) with one byte.
    expect(readEnterprises(Buffer.from('00000de9050103414243' + '000000090141', 'hex'))).toEqual([3561, 9]);
  });
});
