import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodePacket, type DhcpPacket } from '../../../main/servers/dhcp/codec.ts';
import type { DhcpReplyOptions } from '../../../main/servers/dhcp/needs.ts';
import { buildNak, buildReply } from '../../../main/servers/dhcp/reply.ts';
import { hasProgram, runInside } from '../../support/dhcp/in-namespace.ts';
import { ip, messageOf, phone } from '../../support/dhcp/scene.ts';

const subnet = { address: ip('10.20.0.1'), prefix: 24 };
const url = `https://10.20.0.1/${'long-'.repeat(23)}$MA.xml`;
const everything: DhcpReplyOptions = {
  routers: [ip('10.20.0.1')],
  dns: [ip('10.20.0.1'), ip('10.20.0.2')],
  hostName: 'SEP00562B000001',
  domain: 'bench.internal',
  ntp: [ip('10.20.0.1')],
  tftpName: 'http://10.20.0.1:8080/$PSN.xml',
  tftpServers: [ip('10.20.0.1')],
  nextServer: ip('10.20.0.1'),
  // Not 159: Wireshark knows it by RFC 7618 only, as port parameters, and calls every text wrong.
  provisioningUrl: url,
  vendorSpecific: [{ code: 1, bytes: Buffer.from('http://10.20.0.1:7547/') }],
  vendorIdentifying: [{ enterprise: 3561, options: [{ code: 4, bytes: Buffer.from('00562B') }, { code: 5, bytes: Buffer.from('FCH2443D9R4') }] }],
};

function granted(options: DhcpReplyOptions, type: 'OFFER' | 'ACK', fields: Parameters<typeof messageOf>[3] = {}): DhcpPacket {
  const lease = { ip: ip('10.20.0.100'), seconds: 600 };
  return buildReply(messageOf(phone(1), 'DISCOVER', '0100562b000001', fields), { type, lease, serverId: subnet.address, subnet, options });
}

/** A capture file with raw IPv4 packets (link type 101) from 10.20.0.1:67 to 255.255.255.255:68. */
function capture(payloads: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(101, 20);
  const records = payloads.map((payload) => {
    const packet = Buffer.alloc(16 + 28 + payload.length);
    packet.writeUInt32LE(28 + payload.length, 8);
    packet.writeUInt32LE(28 + payload.length, 12);
    packet.set([0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, 10, 20, 0, 1, 255, 255, 255, 255, 0, 67, 0, 68], 16);
    packet.writeUInt16BE(28 + payload.length, 18);
    packet.writeUInt16BE(8 + payload.length, 40);
    packet.set(payload, 44);
    return packet;
  });
  return Buffer.concat([head, ...records]);
}

describe.skipIf(!hasProgram('tshark'))('Wireshark reads our replies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialbench-wireshark-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'ours.pcap');
  const read = async (...args: string[]): Promise<string[]> => {
    const { output } = await runInside(['tshark', '-n', '-r', file, ...args]);
    return output.split('\n').filter((line) => line !== '' && !line.startsWith('Running as user'));
  };

  it('with every option, overloaded fields, split options, a relay’s own and a NAK, as we meant them', async () => {
    const relayed = { relay: ip('10.20.0.2'), relayInfo: Buffer.from('0105646f776e30', 'hex') };
    const long = 'x'.repeat(300);
    const payloads = [
      encodePacket(granted(everything, 'OFFER'), 548),
      encodePacket(granted(everything, 'ACK'), 1472),
      encodePacket(granted({ tftpName: '10.20.0.1', provisioningUrl: long }, 'ACK'), 1472),
      encodePacket(granted({ tftpName: '10.20.0.1' }, 'OFFER', relayed), 548),
      encodePacket(buildNak(messageOf(phone(1), 'REQUEST', '', relayed), subnet.address, 'outside the pool'), 548),
    ];
    expect(payloads.flatMap(({ left }) => left)).toEqual([]);
    writeFileSync(file, capture(payloads.map(({ bytes }) => bytes)));
    expect(await read('-T', 'fields', '-e', 'dhcp.option.dhcp')).toEqual(['2', '5', '5', '2', '6']);
    expect(await read('-Y', '_ws.malformed || _ws.expert.severity == "Error"')).toEqual([]);
    const whole = (await read('-V', '-Y', 'frame.number == 1')).join('\n');
    for (const text of ['Option: (52) Option Overload', 'TFTP Server Name: http://10.20.0.1:8080/$PSN.xml', 'TFTP Server Address: 10.20.0.1', 'Next server IP address: 10.20.0.1', 'Host Name: SEP00562B000001', '(3561)']) {
      expect(whole).toContain(text);
    }
    expect((await read('-Y', 'frame.number == 1', '-T', 'fields', '-E', 'separator=/s', '-e', 'dhcp.option.value')).join('')).toContain(Buffer.from(url).toString('hex'));
    expect(await read('-Y', 'frame.number == 3', '-T', 'fields', '-e', 'dhcp.option.type')).toEqual([expect.stringMatching(/160,160/)]);
    expect(await read('-Y', 'frame.number == 4', '-T', 'fields', '-e', 'dhcp.option.agent_information_option.agent_circuit_id')).toEqual(['646f776e30']);
  });
});
