import { describe, expect, it } from 'vitest';
import { answerKey, cutVerb, detailOf, withoutSpeaker } from '../../../../../renderer/screens/activity/row-words.ts';
import { withoutPort } from '../../../../../renderer/screens/activity/request-list.tsx';
import { requestRow } from './rows.ts';

describe('the words of an activity row', () => {
  it('tells the reason first, then size and transfer options', () => {
    const row = requestRow({ code: 'file.not-found', bytes: 3412, detail: { blksize: '1428', windowsize: 16 } });
    expect(detailOf(row)).toEqual([{ kind: 'code', code: 'file.not-found' }, { kind: 'bytes', bytes: 3412 }, { kind: 'blocks', size: 1428, window: 16 }]);
  });

  it('leaves out what is not there', () => {
    expect(detailOf(requestRow({ bytes: 0, detail: { blksize: 'many' } }))).toEqual([]);
  });

  it('keeps the answers of the protocol and translates only our own words', () => {
    expect(answerKey('404')).toBeNull();
    expect(answerKey('ACK')).toBeNull();
    expect(answerKey('broken off')).toBe('answer.broken off');
    expect(answerKey('no data')).toBe('answer.no data');
    expect(answerKey('')).toBe('answer.heard');
  });

  it('leaves out what a phone says of itself before its line, and nothing of any other line', () => {
    expect(withoutSpeaker('CP-8841-3PCC 00:56:2b:04:36:01 -- Successful resync http://x')).toBe('Successful resync http://x');
    expect(withoutSpeaker('link up -- CP-8841-3PCC 00:56:2b:04:36:01 -- x')).toBe('link up -- CP-8841-3PCC 00:56:2b:04:36:01 -- x');
    expect(withoutSpeaker('-- Resync failed')).toBe('-- Resync failed');
  });

  it('finds the verb of a phone line, and leaves other lines whole', () => {
    expect(cutVerb('CP-8841 -- Successful resync http://x')).toEqual({ before: 'CP-8841 -- ', verb: 'Successful', after: ' resync http://x' });
    expect(cutVerb('-- Resync failed: Corrupt file').verb).toBe('failed');
    expect(cutVerb('link up')).toEqual({ before: 'link up', verb: '', after: '' });
  });

  it('cuts the port of a peer and nothing else', () => {
    expect(withoutPort('10.20.0.9:51034')).toBe('10.20.0.9');
    expect(withoutPort('10.20.0.9')).toBe('10.20.0.9');
  });
});
