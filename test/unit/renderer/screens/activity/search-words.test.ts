import { describe, expect, it } from 'vitest';
import { filterPasses, hostText, lineMatches, readWords, requestMatches } from '../../../../../renderer/screens/activity/search-words.ts';
import { lineRow, requestRow } from './rows.ts';

describe('the search words of the activity screen', () => {
  it('takes fields and free words apart in any order', () => {
    expect(readWords('  resync phone:07 server:TFTP answer:404 Corrupt ')).toEqual({ words: ['resync', 'corrupt'], phone: 7, server: 'tftp', answer: '404' });
  });

  it('reads a phone as its number or as a MAC in any spelling', () => {
    expect(readWords('phone:00:56:2B:04:36:15').phone).toBe('00562b043615');
    expect(readWords('phone:0056.2b04.3615').phone).toBe('00562b043615');
    expect(readWords('phone:7').phone).toBe(7);
  });

  it('lets nothing through for a phone that cannot be one', () => {
    expect(requestMatches(requestRow({ number: 7 }), readWords('phone:seven'))).toBe(false);
  });

  it('takes a field without a value for a word, so that typing does not empty the list', () => {
    expect(readWords('phone:')).toEqual({ words: ['phone:'] });
  });

  it('finds a request by phone, server, answer and by every word together', () => {
    const row = requestRow({ number: 7, server: 'tftp', asked: 'RRQ', what: '/8841-3PCC.xml', answer: 'error 1', detail: { blksize: 1428 } });
    expect(requestMatches(row, readWords('phone:07 server:tftp 8841'))).toBe(true);
    expect(requestMatches(row, readWords('8841 1428'))).toBe(true);
    expect(requestMatches(row, readWords('8841 nothing'))).toBe(false);
    expect(requestMatches(row, readWords('server:http 8841'))).toBe(false);
    expect(requestMatches(requestRow({ answer: '404' }), readWords('answer:404'))).toBe(true);
    expect(requestMatches(requestRow({ answer: '4040' }), readWords('answer:404'))).toBe(false);
  });

  it('finds a syslog line by its words, and none when another server or an answer is named', () => {
    const row = lineRow({ number: 7, text: '-- Resync failed: Corrupt file' });
    expect(lineMatches(row, readWords('phone:7 corrupt'))).toBe(true);
    expect(lineMatches(row, readWords('server:syslog corrupt'))).toBe(true);
    expect(lineMatches(row, readWords('server:dhcp'))).toBe(false);
    expect(lineMatches(row, readWords('answer:404'))).toBe(false);
  });

  it('keeps syslog out of the requests unless it is named', () => {
    const row = requestRow({ server: 'syslog', asked: 'line' });
    expect(filterPasses(row, 'all', readWords(''))).toBe(false);
    expect(filterPasses(row, 'all', readWords('server:syslog'))).toBe(true);
  });

  it('shows refusals whatever server they come from', () => {
    expect(filterPasses(requestRow({ tone: 'attention', server: 'dhcp' }), 'refused', readWords(''))).toBe(true);
    expect(filterPasses(requestRow({ tone: 'quiet', code: 'file.unknown-phone', answer: 'error 1' }), 'refused', readWords(''))).toBe(true);
    expect(filterPasses(requestRow({ tone: 'quiet', code: 'dhcp.stranger', answer: 'ignored' }), 'refused', readWords(''))).toBe(false);
    expect(filterPasses(requestRow({ tone: 'ok' }), 'refused', readWords(''))).toBe(false);
  });

  it('hands the server of the switch to the host as a word, and keeps refusals to itself', () => {
    expect(hostText(' corrupt ', 'tftp')).toBe('corrupt server:tftp');
    expect(hostText('', 'dhcp')).toBe('server:dhcp');
    expect(hostText('corrupt', 'refused')).toBe('corrupt');
  });
});
