import { describe, expect, it } from 'vitest';
import { Framing, LONGEST_FRAME, LONGEST_LINE } from '../../../../main/servers/syslog/framing.ts';

const texts = (messages: readonly Uint8Array[]): string[] => messages.map((message) => Buffer.from(message).toString());
const push = (framing: Framing, text: string) => {
  const { messages, broken } = framing.push(Buffer.from(text));
  return { messages: texts(messages), broken };
};

describe('Framing', () => {
  it('waits for the first bytes before it decides', () => {
    const framing = new Framing();
    expect(push(framing, '1').messages).toEqual([]);
    expect(push(framing, '2').messages).toEqual([]);
    expect(push(framing, ' <13>abc').messages).toEqual([]);
    expect(push(framing, 'defgh').messages).toEqual(['<13>abcdefgh']);
  });

  it('takes a line that begins with a number for a line', () => {
    expect(push(new Framing(), '12 monkeys\n<13>x\n').messages).toEqual(['12 monkeys', '<13>x']);
    expect(push(new Framing(), '2026-11-22 something\n').messages).toEqual(['2026-11-22 something']);
  });

  it('ends a line at LF, at NUL and skips empty ones', () => {
    expect(push(new Framing(), '<13>a\n\n<13>b\0<13>c\r\n').messages).toEqual(['<13>a', '<13>b', '<13>c\r']);
  });

  it('accepts a line end after a counted message', () => {
    expect(push(new Framing(), '5 <13>a\n5 <13>b').messages).toEqual(['<13>a', '<13>b']);
  });

  it('is broken when the next count cannot be read, and gives what came before', () => {
    expect(push(new Framing(), '5 <13>aXX <13>b')).toEqual({ messages: ['<13>a'], broken: true });
    expect(push(new Framing(), `5 <13>a${LONGEST_FRAME + 1} <`)).toEqual({ messages: ['<13>a'], broken: true });
  });

  it('gives the beginning of a line without end once and drops the rest of it', () => {
    const framing = new Framing();
    const first = push(framing, `<13>${'x'.repeat(LONGEST_LINE * 3)}`);
    expect(first.messages.map((message) => message.length)).toEqual([LONGEST_LINE]);
    expect(framing.partial).toBe(true);
    expect(push(framing, 'yyyy').messages).toEqual([]);
    expect(push(framing, 'zz\n<13>next\n').messages).toEqual(['<13>next']);
  });

  it('gives what was begun when the connection ends', () => {
    const lines = new Framing();
    push(lines, '<13>a\n<13>half');
    expect(texts(lines.end())).toEqual(['<13>half']);
    expect(texts(lines.end())).toEqual([]);
    const counted = new Framing();
    push(counted, '99 <13>half');
    expect(texts(counted.end())).toEqual(['<13>half']);
  });
});
