import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../../common/values/mac.ts';
import { canonical, CHAIN_START, link, type Numbered } from '../../../../../main/domain/evidence/chain.ts';

const ROW: Numbered = {
  seq: 1,
  mac: '00562b043615' as Mac,
  observation: {
    at: 1_700_000_000_000, server: 'tftp', peer: { address: '10.20.0.7', port: 4_000 }, asked: 'RRQ', facts: { path: '/8841-3PCC.xml' },
    outcome: { kind: 'delivered', answer: 'DATA', bytes: 2_000, confirmed: true },
  },
};

describe('the chain of evidence', () => {
  it('a row has one text, whatever the order of its keys', () => {
    const { observation } = ROW;
    const turned: Numbered = { observation: { ...observation, peer: { port: 4_000, address: '10.20.0.7' } }, mac: ROW.mac, seq: 1 };
    expect(canonical(turned)).toBe(canonical(ROW));
    expect(canonical(ROW)).toMatch(/^\{"mac":"00562b043615","observation":\{"asked":"RRQ","at":/);
  });

  it('anybody can follow it with SHA-256 over the hash before, a line feed and the text', () => {
    const byHand = createHash('sha256').update(`${CHAIN_START}\n${canonical(ROW)}`).digest('hex');
    expect(link(CHAIN_START, ROW)).toBe(byHand);
  });

  it('the same row elsewhere in the log has another hash', () => {
    expect(link(CHAIN_START, { ...ROW, seq: 2 })).not.toBe(link(CHAIN_START, ROW));
    expect(link('1'.repeat(64), ROW)).not.toBe(link(CHAIN_START, ROW));
  });
});
