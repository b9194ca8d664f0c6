import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../../common/values/mac.ts';
import type { ObservedFacts } from '../../../../../common/values/observation.ts';
import { identify, type Directory } from '../../../../../main/domain/identify/identify.ts';

const [ONE, TWO, THREE] = ['00562b000001', '00562b000002', '00562b000003'] as [Mac, Mac, Mac];
const EMPTY: Directory = { byAddress: () => [], bySerial: () => null, neighbour: () => null };

function ask(facts: ObservedFacts, directory: Partial<Directory> = {}, address = '10.20.0.7') {
  return identify({ facts, peer: { address, port: 4000 } }, { ...EMPTY, ...directory });
}

describe('who is asking', () => {
  const lease = { byAddress: () => [THREE] };

  it('a client certificate comes before everything', () => {
    const found = ask({ certificate: `CN=CP-8841-3PCC-SEP${ONE.toUpperCase()}`, userAgent: `Cisco-CP-8841-3PCC/11.0 (${TWO})` }, lease);
    expect(found).toMatchObject({ mac: ONE, from: 'certificate', conflict: null });
  });
  it('a certificate of another phone than the path names is a conflict', () => {
    const found = ask({ certificate: `S=${ONE}`, path: `/${TWO}.cfg` });
    expect(found).toMatchObject({ mac: ONE, conflict: { pathMac: TWO, certMac: ONE } });
  });
  it('a certificate with a serial alone is looked up', () => {
    const found = ask({ certificate: 'OU=CP-8841-3PCC, L=FCH2443D9R4' }, { bySerial: (serial) => (serial === 'FCH2443D9R4' ? TWO : null) });
    expect(found).toMatchObject({ mac: TWO, from: 'certificate' });
  });
  it('the MAC in the path comes before the User-Agent and the address', () => {
    const found = ask({ path: `/Cisco/${ONE}.cfg`, userAgent: `Cisco-CP-8841-3PCC/11.0 (${TWO})` }, lease);
    expect(found).toMatchObject({ mac: ONE, from: 'path' });
  });
  it('the User-Agent comes before the address', () => {
    expect(ask({ path: '/8841-3PCC.xml', userAgent: `Cisco-CP-8841-3PCC/11.0 (${TWO})` }, lease)).toMatchObject({ mac: TWO, from: 'user-agent' });
  });
  it("an adapter's serial in the User-Agent is looked up before the address", () => {
    const found = ask({ userAgent: 'Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R4)' }, { ...lease, bySerial: () => TWO });
    expect(found).toMatchObject({ mac: TWO, from: 'user-agent' });
  });
  it('a name with the model alone is answered by the lease of its address', () => {
    expect(ask({ path: '/8841-3PCC.xml' }, lease)).toMatchObject({ mac: THREE, from: 'lease' });
  });
  it('without a lease the neighbour table is asked', () => {
    expect(ask({ path: '/8841-3PCC.xml' }, { neighbour: () => ONE })).toMatchObject({ mac: ONE, from: 'neighbour' });
  });
  it('an address used by several phones identifies nobody, the neighbour table included', () => {
    expect(ask({ path: '/8841-3PCC.xml' }, { byAddress: () => [ONE, TWO], neighbour: () => ONE })).toMatchObject({ mac: null, from: null });
  });
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('loopback %s identifies nobody', (address) => {
    expect(ask({ path: '/8841-3PCC.xml' }, { ...lease, neighbour: () => ONE }, address)).toMatchObject({ mac: null });
  });
  it('loopback does not hide a MAC that the request carries', () => {
    expect(ask({ path: `/${ONE}.cfg` }, {}, '127.0.0.1')).toMatchObject({ mac: ONE, from: 'path' });
  });
  it('an unknown address without a MAC is nobody', () => {
    expect(ask({ path: '/8841-3PCC.xml' })).toMatchObject({ mac: null, from: null, conflict: null });
  });
});
