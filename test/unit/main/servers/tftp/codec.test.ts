import { describe, expect, it } from 'vitest';
import { readPacket, writeDataHeader, writeError } from '../../../../../main/servers/tftp/codec.ts';

const wire = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('requests that are not quite right', () => {
  it('takes the mode in any case', () => {
    expect(readPacket(wire('\0\x01a\0OcTeT\0'))).toMatchObject({ kind: 'read', mode: 'octet' });
  });

  it('refuses the obsolete mail mode', () => {
    expect(readPacket(wire('\0\x01a\0mail\0'))).toEqual({ kind: 'bad', why: 'mode', opcode: 1 });
  });

  it('refuses a name cut off by a NUL, because what follows is no mode', () => {
    expect(readPacket(wire('\0\x01safe.xml\0/../../etc/passwd\0octet\0'))).toEqual({ kind: 'bad', why: 'mode', opcode: 1 });
  });

  it('refuses an empty name, one with control characters and one of more than 512 bytes', () => {
    for (const name of ['', 'a\nb', 'a\x7f', 'x'.repeat(513)]) {
      expect(readPacket(wire(`\0\x01${name}\0octet\0`))).toEqual({ kind: 'bad', why: 'name', opcode: 1 });
    }
    expect(readPacket(wire(`\0\x01${'x'.repeat(512)}\0octet\0`))).toMatchObject({ kind: 'read' });
  });

  it('refuses a request of more than 1,024 bytes, whatever fills it', () => {
    expect(readPacket(wire(`\0\x01a\0octet\0x\0${'y'.repeat(1_100)}\0`))).toEqual({ kind: 'bad', why: 'long', opcode: 1 });
  });

  it('leaves every spelling of a path as it came', () => {
    for (const path of ['/../../etc/passwd', '..\\..\\boot.ini', 'C:/x', '%2e%2e/x', '//a//b', './a', '/']) {
      expect(readPacket(wire(`\0\x01${path}\0octet\0`))).toMatchObject({ kind: 'read', path });
    }
  });

  it('reads a name as UTF-8 where it is, else as Latin-1', () => {
    const utf8 = Uint8Array.from([0, 1, ...new TextEncoder().encode('é.xml'), 0, ...wire('octet\0')]);
    expect(readPacket(utf8)).toMatchObject({ path: 'é.xml' });
    expect(readPacket(wire('\0\x01\xe9.xml\0octet\0'))).toMatchObject({ path: 'é.xml' });
  });

  it('serves a request whose mode lacks its closing zero', () => {
    expect(readPacket(wire('\0\x01a\0octet'))).toMatchObject({ kind: 'read', path: 'a', mode: 'octet' });
  });

  it('ignores half an option and padding behind a whole request', () => {
    expect(readPacket(wire('\0\x01a\0octet\0blksize\x001428'))).toMatchObject({ kind: 'read', options: new Map() });
    expect(readPacket(wire('\0\x01a\0octet\0tsize\x000\0\0\0\0'))).toMatchObject({ options: new Map([['tsize', '0']]) });
  });

  it('lets the first of two equal options count, in any case', () => {
    expect(readPacket(wire('\0\x01a\0octet\0BLKSIZE\x001000\0blksize\x002000\0'))).toMatchObject({ options: new Map([['blksize', '1000']]) });
  });
});

describe('small packets', () => {
  it('calls short and unknown ones by their fault', () => {
    expect(readPacket(wire(''))).toEqual({ kind: 'bad', why: 'short', opcode: null });
    expect(readPacket(wire('\0\x04\0'))).toEqual({ kind: 'bad', why: 'short', opcode: 4 });
    expect(readPacket(wire('\0\x07\0\0'))).toEqual({ kind: 'bad', why: 'opcode', opcode: 7 });
    expect(readPacket(wire('\x01\x01a\0octet\0'))).toEqual({ kind: 'bad', why: 'opcode', opcode: 257 });
  });

  it('reads an ERROR whose message is not closed, without its control characters', () => {
    expect(readPacket(wire('\0\x05\0\x03disk\x1b full'))).toEqual({ kind: 'error', code: 3, message: 'disk full' });
  });

  it('sends error messages in ASCII, cut to 200 characters', () => {
    expect(Buffer.from(writeError(1, `é${'x'.repeat(300)}`)).toString('latin1')).toBe(`\0\x05\0\x01?${'x'.repeat(199)}\0`);
  });

  it('rolls block numbers over to 0', () => {
    const packet = new Uint8Array(4);
    writeDataHeader(packet, 65_536);
    expect([...packet]).toEqual([0, 3, 0, 0]);
    writeDataHeader(packet, 131_073);
    expect([...packet]).toEqual([0, 3, 0, 1]);
  });
});
