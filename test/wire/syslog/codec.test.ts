import { describe, expect, it } from 'vitest';
import { readSyslog } from '../../../main/servers/syslog/codec.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** RFC 5424 §6.5, examples 1 to 4; its lines are joined, and BOM stands for the three bytes. */
describe('messages of RFC 5424 §6.5', () => {
  it('reads example 1: no structured data, a BOM before the text', () => {
    const line = "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeff'su root' failed for lonvick on /dev/pts/8";
    expect(readSyslog(bytes(line))).toEqual({
      facility: 4,
      severity: 2,
      shape: 'rfc5424',
      timestamp: '2003-10-11T22:14:15.003Z',
      host: 'mymachine.example.com',
      app: 'su',
      text: "'su root' failed for lonvick on /dev/pts/8",
      cut: false,
    });
  });

  it('reads example 2: microseconds, an offset, no BOM', () => {
    const line = "<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.";
    const message = readSyslog(bytes(line));
    expect(message).toMatchObject({ facility: 20, severity: 5, shape: 'rfc5424', timestamp: '2003-08-24T05:14:15.000003-07:00', host: '192.0.2.1', app: 'myproc' });
    expect(message.text).toBe("%% It's time to make the do-nuts.");
  });

  it('reads example 3: structured data and a text', () => {
    const line =
      '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"] \ufeffAn application event log entry...';
    const message = readSyslog(bytes(line));
    expect(message).toMatchObject({ shape: 'rfc5424', app: 'evntslog' });
    expect(message.text).toBe('[exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"] An application event log entry...');
  });

  it('reads example 4: structured data only', () => {
    const data = '[exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"][examplePriority@32473 class="high"]';
    const message = readSyslog(bytes(`<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 ${data}`));
    expect(message).toMatchObject({ shape: 'rfc5424', text: data });
  });

  it('reads a header in which everything is nil', () => {
    expect(readSyslog(bytes('<0>1 - - - - - -'))).toMatchObject({ facility: 0, severity: 0, timestamp: null, host: null, app: null, text: '' });
  });
});

/** RFC 3164 §5.4, examples 1 to 4, byte for byte. */
describe('messages of RFC 3164 §5.4', () => {
  it('reads example 1', () => {
    expect(readSyslog(bytes("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8"))).toMatchObject({
      facility: 4,
      severity: 2,
      shape: 'rfc3164',
      timestamp: 'Oct 11 22:14:15',
      host: 'mymachine',
      app: 'su',
      text: "su: 'su root' failed for lonvick on /dev/pts/8",
    });
  });

  it('takes example 2, a message without any header, as user.notice', () => {
    expect(readSyslog(bytes('Use the BFG!'))).toMatchObject({ facility: 1, severity: 5, shape: 'bare', timestamp: null, host: null, text: 'Use the BFG!' });
  });

  it('reads example 3, in which a zone and a year follow the time, as the sender meant it', () => {
    const line = "<165>Aug 24 05:34:00 CST 1987 mymachine myproc[10]: %% It's time to make the do-nuts.  %%  Ingredients: Mix=OK, Jelly=OK # Devices: Mixer=OK, Jelly_Injector=OK, Frier=OK # Transport: Conveyer1=OK, Conveyer2=OK # %%";
    const message = readSyslog(bytes(line));
    expect(message).toMatchObject({ facility: 20, severity: 5, timestamp: 'Aug 24 05:34:00 CST 1987', host: 'mymachine', app: 'myproc' });
    expect(message.text.startsWith('myproc[10]: %%')).toBe(true);
  });

  it('keeps everything of example 4, whose time has a form of its own, as text', () => {
    const line = "<0>1990 Oct 22 10:52:01 TZ-6 scapegoat.dmz.example.org 10.1.2.3 sched[0]: That's All Folks!";
    expect(readSyslog(bytes(line))).toMatchObject({ facility: 0, severity: 0, shape: 'bare', text: line.slice(3) });
  });
});

/** Datagrams that `logger` of util-linux 2.38.1 sent to a listening socket on Debian 12, in hexadecimal. */
describe('datagrams of logger', () => {
  it('reads --rfc3164', () => {
    const line = '3c31333e4e6f762032322031333a31353a323720766d20726f6f743a2068656c6c6f204772c3bcc39f65';
    expect(readSyslog(Buffer.from(line, 'hex'))).toMatchObject({ facility: 1, severity: 5, timestamp: 'Nov 22 13:15:27', host: 'vm', app: 'root', text: 'root: hello Grüße' });
  });

  it('reads its RFC 5424 form and leaves out what only speaks of its clock', () => {
    const line =
      '3c31333e3120323032362d31312d32325431333a31353a32372e3334323837392b30303a303020766d20726f6f74202d202d205b74696d655175616c69747920747a4b6e6f776e3d22312220697353796e6365643d2230225d2068656c6c6f';
    expect(readSyslog(Buffer.from(line, 'hex'))).toMatchObject({ shape: 'rfc5424', host: 'vm', app: 'root', text: 'hello' });
  });

  it('reads its form without time, host and clock quality', () => {
    const line = '3c31333e31202d202d20726f6f74202d202d202d2062617265';
    expect(readSyslog(Buffer.from(line, 'hex'))).toMatchObject({ shape: 'rfc5424', timestamp: null, host: null, app: 'root', text: 'bare' });
  });
});

/** What the provisioning guides and a public Webex note print of Multiplatform phones. */
describe('lines of phones', () => {
  it('takes no product name for a host', () => {
    const line = '<134>Apr 11 18:16:44 CP-8841-3PCC 00:0e:08:ab:cd:ef -- Requesting resync tftp://192.168.1.200/basic.txt';
    expect(readSyslog(bytes(line))).toMatchObject({ facility: 16, severity: 6, host: null, text: 'CP-8841-3PCC 00:0e:08:ab:cd:ef -- Requesting resync tftp://192.168.1.200/basic.txt' });
  });

  it('keeps the MAC of Syslog_Identifier in the text even where a host would stand', () => {
    expect(readSyslog(bytes('<134>Apr 11 18:16:44 00562b043615 voice: up')).text).toBe('00562b043615 voice: up');
  });

  it('leaves the line of the problem report log as it is', () => {
    const line = 'NOT Apr 11 18:16:44.288201 (1745-1842) voice-SIP registered';
    expect(readSyslog(bytes(`<13>${line}`))).toMatchObject({ shape: 'bare', text: line });
  });

  it('reads the sequence number and the starred time of IOS', () => {
    const message = readSyslog(bytes('<189>123: *Mar  1 00:00:00.123: %SYS-5-CONFIG_I: Configured from console'));
    expect(message).toMatchObject({ facility: 23, severity: 5, timestamp: 'Mar  1 00:00:00.123', text: '%SYS-5-CONFIG_I: Configured from console' });
  });
});
