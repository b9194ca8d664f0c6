import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMac } from '../../../common/values/mac.ts';
import { dialbench, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { openPage, type PageClient } from '../../support/page-client.ts';

const MAC = '00562b043615';
const OTHER = '00562b043616';
const mac = (text: string) => parseMac(text) ?? (() => { throw new Error(text); })();
const TEXT = '<flat-profile>\n<Station_Name ua="na">{{name}}</Station_Name>\n</flat-profile>\n';

describe('a profile as it is typed', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;
  let page: PageClient;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'list.csv'), `mac,model,name,extension\n${MAC},8841,Reception,3007\n${OTHER},8841,,3008\n`);
    await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'));
    await writeFile(join(folder.path, 'all.xml'), TEXT);
    await dialbench('profiles', '--data', folder.path, 'add', 'all', join(folder.path, 'all.xml'), '--for', '*');
    bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--https', 'off', '--syslog', '0', '--dns', '0', '--sntp', '0', '--ui', '0']);
    page = await openPage(bench.ui ?? '');
  });
  afterAll(async () => {
    page.close();
    await bench.stop();
    await folder.remove();
  });

  it('names the phones that it cannot be filled for, and the place that they lack', async () => {
    const view = await page.client.profiles.lint({ name: 'all', text: TEXT });
    expect(view).toMatchObject({ phones: 2, unfillable: [{ mac: OTHER, missing: ['name'] }] });
  });

  it('says with a line, a column and a fix what is wrong with it', async () => {
    const text = TEXT.replace('Station_Name', 'Station_name').replace('/Station_Name', '/Station_name');
    const { findings } = await page.client.profiles.lint({ name: 'all', text });
    const found = findings.find(({ span }) => span.line === 2);
    expect(found).toMatchObject({ span: { line: 2 }, fix: expect.anything() as unknown });
    const fixed = (found?.fix?.edits ?? []).toSorted((a, b) => b.from - a.from).reduce((before, { from, to, insert }) => before.slice(0, from) + insert + before.slice(to), text);
    expect(fixed).toBe(TEXT);
  });

  it('says that it would leave this bench out, with the address that phones are told', async () => {
    const text = TEXT.replace('</flat', '<Restricted_Access_Domains ua="na">saint-roch.example</Restricted_Access_Domains>\n</flat');
    const { findings, errors } = await page.client.profiles.lint({ name: 'all', text });
    expect(errors).toBeGreaterThan(0);
    expect(findings.filter(({ cutsOff }) => cutsOff)).toMatchObject([{ span: { line: 3 } }]);
  });

  it('is shown as a form, changed in one element and nowhere else', async () => {
    const fields = await page.client.profiles.form({ text: TEXT });
    expect(fields.find(({ name }) => name === 'Syslog_Server')).toMatchObject({ intent: 'omitted', value: null });
    const edited = await page.client.profiles.edit({ text: TEXT, name: 'Syslog_Server', intent: 'value', value: '10.20.0.1:514' });
    expect(edited).toEqual({ changed: true, text: TEXT.replace('</flat', '<Syslog_Server ua="na">10.20.0.1:514</Syslog_Server>\n</flat') });
    expect((await page.client.profiles.edit({ text: edited.text, name: 'Syslog_Server', intent: 'omitted', value: '' })).text).toBe(TEXT);
  });

  it('knows the parameters of the dictionary and the profiles that ship with the app', async () => {
    const dictionary = await page.client.profiles.dictionary();
    expect(dictionary.find(({ name }) => name === 'Proxy_{n}_')).toMatchObject({ section: 'Proxy and Registration' });
    expect((await page.client.profiles.readyMade()).map(({ name }) => name)).toContain('first-touch');
  });

  it('is filled for one phone before anything is stored', async () => {
    const trial = TEXT.replace('{{name}}', '{{extension}}');
    const preview = await page.client.profiles.preview({ name: 'all', mac: mac(MAC), text: trial });
    expect(preview).toMatchObject({ text: TEXT.replace('{{name}}', '3007'), served: null, protection: { container: 'none' } });
    expect((await page.client.profiles.show({ name: 'all' }))?.text).toBe(TEXT);
    await expect(page.client.profiles.preview({ name: 'all', mac: mac(OTHER), text: TEXT })).rejects.toMatchObject({ data: { code: 'profile.variable-missing' } });
  });

  it('has rules that are walked through with what the bench knows of a phone', async () => {
    const facts = await page.client.rules.facts({ mac: mac(MAC) });
    expect(facts).toMatchObject({ server: '127.0.0.1', macros: { MA: MAC, PSN: '8841-3PCC' } });
    const trace = await page.client.rules.trace({ kind: 'profile', rule: '/$PSN.xml', facts });
    expect(trace.requests).toHaveLength(6);
    expect(trace.requests[0]).toMatchObject({ url: 'tftp://127.0.0.1:69/8841-3PCC.xml' });
    const typed = await page.client.rules.keypad({ text: 'http://10.20.0.1/x.xml', facts });
    expect(typed.requests).toMatchObject([{ url: 'http://10.20.0.1:80/x.xml' }]);
  });
});
