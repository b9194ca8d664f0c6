import { describe, expect, it } from 'vitest';
import { maskBody } from '../../../../../main/domain/profile/mask-body.ts';
import { MASK } from '../../../../../main/domain/profile/secrets.ts';

describe('a body that is no configuration', () => {
  it('shows what a form names, and values of harmless names alone', () => {
    expect(maskBody('mac=00%3A56%3A2b%3A04%3A36%3A15&asset=4711&note=hunter2&password=hunter3&empty=')).toBe(
      `mac=00:56:2b:04:36:15&asset=4711&note=${MASK}[7]&password=${MASK}&empty=`,
    );
  });

  it('is masked line by line where it stands in lines, and whole where it names nothing', () => {
    expect(maskBody('Model: CP-8841-3PCC\r\ncode: hunter2\nhunter3\n')).toBe(`Model: CP-8841-3PCC\r\ncode: ${MASK}[7]\n${MASK}[7]\n`);
    expect(maskBody('hunter2')).toBe(`${MASK}[7]`);
  });

  it('keeps the names of JSON, with numbers and lists masked as texts are', () => {
    expect(JSON.parse(maskBody('{"serial":"FCH2443D9R4","sip":{"code":1234,"token":"hunter2"},"list":["hunter3"],"on":true,"none":null}'))).toEqual({
      serial: 'FCH2443D9R4', sip: { code: `${MASK}[4]`, token: MASK }, list: [`${MASK}[7]`], on: true, none: null,
    });
  });

  it('keeps the elements of XML, with texts, attributes and comments masked', () => {
    const masked = maskBody('<?xml version="1.0"?>\n<status at="hunter1"><Product_Name>CP-8841-3PCC</Product_Name><!-- hunter2 --><User ua="na">hunter3</User><![CDATA[hunter4]]></status>');
    expect(masked).toContain('<Product_Name>CP-8841-3PCC</Product_Name>');
    expect(masked).toContain(`<User ua="${MASK}[2]">${MASK}[7]</User>`);
    expect(masked).not.toContain('hunter');
  });

  it('does not take a long value for a harmless one, and shows no password of an address', () => {
    expect(maskBody(`status=${'k'.repeat(65)}`)).toBe(`status=${MASK}[65]`);
    expect(maskBody('reason=http://u:hunter2@h')).not.toContain('hunter2');
  });

  it.each([['[', 90_000], ['<', 90_000], ['<a', 45_000], ['<!--', 20_000], ['a=', 45_000], ['{"a":', 18_000], ['<a b="', 15_000], ['=', 2_000_000], [`<a ${'x'.repeat(90_000)}>`, 1], [`<a ${' '.repeat(90_000)}>`, 1], [`a${' '.repeat(90_000)}b`, 1]])('of %.12s again and again is read to its end', (piece, times) => {
    expect(maskBody(piece.repeat(times)).length).toBeGreaterThan(0);
  });
});
