import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT, readSyslog } from '../../../../main/servers/syslog/codec.ts';

const read = (text: string) => readSyslog(Buffer.from(text));

describe('readSyslog', () => {
  it.each(['<192>x', '<1234>x', '<>x', '<1a>x', '<-1>x', '<12', 'x<12>', ''])('takes %j, which has no readable PRI, as user.notice with all its text', (line) => {
    expect(read(line)).toMatchObject({ facility: 1, severity: 5, text: line });
  });

  it('splits the priority into facility and severity', () => {
    expect(read('<191>x')).toMatchObject({ facility: 23, severity: 7 });
    expect(read('<0>x')).toMatchObject({ facility: 0, severity: 0 });
    expect(read('<007>x')).toMatchObject({ facility: 0, severity: 7 });
  });

  it('drops line ends and NULs of the sender, and nothing before them', () => {
    expect(read('<13>hello \r\n\0\0').text).toBe('hello ');
    expect(read('\r\n\0').text).toBe('');
  });

  it('shows control characters instead of obeying them', () => {
    expect(read('<13>a\nb\tc\u001b[31m\u007f\u0085\u202egnp.exe').text).toBe('a␊b c␛[31m␡\ufffd\ufffdgnp.exe');
  });

  it('cuts a text of more than 8,192 characters and says so', () => {
    const message = read(`<13>${'x'.repeat(LONGEST_TEXT + 1)}`);
    expect(message.text).toHaveLength(LONGEST_TEXT);
    expect(message.cut).toBe(true);
    expect(read(`<13>${'x'.repeat(LONGEST_TEXT)}`).cut).toBe(false);
    expect(read(`<13>${'x'.repeat(65_000)}`).text).toHaveLength(LONGEST_TEXT);
  });

  it('reads bytes that are not UTF-8 with marks in their place', () => {
    expect(readSyslog(Uint8Array.of(0x3c, 0x31, 0x3e, 0xff, 0x41)).text).toBe('\ufffdA');
  });

  it('reads a BOM before the whole line', () => {
    expect(readSyslog(Uint8Array.of(0xef, 0xbb, 0xbf, 0x3c, 0x31, 0x3e, 0x41))).toMatchObject({ severity: 1, text: 'A' });
  });

  it('reads the forwarding form of rsyslog: an ISO time in an old header', () => {
    expect(read('<13>2026-11-22T12:49:39.123456+00:00 vm app[7]: text')).toMatchObject({ shape: 'rfc3164', host: 'vm', app: 'app', text: 'app[7]: text' });
  });

  it('leaves structured data that does not close to the text', () => {
    expect(read('<13>1 - - - - - [open a="b').text).toBe('[open a="b');
  });

  it('keeps brackets and quotes that are escaped inside a value', () => {
    expect(read('<13>1 - - - - - [a b="x\\]y\\"z"] text').text).toBe('[a b="x\\]y\\"z"] text');
  });

  it('takes a header that stops early as text', () => {
    expect(read('<13>1 - - -')).toMatchObject({ shape: 'bare', text: '1 - - -' });
  });
});
