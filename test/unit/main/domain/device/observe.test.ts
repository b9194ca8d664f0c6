import { describe, expect, it } from 'vitest';
import { MAC, SHA, story } from './phones.ts';

const SUCCESS = 'Successful resync tftp://10.20.0.1:69/8841-3PCC.xml';
const LOAD = 'sip88xx.11-3-2MPP0001-609.loads';

describe("a phone's way", () => {
  it('goes from expected over addressed and profile to resynced, by evidence alone', () => {
    const phone = story();
    expect(phone.discover().device.stage).toBe('expected');
    expect(phone.ack().device).toMatchObject({ stage: 'addressed', ip: '10.20.0.7' });
    expect(phone.profile().device).toMatchObject({ stage: 'profile', servedSha256: SHA });
    expect(phone.line(SUCCESS).device.stage).toBe('resynced');
    expect(phone.events.map((event) => (event.kind === 'stage' ? event.stage : event.kind))).toEqual(['addressed', 'profile', 'resynced']);
  });

  it('is proved when the phone itself says that it holds what it was served', () => {
    const phone = story().boot().profile().report(0);
    expect(phone.device).toMatchObject({ stage: 'proved', attention: null });
    expect(phone.device.stages.reported).toBeDefined();
  });

  it('is only reported, and needs a hand, when the phone holds something else, until a later report agrees', () => {
    const phone = story().boot().profile().line(SUCCESS).report(2);
    expect(phone.device).toMatchObject({ stage: 'reported', attention: { code: 'phone.report-differs', params: { count: 2 } } });
    expect(phone.report(0).device).toMatchObject({ stage: 'proved', attention: null });
  });

  it('is not proved by a report from before its profile, nor while a load lacks', () => {
    expect(story().boot().report(0).device.stage).toBe('addressed');
    expect(story().boot().profile(LOAD).report(0).device.stage).toBe('reported');
  });

  it('an offer is no address', () => {
    expect(story().discover().device.stage).toBe('expected');
  });

  it('a transfer that only began is no profile', () => {
    const phone = story().boot().see('tftp', {
      asked: 'RRQ', facts: { path: '/8841-3PCC.xml' }, profile: { sha256: SHA, load: null }, outcome: { kind: 'started', total: 2_000 },
    });
    expect(phone.device).toMatchObject({ stage: 'addressed', servedSha256: null });
  });

  it('a profile whose last acknowledgement lacks is not proved to have arrived', () => {
    expect(story().boot().profile(null, false).device.stage).toBe('addressed');
  });

  it('a HEAD and a part of a file are no profile', () => {
    const whole = { kind: 'delivered', bytes: 10, confirmed: true, sha256: SHA } as const;
    const profile = { sha256: SHA, load: null };
    const facts = { path: '/8841-3PCC.xml' };
    expect(story().boot().see('http', { asked: 'HEAD', facts, profile, outcome: { ...whole, answer: '200' } }).device.stage).toBe('addressed');
    expect(story().boot().see('http', { asked: 'GET', facts, profile, outcome: { ...whole, answer: '206' } }).device.stage).toBe('addressed');
  });

  it("another file's bytes are no profile", () => {
    expect(story().boot().file('/logo.png').device.stage).toBe('addressed');
  });

  it('asking for a resync is no success', () => {
    expect(story().boot().profile().line('Requesting resync tftp://10.20.0.1:69/8841-3PCC.xml').device.stage).toBe('profile');
  });

  it('a stage without evidence is skipped', () => {
    const { device } = story().line(SUCCESS);
    expect(device.stage).toBe('resynced');
    expect(Object.keys(device.stages)).toEqual(['expected', 'resynced']);
  });

  it('every line for a stage is counted and the first gives its time', () => {
    const phone = story().boot().profile();
    const first = phone.now;
    expect(phone.wait(60_000).profile().device.stages.profile).toEqual({ at: first, lines: 2 });
  });

  it('a later line for an earlier stage does not take the phone back', () => {
    expect(story().boot().profile().line(SUCCESS).ack('renewing').profile().device.stage).toBe('resynced');
  });

  it('a clock that ran ahead never puts evidence into the future', () => {
    const phone = story().boot();
    expect(phone.device.heardAt).toBeLessThanOrEqual(phone.now);
  });
});

