import { describe, expect, it } from 'vitest';
import { readPacket, writeAck, writeDataHeader, writeError, writeOack, writeRequest } from '../../../main/servers/tftp/codec.ts';
import { netasciiReader, toNetascii } from '../../../main/servers/tftp/netascii.ts';
import { negotiate } from '../../../main/servers/tftp/options.ts';
import { acks, emptyData, errors, netasciiData, optionAnswers, requests } from './captures.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (packet: Uint8Array): string => Buffer.from(packet).toString('hex');
const map = (options: object): Map<string, string> => new Map(Object.entries(options) as [string, string][]);

describe('packets of other programs', () => {
  it.each(requests)('reads a request of $origin', ({ hex: wire, says }) => {
    expect(readPacket(bytes(wire))).toEqual({ ...says, options: map(says.options) });
  });

  it.each(requests)('writes the same request as $origin', ({ hex: wire, says }) => {
    expect(hex(writeRequest(says.kind, says.path, says.mode, map(says.options)))).toBe(wire);
  });

  it.each(optionAnswers)('reads and writes the option answer of $origin', ({ hex: wire, says }) => {
    expect(readPacket(bytes(wire))).toEqual({ kind: 'oack', options: map(says) });
    expect(hex(writeOack(map(says)))).toBe(wire);
  });

  it('answers the options of curl, busybox and atftp as in.tftpd and atftpd did', () => {
    const asked = requests.filter(({ says }) => 'blksize' in says.options && says.kind === 'read');
    for (const [index, { says }] of asked.entries()) {
      expect(hex(writeOack(negotiate(map(says.options), { maxBlockSize: 1468 }, 1200).answer))).toBe(optionAnswers[index]?.hex);
    }
  });

  it.each(errors)('reads and writes the error of $origin', ({ hex: wire, code, message }) => {
    expect(readPacket(bytes(wire))).toEqual({ kind: 'error', code, message });
    expect(hex(writeError(code, message))).toBe(wire);
  });

  it.each(acks)('reads and writes the acknowledgement of $origin', ({ hex: wire, block }) => {
    expect(readPacket(bytes(wire))).toEqual({ kind: 'ack', block });
    expect(hex(writeAck(block))).toBe(wire);
  });

  it('turns text into the netascii that in.tftpd sent, and back', () => {
    const wire = toNetascii(new TextEncoder().encode(netasciiData.text));
    const packet = new Uint8Array(4 + wire.length);
    writeDataHeader(packet, netasciiData.block);
    packet.set(wire, 4);
    expect(hex(packet)).toBe(netasciiData.hex);
    const reader = netasciiReader();
    expect(new TextDecoder().decode(reader.push(wire)) + new TextDecoder().decode(reader.end())).toBe(netasciiData.text);
  });

  it('reads the empty block that ends an empty file', () => {
    expect(readPacket(bytes(emptyData.hex))).toEqual({ kind: 'data', block: 1, data: new Uint8Array(0) });
  });
});

describe('examples of the RFCs', () => {
  it('reads the windowsize request of RFC 7440 section 4', () => {
    // "0x0001,foofile,0x00,octet,0x00,windowsize,0x00,16,0x00" and "0x0006,windowsize,0x00,16,0x00"
    const request = Buffer.from('\0\x01foofile\0octet\0windowsize\x0016\0', 'latin1');
    expect(readPacket(request)).toEqual({ kind: 'read', path: 'foofile', mode: 'octet', options: new Map([['windowsize', '16']]) });
    const answer = Buffer.from('\0\x06windowsize\x0016\0', 'latin1');
    expect(hex(writeOack(negotiate(new Map([['windowsize', '16']]), { maxBlockSize: 1468 }, 10).answer))).toBe(answer.toString('hex'));
  });

  it('reads the block size request of RFC 2348', () => {
    const request = Buffer.from('\0\x01foobar\0octet\0blksize\x001428\0', 'latin1');
    expect(readPacket(request)).toEqual({ kind: 'read', path: 'foobar', mode: 'octet', options: new Map([['blksize', '1428']]) });
    expect(hex(writeOack(negotiate(new Map([['blksize', '1428']]), { maxBlockSize: 1468 }, 10).answer)))
      .toBe(Buffer.from('\0\x06blksize\x001428\0', 'latin1').toString('hex'));
  });

  it('answers the size request of RFC 2349 with the real size', () => {
    const answer = Buffer.from('\0\x06tsize\x00673312\0', 'latin1');
    expect(hex(writeOack(negotiate(new Map([['tsize', '0']]), { maxBlockSize: 1468 }, 673_312).answer))).toBe(answer.toString('hex'));
  });
});
