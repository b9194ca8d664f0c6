import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../../common/values/mac.ts';
import { readCertificate } from '../../../../../main/domain/identify/certificate.ts';
import { readSigns, readVendor } from '../../../../../main/domain/identify/signs.ts';
import { readUserAgent } from '../../../../../main/domain/identify/user-agent.ts';

describe('User-Agents from the field', () => {
  it('the default of a desk phone carries product, firmware and MAC', () => {
    expect(readUserAgent('Cisco-CP-8841-3PCC/11.0 (00562b043615)')).toEqual({
      mac: '00562b043615', model: 'CP-8841-3PCC', serial: null, firmware: '11.0',
    });
  });
  it('an adapter gives its serial instead of a MAC', () => {
    expect(readUserAgent('Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R4)')).toEqual({
      mac: null, model: 'ATA191-MPP', serial: 'FCH2443D9R4', firmware: '11-1-0-MSR4',
    });
  });
  it('an SPA gives MAC and serial in two brackets', () => {
    expect(readUserAgent('Cisco/SPA504G-7.4.8a (0002FDFF2103)(CBT141400UK)')).toMatchObject({ mac: '0002fdff2103', serial: 'CBT141400UK', firmware: '7.4.8a' });
  });
  it('a SIP User-Agent puts the MAC behind the version', () => {
    expect(readUserAgent('Cisco-CP-8865-3PCC/12.0.3_dcf719f39350_0a1b')).toMatchObject({ mac: 'dcf719f39350', firmware: '12.0.3', model: 'CP-8865-3PCC' });
  });
  it('a 9800 has no 3PCC in its name', () => {
    expect(readUserAgent('Cisco-CP-9861/3.0.1 (c4b9cd001122)')).toMatchObject({ mac: 'c4b9cd001122', model: 'CP-9861' });
  });
  it('other programs say nothing, whatever stands in their brackets', () => {
    for (const text of ['curl/7.88.1', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (00562b043615)', '', '(((']) {
      expect(readUserAgent(text)).toEqual({ mac: null, model: null, serial: null, firmware: null });
    }
  });
});

describe('subjects of phone certificates', () => {
  it('Cisco documents product, serial and MAC as OU, L and S', () => {
    expect(readCertificate('OU=CP-8841-3PCC, L=88012BA01234, S=000e08abcdef')).toEqual({
      mac: '000e08abcdef', model: 'CP-8841-3PCC', serial: '88012BA01234',
    });
  });
  it('newer ones name the MAC in CN and PID with SN in serialNumber', () => {
    expect(readCertificate('O=Cisco\nCN=CP-8841-3PCC-SEP00562B043615\nserialNumber=PID:CP-8841-3PCC SN:FCH2443D9R4')).toEqual({
      mac: '00562b043615', model: 'CP-8841-3PCC', serial: 'FCH2443D9R4',
    });
  });
  it('a certificate of something else says nothing', () => {
    expect(readCertificate('CN=laptop.example.com, O=Example')).toMatchObject({ mac: null, model: null });
  });
});

describe('vendor classes', () => {
  it.each([
    ['Cisco Systems, Inc. IP Phone CP-8841-3PCC\0', 'mpp'],
    ['CP-8841-3PCC', 'mpp'],
    ['Cisco Systems, Inc. IP Phone CP-8841', 'enterprise'],
    ['CISCO ATA191-MPP', 'ata'],
    ['dslforum.org', 'tr069'],
    ['MSFT 5.0', 'other'],
    ['udhcp 1.36.1', 'other'],
  ])('%j is %s', (text, vendor) => {
    expect(readVendor(text)).toBe(vendor);
  });
});

describe('signs of one observation', () => {
  it('the strongest MAC comes first and every fact says where it came from', () => {
    const signs = readSigns({ path: '/Cisco/CP-8841-3PCC/00562b043615.cfg', userAgent: 'Cisco-CP-8841-3PCC/11.0 (00562b043616)' });
    expect(signs.macs).toEqual([{ mac: '00562b043615', from: 'path' }, { mac: '00562b043616', from: 'user-agent' }]);
    expect(signs).toMatchObject({ model: 'CP-8841-3PCC', firmware: '11.0', from: { model: 'path', firmware: 'user-agent', serial: null } });
  });
  it('a DHCP packet gives hardware address and class', () => {
    const signs = readSigns({ chaddr: 'd0ec35000001' as Mac, vendorClass: 'Cisco Systems, Inc. IP Phone CP-7841-3PCC\0' });
    expect(signs).toMatchObject({ macs: [{ mac: 'd0ec35000001', from: 'chaddr' }], model: 'CP-7841-3PCC', vendor: 'mpp' });
  });
  it("a phone's own syslog line carries product and MAC", () => {
    const signs = readSigns({ text: 'CP-8841-3PCC 00:0e:08:ab:cd:ef -- Requesting resync tftp://192.168.1.200/basic.txt' });
    expect(signs).toMatchObject({ macs: [{ mac: '000e08abcdef', from: 'syslog' }], model: 'CP-8841-3PCC' });
  });
  it('Syslog_Identifier puts the MAC in front of any other line', () => {
    expect(readSigns({ text: '00:56:2b:04:36:15 voice: call ended' }).macs).toEqual([{ mac: '00562b043615', from: 'syslog' }]);
    expect(readSigns({ text: 'session 9f86d081884c7d65 opened' }).macs).toEqual([]);
  });
});
