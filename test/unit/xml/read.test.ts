import { describe, expect, it } from 'vitest';
import { readXml } from '../../../main/xml/read.ts';

describe('reading XML', () => {
  it('tells the outermost element and how many there are', () => {
    expect(readXml('<?xml version="1.0"?><a><b/><c>1</c></a>')).toEqual({ root: 'a', elements: 3, fault: null });
  });

  it('tells the first fault, with its place and the words of the parser', () => {
    expect(readXml('<a>\n<b></c></a>')).toMatchObject({ root: 'a', fault: { line: 2, words: expect.stringMatching(/^unexpected close tag|^unclosed|^unmatched/i) as string } });
    expect(readXml('')).toMatchObject({ root: null, elements: 0, fault: { line: 1 } });
    expect(readXml('<a>&x;</a>').fault).not.toBeNull();
  });

  it('ends at 1,000 levels, and at the first fault of a long text', { timeout: 10_000 }, () => {
    expect(readXml(`${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`)).toMatchObject({ elements: 1000, fault: null });
    expect(readXml('<a>'.repeat(2_000_000)).fault).toMatchObject({ words: 'more than 1000 levels.' });
    expect(readXml(`<a>&${'<b>&</b>'.repeat(1_000_000)}`).fault).toMatchObject({ line: 1 });
  });
});
