import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { VirtualPhone } from '../../../main/simulator/phone.ts';
import { openTinyBench, plugIn, steps, until } from '../../support/simulator/plug-in.ts';
import { profileOf } from '../../support/simulator/tiny-bench.ts';
import type { TinyBench } from '../../support/simulator/tiny-bench.ts';

const BY_MAC = '/Cisco/CP-8841-3PCC/00562b043615.cfg';
describe('a factory-fresh phone with a given server', () => {
  it('asks by TFTP for the model, then for its MAC, applies that profile and tells syslog of its success', async () => {
    const tiny = await openTinyBench({
      tftp: (name, self) =>
        name === BY_MAC ? profileOf({ Syslog_Server: `127.0.0.1:${self().syslog.port}`, GPP_A: 'x'.repeat(20_000) }) : 1,
    });
    const phone = plugIn(tiny.phone());
    const state = await phone.finished;
    expect(tiny.tftp.asked).toEqual(['RRQ /8841-3PCC.xml', `RRQ ${BY_MAC}`]);
    expect(state).toMatchObject({ phase: 'resynced', reaction: 'A', resyncs: 1, error: null });
    expect(state.profile?.parameters).toBe(2);
    await until(() => tiny.syslog.lines.length > 0);
    expect(tiny.syslog.lines[0]).toMatch(
      new RegExp(`^<133>[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d CP-8841-3PCC 00:56:2b:04:36:15 -- Successful resync tftp://127\\.0\\.0\\.1:${tiny.tftp.port}${BY_MAC}$`),
    );
    await until(() => tiny.tftp.confirmed.includes(BY_MAC));
  });

  it('goes on to HTTP with both names when TFTP has neither, and says who it is in its User-Agent', async () => {
    const tiny = await openTinyBench({
      http: (request, response) => {
        if (request.url === BY_MAC) response.end(profileOf({ Display_Name_1_: 'Anna' }));
        else response.writeHead(404).end();
      },
    });
    const phone = plugIn(tiny.phone());
    expect((await phone.finished).phase).toBe('resynced');
    expect(tiny.tftp.asked).toHaveLength(2);
    expect(tiny.http.seen.map((seen) => seen.url)).toEqual(['/8841-3PCC.xml', BY_MAC]);
    expect(tiny.http.seen[0]?.userAgent).toBe('Cisco-CP-8841-3PCC/11.3.2 (00562b043615)');
  });

  it('ends with reaction B when no server has its file, and asks again after Resync_Error_Retry_Delay', async () => {
    const tiny = await openTinyBench({});
    const phone = plugIn(tiny.phone({ pace: 20_000 }));
    expect(await phone.finished).toMatchObject({ phase: 'failed', reaction: 'B', error: 'File not found' });
    expect(steps(phone, 'asked').map((step) => step.url)).toEqual([
      `tftp://127.0.0.1:${tiny.tftp.port}/8841-3PCC.xml`, `tftp://127.0.0.1:${tiny.tftp.port}${BY_MAC}`,
      `http://127.0.0.1:${tiny.http.port}/8841-3PCC.xml`, `http://127.0.0.1:${tiny.http.port}${BY_MAC}`,
      'https://127.0.0.1/8841-3PCC.xml', `https://127.0.0.1${BY_MAC}`,
    ]);
    await until(() => steps(phone, 'waits').some((step) => step.reason === 'retry'));
    expect(steps(phone, 'waits').find((step) => step.reason === 'retry')?.ms).toBe(180);
    await until(() => phone.state().failures >= 2);
  });

  it('takes a missing file for success when Resync_Fails_On_FNF is No', async () => {
    let given = 0;
    const tiny = await openTinyBench({
      tftp: (name) => (name === '/8841-3PCC.xml' && given++ === 0 ? profileOf({ Resync_Fails_On_FNF: 'No' }) : 1),
    });
    const phone = plugIn(tiny.phone());
    await phone.finished;
    expect(await phone.resync()).toMatchObject({ reaction: 'A', resyncs: 2 });
  });

  it('calls a page of HTML a corrupt file and says so to syslog', async () => {
    let first = true;
    const tiny = await openTinyBench({
      tftp: (_name, self) => {
        if (!first) return Buffer.from('<html><body>Not here<br></body></html>');
        first = false;
        return profileOf({ Syslog_Server: `127.0.0.1:${self().syslog.port}` });
      },
    });
    const phone = plugIn(tiny.phone());
    await phone.finished;
    expect(await phone.resync()).toMatchObject({ phase: 'failed', reaction: 'B', error: 'Corrupt file' });
    await until(() => tiny.syslog.lines.length >= 3);
    expect(tiny.syslog.lines.map((line) => line.replace(/^<133>.{15} /, '').replace(/tftp:.*/, 'URL'))).toEqual([
      'CP-8841-3PCC 00:56:2b:04:36:15 -- Successful resync URL',
      'CP-8841-3PCC 00:56:2b:04:36:15 -- Requesting resync URL',
      'CP-8841-3PCC 00:56:2b:04:36:15 -- Resync failed: Corrupt file',
    ]);
  });

  it('follows the Profile_Rule of its profile from then on, and resyncs by Resync_Periodic', async () => {
    const tiny = await openTinyBench({
      tftp: (name, self) =>
        name === '/8841-3PCC.xml'
          ? profileOf({ Profile_Rule: `http://127.0.0.1:${self().http.port}/p/$MAU.xml?m=$PSN`, Resync_Periodic: '600', Resync_Random_Delay: '0' })
          : 1,
      http: (_request, response) => void response.end(profileOf({ GPP_A: 'now from the provider' })),
    });
    const phone = plugIn(tiny.phone({ pace: 6000 }));
    await phone.finished;
    await until(() => phone.state().resyncs >= 3);
    expect(tiny.http.seen[0]?.url).toBe('/p/00562B043615.xml?m=8841-3PCC');
    expect(tiny.tftp.asked).toHaveLength(1);
    expect(steps(phone, 'waits').filter((step) => step.reason === 'periodic').map((step) => step.ms)).toContain(100);
  });

  it('sends its configuration with secrets hidden, by POST, PUT or TFTP, after the first good resync', async () => {
    const tiny = await openTinyBench({
      tftp: (_name, self) =>
        profileOf({
          Report_Rule: `http://127.0.0.1:${self().http.port}/report/$MA.xml tftp://127.0.0.1/report-$MA.xml`,
          HTTP_Report_Method: 'PUT', Password_1_: 'very-secret', Display_Name_1_: 'Zo&#235; &amp; Co',
        }),
      http: (_request, response) => void response.writeHead(201).end(),
    });
    const phone = plugIn(tiny.phone());
    await phone.finished;
    expect(tiny.http.seen).toHaveLength(1);
    const report = tiny.http.seen[0];
    expect(report).toMatchObject({ method: 'PUT', url: '/report/00562b043615.xml' });
    expect(report?.body).toContain('<Display_Name_1_ ua="na">Zoë &amp; Co</Display_Name_1_>');
    expect(report?.body).toContain('<!-- <Password_1_ ua="na"/> -->');
    expect(report?.body).not.toContain('very-secret');
    expect(tiny.tftp.written.get('/report-00562b043615.xml')?.toString('utf8')).toBe(report?.body);
    expect(steps(phone, 'reported').map((step) => step.status)).toEqual(['201', 'acknowledged']);
  });

  it('reaches nothing but its bench, whatever the profile names', async () => {
    const tiny = await openTinyBench({
      tftp: () => profileOf({ Profile_Rule: 'http://192.0.2.7/a.xml', Syslog_Server: '192.0.2.7', Report_Rule: 'http://report.example.com/x' }),
    });
    const phone = plugIn(tiny.phone());
    await phone.finished;
    expect(await phone.resync()).toMatchObject({ reaction: 'C', error: 'No route to 192.0.2.7' });
    expect(steps(phone, 'report-failed')[0]?.error).toBe('Cannot resolve report.example.com');
    expect(steps(phone, 'said')).toEqual([]);
  });

  it('fails aloud on a rule that it cannot follow', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ Profile_Rule: '[--srv] http://127.0.0.1/x.xml' }) });
    const phone = plugIn(tiny.phone());
    await phone.finished;
    expect(await phone.resync()).toMatchObject({ reaction: 'C', error: 'SRV lookups are not supported by this virtual phone' });
  });

  it('makes no resync once Provision_Enable is No', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ Provision_Enable: 'No' }) });
    const phone = plugIn(tiny.phone());
    await phone.finished;
    expect(await phone.resync()).toMatchObject({ resyncs: 1 });
    expect(tiny.tftp.asked).toHaveLength(1);
  });
});

