import { describe, expect, it } from 'vitest';
import { daysBack, readDays, readNames, shortFingerprint, signerName, validity } from '../../../../../renderer/screens/servers/certificate-words.ts';

const DAY = 86_400_000;

describe('the words of a certificate', () => {
  it('counts the days that are left, and says when they are few, over, or not begun', () => {
    const facts = { from: 100 * DAY, to: 500 * DAY };
    expect(validity(facts, 103 * DAY)).toEqual({ state: 'valid', days: 397 });
    expect(validity(facts, 470 * DAY)).toEqual({ state: 'soon', days: 30 });
    expect(validity(facts, 500 * DAY - 1)).toEqual({ state: 'soon', days: 1 });
    expect(validity(facts, 502 * DAY)).toEqual({ state: 'ended', days: 2 });
    expect(validity(facts, 99 * DAY)).toEqual({ state: 'not-yet', days: 1 });
    expect(daysBack(facts, 130 * DAY + 5)).toBe(30);
  });

  it('names the signer as people do', () => {
    expect(signerName('O=Dialbench, CN=Dialbench CA 79FA')).toBe('Dialbench CA 79FA');
    expect(signerName('CN=Issuing CA 2, O=Clinique Saint-Roch, Lyon')).toBe('Issuing CA 2, Clinique Saint-Roch, Lyon');
    expect(signerName('plain words')).toBe('plain words');
  });

  it('shortens a fingerprint to its ends', () => {
    expect(shortFingerprint(Array.from({ length: 32 }, (_, index) => (index + 160).toString(16).toUpperCase()).join(':'))).toBe('A0:A1:A2:A3:…:BE:BF');
    expect(shortFingerprint('AA:BB')).toBe('AA:BB');
  });

  it('reads names and days as people type them', () => {
    expect(readNames(' Bench.Example.org, 10.20.0.1;bench.example.org\n')).toEqual(['bench.example.org', '10.20.0.1']);
    expect(['397', ' 1 ', '0', '826', '3.5', ''].map(readDays)).toEqual([397, 1, null, null, null, null]);
  });
});
