import { describe, expect, it } from 'vitest';
import { encodePacket } from '../../../../main/servers/dhcp/codec.ts';
import type { ClientMessage } from '../../../../main/servers/dhcp/message.ts';
import type { DhcpReplyOptions } from '../../../../main/servers/dhcp/needs.ts';
import { buildReply, consistent } from '../../../../main/servers/dhcp/reply.ts';
import { ip, messageOf, phone } from '../../../support/dhcp/scene.ts';

const bench: DhcpReplyOptions = {
  routers: [ip('10.20.0.1')],
  dns: [ip('10.20.0.1')],
  domain: 'bench.internal',
  ntp: [ip('10.20.0.1')],
  tftpName: '10.20.0.1',
  provisioningUrl: 'http://10.20.0.1/$PSN.xml',
};

function reply(options: DhcpReplyOptions, change: { asksFor?: readonly number[] | null; vendorClass?: string } = {}, fields: Partial<ClientMessage> = {}) {
  const message = messageOf(phone(1), 'DISCOVER', '', fields);
  const client = { ...message.client, ...change };
  const subnet = { address: ip('10.20.0.1'), prefix: 24 };
  return buildReply({ ...message, client }, { type: 'OFFER', lease: { ip: ip('10.20.0.100'), seconds: 600 }, serverId: subnet.address, subnet, options });
}
const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

describe('what a client is told', () => {
  it('holds the mask before all it asked for, in its order, and nothing else of what it did not ask for', () => {
    const { options } = reply(bench, { asksFor: [15, 3, 28, 1, 99] });
    expect([...options.keys()]).toEqual([53, 54, 51, 58, 59, 1, 15, 3, 28, 66, 150, 160]);
    expect([...(options.get(28) ?? [])]).toEqual([10, 20, 0, 255]);
  });

  it('holds everything when it sends no list', () => {
    expect([...reply(bench).options.keys()]).toEqual([53, 54, 51, 58, 59, 1, 3, 6, 15, 28, 42, 66, 150, 160]);
  });

  it('names the bench by 66, 150, 159 and 160 to a phone that did not ask for them', () => {
    const { options } = reply({ ...bench, provisioningServer: '10.20.0.1' }, { asksFor: [1] });
    for (const code of [66, 150, 159, 160]) expect(options.has(code)).toBe(true);
  });

  it('holds free options when asked for, or always where that was wished, but none that has its own place', () => {
    const free = [
      { code: 120, bytes: Uint8Array.of(1) },
      { code: 121, bytes: Uint8Array.of(2), always: true },
      { code: 53, bytes: Uint8Array.of(9), always: true },
      { code: 66, bytes: Uint8Array.of(9), always: true },
      { code: 0, bytes: Uint8Array.of(9), always: true },
      { code: 255, bytes: Uint8Array.of(9), always: true },
    ];
    const { options } = reply({ ...bench, free }, { asksFor: [1] });
    expect([...options.keys()]).toEqual([53, 54, 51, 58, 59, 1, 66, 150, 160, 121]);
    expect(options.get(53)).toEqual(Uint8Array.of(2));
    expect(reply({ ...bench, free }, { asksFor: [120] }).options.has(120)).toBe(true);
  });

  it('ends texts without a NUL', () => {
    expect(textOf(reply(bench).options.get(66))).toBe('10.20.0.1');
  });

  it('holds options 43 and 125 as sub-options when asked for', () => {
    const told = {
      vendorSpecific: [{ code: 1, bytes: Buffer.from('http://a/') }],
      vendorIdentifying: [{ enterprise: 3561, options: [{ code: 4, bytes: Buffer.from('AABBCC') }] }],
    };
    const { options } = reply(told, { asksFor: [43, 125] });
    expect(Buffer.from(options.get(43) ?? []).toString('hex')).toBe(`0109${Buffer.from('http://a/').toString('hex')}`);
    expect(Buffer.from(options.get(125) ?? []).toString('hex')).toBe(`00000de9080406${Buffer.from('AABBCC').toString('hex')}`);
  });

  it('gives option 61 back as it came (RFC 6842)', () => {
    expect(reply(bench, {}, { clientIdBytes: Uint8Array.of(1, 2, 3) }).options.get(61)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('gives the class back to a PXE boot ROM only: a phone would take it for a provisioning address', () => {
    expect(reply(bench, { asksFor: [60] }).options.has(60)).toBe(false);
    expect(textOf(reply(bench, { vendorClass: 'PXEClient:Arch:00007' }).options.get(60))).toBe('PXEClient');
  });
});

describe('options 66 and 150, siaddr and sname', () => {
  it('name one and the same server: 66 leads', () => {
    expect(consistent({ tftpName: '10.20.0.1' })).toEqual({
      tftpName: '10.20.0.1',
      tftpServers: ['10.20.0.1'],
      nextServer: '10.20.0.1',
      serverName: '10.20.0.1',
    });
    expect(consistent({ tftpName: '10.20.0.1', tftpServers: [ip('10.20.0.9'), ip('10.20.0.1')] }).tftpServers).toEqual(['10.20.0.1', '10.20.0.9']);
  });

  it('follow 150 where only that is given', () => {
    expect(consistent({ tftpServers: [ip('10.20.0.9')] })).toMatchObject({ tftpName: '10.20.0.9', nextServer: '10.20.0.9', serverName: '10.20.0.9' });
  });

  it('stay empty where 66 is a URL, which names no TFTP server on port 69', () => {
    expect(consistent({ tftpName: 'http://10.20.0.1:8080/x' })).toEqual({ tftpName: 'http://10.20.0.1:8080/x' });
  });

  it('are what was set on purpose, and nothing where nothing was set', () => {
    expect(consistent({ tftpName: '10.20.0.1', nextServer: ip('10.20.0.7'), serverName: 'other' })).toMatchObject({ nextServer: '10.20.0.7', serverName: 'other' });
    expect(consistent({})).toEqual({});
  });
});

describe('a reply that is too long', () => {
  const long = { ...bench, provisioningUrl: `http://10.20.0.1/${'a'.repeat(180)}`, provisioningServer: 'b'.repeat(100) };

  it('uses the file field for options and says so', () => {
    const { bytes, left } = encodePacket(reply(long), 548);
    expect(left).toEqual([]);
    expect(bytes.length).toBeLessThanOrEqual(548);
    expect(bytes.includes(52, 240)).toBe(true);
  });

  it('leaves the last ones out where even that is too small, and names them', () => {
    const free = [{ code: 200, bytes: new Uint8Array(300), always: true }];
    expect(encodePacket(reply({ ...long, free }), 548).left).toEqual([200]);
  });

  it('goes whole to a client that takes more', () => {
    const free = [{ code: 200, bytes: new Uint8Array(300), always: true }];
    expect(encodePacket(reply({ ...long, free }), 1472).left).toEqual([]);
  });
});