describe('HTTP statuses, as in table 2 of the guide', () => {
  async function resyncAgainst(respond: (path: string, bench: TinyBench) => [number, Record<string, string>]): Promise<VirtualPhone> {
    const tiny = await openTinyBench({
      tftp: (_name, self) => profileOf({ Profile_Rule: `http://127.0.0.1:${self().http.port}/start.xml` }),
      http: (request, response, self) => {
        const [status, headers] = respond(request.url ?? '', self());
        response.writeHead(status, headers).end(status === 200 ? profileOf({ GPP_B: '1' }) : 'no');
      },
    });
    const phone = plugIn(tiny.phone());
    await phone.finished;
    await phone.resync();
    return phone;
  }

  it.each([301, 302])('follows %i at once', async (status) => {
    const phone = await resyncAgainst((path) => (path === '/start.xml' ? [status, { Location: '/there.xml?x=1' }] : [200, {}]));
    expect(phone.state()).toMatchObject({ reaction: 'A', resyncs: 2 });
    expect(steps(phone, 'redirected')[0]?.to).toMatch(/\/there\.xml\?x=1$/);
  });

  it.each([303, 307, 308, 400, 403, 410, 500, 501, 502, 503, 504, 599])('takes %i for reaction C', async (status) => {
    const phone = await resyncAgainst(() => [status, { Location: '/there.xml' }]);
    expect(phone.state()).toMatchObject({ reaction: 'C', error: `HTTP status ${status}` });
  });

  it('takes 404 for reaction B', async () => {
    expect((await resyncAgainst(() => [404, {}])).state()).toMatchObject({ reaction: 'B', error: 'File not found' });
  });

  it.each([401, 407])('takes %i without credentials for reaction C', async (status) => {
    expect((await resyncAgainst(() => [status, { 'WWW-Authenticate': 'Basic realm="x"' }])).state()).toMatchObject({ reaction: 'C' });
  });

  it('ends a loop of redirects', async () => {
    const phone = await resyncAgainst(() => [302, { Location: '/start.xml' }]);
    expect(phone.state()).toMatchObject({ reaction: 'C', error: 'Too many redirects' });
    expect(steps(phone, 'redirected')).toHaveLength(5);
  });

  it('does not follow a redirect to HTTPS, which it does not speak', async () => {
    const phone = await resyncAgainst(() => [301, { Location: 'https://127.0.0.1/x.xml' }]);
    expect(phone.state()).toMatchObject({ reaction: 'C' });
  });
});

