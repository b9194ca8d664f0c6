import { describe, expect, it } from 'vitest';
import { Framing } from '../../../main/servers/syslog/framing.ts';

const text = (messages: readonly Uint8Array[]): string[] => messages.map((message) => Buffer.from(message).toString());

/** What `logger` of util-linux 2.38.1 wrote to a TCP socket, in hexadecimal. */
const COUNTED = '3432203c31333e4e6f762032322031333a31363a333920766d20726f6f743a20666972737420636f756e746564';
const LINES = '3c31333e4e6f762032322031333a31363a333920766d20726f6f743a206669727374206c696e650a';

describe('the two framings of RFC 6587', () => {
  it('reads the octet counting of logger', () => {
    expect(text(new Framing().push(Buffer.from(COUNTED, 'hex')).messages)).toEqual(['<13>Nov 22 13:16:39 vm root: first counted']);
  });

  it('reads the lines of logger', () => {
    expect(text(new Framing().push(Buffer.from(LINES, 'hex')).messages)).toEqual(['<13>Nov 22 13:16:39 vm root: first line']);
  });

  it('reads the frame of RFC 6587 §3.4.1 whatever the pieces are', () => {
    const message = "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - 'su root' failed for lonvick on /dev/pts/8";
    const stream = Buffer.from(`${message.length} ${message}${message.length} ${message}`);
    for (const size of [1, 2, 3, 7, 50, 109, 110, 111, 500]) {
      const framing = new Framing();
      const found: string[] = [];
      for (let at = 0; at < stream.length; at += size) found.push(...text(framing.push(stream.subarray(at, at + size)).messages));
      expect(found).toEqual([message, message]);
      expect(framing.partial).toBe(false);
    }
  });
});