describe('power-ups', () => {
  it('a power-up after resynced begins a new round', () => {
    const phone = story().boot().profile().line(SUCCESS).wait(600_000).discover();
    expect(phone.device).toMatchObject({ stage: 'expected', ip: '10.20.0.7' });
    expect(phone.events.at(-1)).toMatchObject({ kind: 'round' });
    expect(phone.ack().device).toMatchObject({ stage: 'addressed' });
    expect(phone.device.stages.profile).toBeUndefined();
  });

  it('repeated DISCOVERs of one boot are one power-up', () => {
    const phone = story().boot().profile().discover().wait(4_000).discover().wait(90_000).discover();
    expect(phone.device.stage).toBe('rebooted');
    expect(phone.ack().device.stage).toBe('rebooted');
  });

  it('a second DISCOVER on the voice VLAN belongs to the same boot', () => {
    expect(story().boot().profile().boot().wait(5_000).boot().device.stage).toBe('rebooted');
  });

  it('a power-up after the profile is the reboot of this round', () => {
    expect(story().boot().profile().wait(60_000).boot().device.stage).toBe('rebooted');
  });

  it('a phone that keeps its address at power-up (INIT-REBOOT) begins a round too', () => {
    const phone = story().boot().profile().line(SUCCESS).wait(600_000).ack('init-reboot');
    expect(phone.device.stage).toBe('addressed');
    expect(phone.events.some(({ kind }) => kind === 'round')).toBe(true);
  });

  it('a renewal is no power-up', () => {
    expect(story().boot().profile().line(SUCCESS).wait(300_000).ack('renewing').device.stage).toBe('resynced');
  });

  it('trouble of the round before ends with it', () => {
    const phone = story().boot().profile().line('Resync failed: corrupt file').line(SUCCESS).line('Resync failed: corrupt file');
    expect(phone.device.attention).not.toBeNull();
    expect(phone.wait(600_000).discover().device.attention).toBeNull();
  });
});

describe('firmware', () => {
  it('a resynced phone that takes the load it was told goes on to firmware, rebooted and resynced', () => {
    const phone = story().boot().profile(LOAD).line(SUCCESS);
    expect(phone.device).toMatchObject({ stage: 'resynced', wantedLoad: LOAD });
    expect(phone.file(`/${LOAD}`).device.stage).toBe('firmware');
    expect(phone.device.stages.resynced).toBeUndefined();
    expect(phone.file('/rootfs288xx.sbn').device.stages.firmware).toMatchObject({ lines: 2 });
    expect(phone.wait(240_000).boot().device.stage).toBe('rebooted');
    expect(phone.line(SUCCESS).device.stage).toBe('resynced');
  });

  it('a load that the phone shows is not wanted any more', () => {
    const phone = story().boot().profile(LOAD);
    phone.see('http', { facts: { path: '/8841-3PCC.xml', userAgent: `Cisco-CP-8841-3PCC/11.3.2MPP0001 (${MAC})` }, outcome: { kind: 'heard' } });
    expect(phone.device).toMatchObject({ wantedLoad: null, firmware: '11.3.2MPP0001' });
    expect(phone.profile(LOAD).device.wantedLoad).toBeNull();
  });

  it('another firmware in the User-Agent proves the reboot where DHCP is not ours', () => {
    const agent = (version: string) => ({ facts: { path: '/x', userAgent: `Cisco-CP-8841-3PCC/${version} (${MAC})` }, outcome: { kind: 'heard' } as const });
    const phone = story().see('http', agent('11.0')).profile(LOAD).file('/kern288xx.sbn').see('http', agent('11.3.2MPP0001-609'));
    expect(phone.device.stage).toBe('rebooted');
  });

  it('a successful upgrade line speaks for the firmware', () => {
    expect(story().boot().profile(LOAD).line(`Successful upgrade http://10.20.0.1:80/${LOAD} -- `).device).toMatchObject({ stage: 'firmware', wantedLoad: null });
  });

  it('a failed upgrade is trouble until one succeeds', () => {
    const phone = story().boot().profile(LOAD).line('Upgrade failed: http_get failed');
    expect(phone.device.attention).toMatchObject({ code: 'phone.upgrade-failed', params: { error: 'http_get failed' } });
    expect(phone.line(SUCCESS).device.attention).not.toBeNull();
    expect(phone.line('Successful upgrade http://10.20.0.1/x.loads').device.attention).toBeNull();
  });
});