describe('faults', () => {
  it('vanish-before-last-ack takes every byte and leaves the last block unacknowledged', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ GPP_A: 'y'.repeat(2000) }) });
    const phone = plugIn(tiny.phone({ faults: ['vanish-before-last-ack'] }));
    expect(await phone.finished).toMatchObject({ reaction: 'A' });
    expect(tiny.tftp.confirmed).toEqual([]);
  });

  it('reboot-mid-transfer stops in the middle, starts again and then comes through', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ GPP_A: 'y'.repeat(5000) }) });
    const phone = plugIn(tiny.phone({ faults: ['reboot-mid-transfer'] }));
    expect(await phone.finished).toMatchObject({ reaction: 'A', resyncs: 1 });
    expect(steps(phone, 'powered').map((step) => step.boot)).toEqual([1, 2]);
    expect(tiny.tftp.asked).toHaveLength(2);
    await until(() => tiny.tftp.confirmed.length === 1);
  });

  it('reboot-mid-transfer over HTTP breaks the connection', async () => {
    const tiny = await openTinyBench({ http: (_request, response) => void response.end(profileOf({ GPP_A: 'y'.repeat(5000) })) });
    const phone = plugIn(tiny.phone({ faults: ['reboot-mid-transfer'] }));
    expect(await phone.finished).toMatchObject({ reaction: 'A' });
    expect(steps(phone, 'powered')).toHaveLength(2);
  });

  it('slow still gets its profile', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ GPP_A: 'y'.repeat(1500) }) });
    expect(await plugIn(tiny.phone({ faults: ['slow'] })).finished).toMatchObject({ reaction: 'A' });
  });

  it('no-syslog says nothing', async () => {
    const tiny = await openTinyBench({ tftp: (_name, self) => profileOf({ Syslog_Server: `127.0.0.1:${self().syslog.port}` }) });
    const phone = plugIn(tiny.phone({ faults: ['no-syslog'] }));
    await phone.finished;
    await phone.resync();
    expect(steps(phone, 'said')).toEqual([]);
  });

  it('enterprise-load asks for its SEP file and takes no profile', async () => {
    const tiny = await openTinyBench({ tftp: () => 1 });
    const phone = plugIn(tiny.phone({ faults: ['enterprise-load'] }));
    expect((await phone.finished).error).toContain('enterprise load');
    expect(tiny.tftp.asked).toContain('RRQ SEP00562B043615.cnf.xml');
    expect(tiny.http.seen).toEqual([]);
  });
});

describe('what no rule should bring about', () => {
  it.each([['GPP_A', '😀', '%F0%9F%98%80'], ['A:0:1', '😀', '%EF%BF%BD']])('a path with $(%s) of %s is asked as %s', async (macro, value, encoded) => {
    const name = macro === 'GPP_A' ? '$A' : `$(${macro})`;
    const tiny = await openTinyBench({
      tftp: (_name, self) => profileOf({ GPP_A: value, Profile_Rule: `http://127.0.0.1:${self().http.port}/${name}.xml` }),
      http: (_request, response) => void response.end(profileOf({ GPP_B: '1' })),
    });
    const phone = plugIn(tiny.phone());
    await phone.finished;
    expect(await phone.resync()).toMatchObject({ reaction: 'A' });
    expect(tiny.http.seen[0]?.url).toBe(`/${encoded}.xml`);
  });

  it('a defect of the virtual phone itself is told as a failure, and it goes on', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ GPP_A: '1' }) });
    let broken = true;
    const phone = plugIn(tiny.phone({
      log: (event) => {
        if (!broken || event.kind !== 'applied') return;
        broken = false;
        throw new Error('no such thing');
      },
    }));
    expect(await phone.finished).toMatchObject({ phase: 'failed', reaction: 'C', error: 'Defect of the virtual phone: no such thing' });
    expect(await phone.resync()).toMatchObject({ phase: 'resynced', reaction: 'A' });
  });
});

describe('power', () => {
  it('goes off in the middle of a transfer and leaves nothing behind', async () => {
    const tiny = await openTinyBench({ http: () => undefined });
    const phone = plugIn(tiny.phone());
    await until(() => tiny.http.seen.length === 1);
    await phone.powerOff();
    expect(phone.state().phase).toBe('off');
    expect((await phone.finished).phase).toBe('off');
  });

  it('a junk answer by TFTP fails the request and kills nothing', async () => {
    const { createSocket } = await import('node:dgram');
    const junk = createSocket('udp4', (_bytes, peer) => junk.send(Buffer.from([0, 6, 98, 97, 100]), peer.port, peer.address));
    junk.bind(0, '127.0.0.1');
    await once(junk, 'listening');
    const tiny = await openTinyBench({});
    const options = tiny.phone();
    const phone = plugIn({ ...options, server: { ...options.server, tftpPort: junk.address().port } });
    expect(await phone.finished).toMatchObject({ reaction: 'B' });
    expect(steps(phone, 'not-got')[0]).toMatchObject({ reaction: 'C' });
    junk.close();
  });
});