describe('trouble', () => {
  it('a refused profile is told in the words of the phone, beside the stage', () => {
    const phone = story().boot().profile().line('Resync failed: corrupt file');
    expect(phone.device).toMatchObject({ stage: 'profile', attention: { code: 'phone.resync-failed', params: { error: 'corrupt file' }, since: phone.now } });
  });

  it('the same trouble again keeps its first time', () => {
    const phone = story().boot().line('Resync failed: corrupt file');
    const since = phone.device.attention?.since;
    expect(phone.wait(60_000).line('Resync failed: corrupt file').device.attention?.since).toBe(since);
  });

  it('a profile that is served again does not hide that the phone refused it, a success does', () => {
    const phone = story().boot().line('Resync failed: corrupt file').profile();
    expect(phone.device.attention?.code).toBe('phone.resync-failed');
    expect(phone.line(SUCCESS).device.attention).toBeNull();
    expect(phone.events.some((event) => event.kind === 'cleared' && event.code === 'phone.resync-failed')).toBe(true);
  });

  it('a transfer that ends early names its file, and the same file in full clears it', () => {
    const broken = { kind: 'broken', code: 'tftp.silent', bytes: 512 } as const;
    const phone = story().boot().file('/locale/fr.xml', broken);
    expect(phone.device.attention).toMatchObject({ code: 'phone.transfer-broken', params: { file: 'fr.xml' } });
    expect(phone.file('/logo.png').device.attention).not.toBeNull();
    expect(phone.file('/locale/fr.xml').device.attention).toBeNull();
  });

  it('a client that hangs up before the first byte only asked for the size', () => {
    expect(story().boot().file('/x.loads', { kind: 'broken', code: 'tftp.aborted', bytes: 0 }).device.attention).toBeNull();
  });

  it('an answer that never reached the phone is trouble though no byte was acknowledged', () => {
    expect(story().boot().file('/x.xml', { kind: 'broken', code: 'tftp.never-answered', bytes: 0 }).device.attention?.code).toBe('phone.transfer-broken');
  });

  it('a transfer that the bench ended is not the trouble of the phone', () => {
    expect(story().boot().file('/x.xml', { kind: 'broken', code: 'tftp.stopped', bytes: 4_096 }).device.attention).toBeNull();
  });

  it('a profile that cannot be filled names the variable, until it is served', () => {
    const phone = story().boot().see('tftp', {
      asked: 'RRQ', facts: { path: '/8841-3PCC.xml' },
      outcome: { kind: 'refused', answer: 'error 0', code: 'profile.variable-missing' },
      failure: { code: 'profile.variable-missing', params: { variable: 'ext1' } },
    });
    expect(phone.device).toMatchObject({ stage: 'addressed', attention: { code: 'profile.variable-missing', params: { variable: 'ext1' } } });
    expect(phone.profile().device.attention).toBeNull();
  });

  it('an enterprise load shows itself by its file name', () => {
    const phone = story().boot().file('/SEP00562B043615.cnf.xml', { kind: 'refused', answer: '404', code: 'file.enterprise-load' });
    expect(phone.device.attention).toMatchObject({ code: 'file.enterprise-load', params: { file: 'SEP00562B043615.cnf.xml' } });
  });

  it('a missing file is no trouble: phones try several names on purpose', () => {
    expect(story().boot().file('/whatever.xml', { kind: 'refused', answer: '404', code: 'file.not-found' }).device.attention).toBeNull();
  });
});

describe('who it is', () => {
  it('facts come from the wire, with their origins', () => {
    const { device } = story().boot().see('http', { facts: { path: '/x', userAgent: `Cisco-CP-8841-3PCC/11.0 (${MAC})` }, outcome: { kind: 'heard' } });
    expect(device).toMatchObject({ model: 'CP-8841-3PCC', firmware: '11.0', vendorClass: 'Cisco Systems, Inc. IP Phone CP-8841-3PCC' });
    expect(device.origins).toMatchObject({ mac: ['list', 'chaddr', 'user-agent'], model: ['option60', 'user-agent'], firmware: ['user-agent'] });
  });

  it('an enterprise spelling does not replace the Multiplatform one', () => {
    const phone = story().boot().see('dhcp', { asked: 'INFORM', outcome: { kind: 'heard' }, facts: { chaddr: MAC, vendorClass: 'Cisco Systems, Inc. IP Phone CP-8841' } });
    expect(phone.device.model).toBe('CP-8841-3PCC');
  });

  it('loopback is nobody\'s address', () => {
    const phone = story().see('http', { address: '127.0.0.1', facts: { path: `/${MAC}.cfg` }, outcome: { kind: 'heard' } });
    expect(phone.device.ip).toBeNull();
  });
});
