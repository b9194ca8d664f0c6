import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseMac } from '../../../common/values/mac.ts';
import { dialbench, run, startBench, temporaryFolder } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { openPage } from '../../support/page-client.ts';

/** An RFC 8188 decoder by other hands; it ships no types. */
const ece = createRequire(import.meta.url)('http_ece') as {
  decrypt(body: Buffer, options: { version: string; key: string }): Buffer;
  encrypt(body: Buffer, options: { version: string; key: string; salt: Buffer }): Buffer;
};
const MAC = parseMac('00562b043615') ?? fail();
const FIRST_TOUCH = `<flat-profile>
<GPP_SA ua="na">{{key}}</GPP_SA>
<Profile_Rule ua="na">[--key $SA]{{bench_http}}/p/$MA.xml</Profile_Rule>
</flat-profile>
`;
const OFFICE = `<flat-profile>
<Display_Name_1_ ua="na">{{name}}</Display_Name_1_>
<Password_1_ ua="na">{{sip_password}}</Password_1_>
<Report_Rule ua="na">{{bench_http}}/reports/$MA.xml</Report_Rule>
</flat-profile>
`;

function fail(): never {
  throw new Error('no MAC');
}

/** A bench with a first-touch profile in clear and the office profile, encrypted, under its own name. */
async function openProtected() {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  await writeFile(at('list.csv'), `mac,name,sip_password\n${MAC},Réception,hunter2-of-3007\n`);
  await writeFile(at('first.xml'), FIRST_TOUCH);
  await writeFile(at('office.xml'), OFFICE);
  expect((await dialbench('phones', '--data', folder.path, 'import', at('list.csv'))).code).toBe(0);
  expect((await dialbench('profiles', '--data', folder.path, 'add', 'first', at('first.xml'), '--for', '*')).code).toBe(0);
  const added = await dialbench('profiles', '--data', folder.path, 'add', 'office', at('office.xml'), '--for', '*', '--path', 'p/$MA.xml');
  expect(added).toMatchObject({ code: 0, stdout: 'office is stored, for *, served as /p/$MA.xml\n' });
  const bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--https', 'off', '--syslog', '0', '--dns', '0', '--sntp', '0', '--ui', '0']);
  const page = await openPage(bench.ui ?? '');
  const url = (path: string): string => `http://127.0.0.1:${bench.servers.http.port}${path}`;
  const close = async (): Promise<void> => {
    page.close();
    expect(await bench.stop()).toBe(0);
    await folder.remove();
  };
  return { folder, at, page, url, bench, close };
}

describe('a bench that encrypts', () => {
  it('hands a phone its key by the first touch, and its profile in a file that openssl opens with it', async () => {
    const { at, page, url, close } = await openProtected();
    const office = { name: 'office', scope: '*', path: 'p/$MA.xml' } as const;
    await page.client.profiles.place({ ...office, protection: { container: 'gzip-aes', digest: 'md5', ikmForm: 'base64url', key: 'phone' } });
    const early = await run('curl', ['-s', '-o', at('early'), '-w', '%{http_code}', url(`/p/${MAC}.xml`)]);
    expect(early.stdout).toBe('503');
    expect(await page.client.keys.makeForPhones({ macs: [MAC], use: 'passphrase' })).toEqual({ made: 1 });

    const first = await run('curl', ['-s', url(`/${MAC}.xml`)]);
    const key = /<GPP_SA ua="na">([\w-]{43})</.exec(first.stdout)?.[1] ?? '';
    expect(first.stdout).toContain(`[--key $SA]${url('/p/$MA.xml')}`);
    await run('curl', ['-s', '-o', at('office.aes'), url(`/p/${MAC}.xml`)]);
    const opened = await run('sh', ['-c', `openssl enc -d -aes-256-cbc -md md5 -k ${key} -in ${at('office.aes')} 2>/dev/null | gunzip`]);
    expect(opened.stdout).toContain('<Password_1_ ua="na">hunter2-of-3007</Password_1_>');

    const again = await run('curl', ['-s', url(`/p/${MAC}.xml`), '-o', at('again.aes')]);
    expect((await run('cmp', [at('office.aes'), at('again.aes')])).code, again.stderr).toBe(0);
    const view = await page.client.phones.profile({ mac: MAC });
    expect(JSON.stringify(view)).not.toContain('hunter2');
    expect(JSON.stringify(view)).not.toContain(key);
    await close();
  });

  it('sends RFC 8188 with its header over HTTP', async () => {
    const { at, page, url, close } = await openProtected();
    await page.client.keys.take({ owner: { kind: 'customer', name: 'Saint-Roch' }, use: 'ikm', text: 'yqdlZ-tYemfogSmv7Ws5PQ' });
    await page.client.profiles.place({
      name: 'office', scope: '*', path: 'p/$MA.xml',
      protection: { container: 'aes128gcm', digest: 'md5', ikmForm: 'base64url', key: { shared: 'Saint-Roch' } },
    });
    const head = await run('curl', ['-s', '-D', '-', '-o', at('office.gcm'), url(`/p/${MAC}.xml`)]);
    expect(head.stdout).toMatch(/content-encoding: aes128gcm\r/i);
    const plain = ece.decrypt(await readFile(at('office.gcm')), { version: 'aes128gcm', key: 'yqdlZ-tYemfogSmv7Ws5PQ' });
    expect(plain.toString('utf8')).toContain('hunter2-of-3007');
    await close();
  });

  it('takes the phone’s own report, encrypted or not, as the proof of what it holds', async () => {
    const { at, page, url, close } = await openProtected();
    await page.client.keys.take({ owner: { kind: 'phone', mac: MAC }, use: 'passphrase', text: 'SecretPhrase1234' });
    await run('curl', ['-s', url(`/${MAC}.xml`)]);
    await run('curl', ['-s', url(`/p/${MAC}.xml`)]);
    const send = (body: string) => run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', '--data-binary', `@${body}`, url(`/reports/${MAC}.xml`)]);
    const held = (name: string) =>
      `<device><flat-profile><Display_Name_1_ ua="na">${name}</Display_Name_1_><!-- <Password_1_ ua="na"/> --><!-- <GPP_SA ua="na"/> -->` +
      `<Profile_Rule ua="na">[--key $SA]${url('/p/$MA.xml')}</Profile_Rule><Report_Rule ua="na">${url('/reports/$MA.xml')}</Report_Rule>` +
      '<Time_Zone ua="na">GMT-08:00</Time_Zone></flat-profile></device>';

    await writeFile(at('other.xml'), held('Somebody'));
    expect((await send(at('other.xml'))).stdout).toBe('200');
    await eventually(async () => {
      expect((await page.client.phones.page({ mac: MAC }))?.phone).toMatchObject({ stage: 'reported', attention: { code: 'phone.report-differs', params: { count: 1 } } });
    });
    expect(await page.client.reports.compare({ mac: MAC })).toContainEqual({ name: 'Display_Name_1_', served: 'Réception', reported: 'Somebody', verdict: 'different' });

    await writeFile(at('held.xml'), held('Réception'));
    await run('openssl', ['enc', '-aes-256-cbc', '-md', 'md5', '-k', 'SecretPhrase1234', '-in', at('held.xml'), '-out', at('held.aes')]);
    expect((await send(at('held.aes'))).stdout).toBe('200');
    await eventually(async () => {
      expect((await page.client.phones.page({ mac: MAC }))?.phone).toMatchObject({ stage: 'proved', attention: null });
    });
    const { rows } = await page.client.reports.list({ mac: MAC, limit: 10 });
    expect(rows).toMatchObject([{ kind: 'report', encrypted: 'aes', failure: null }, { kind: 'report', encrypted: null }]);
    await close();
  });

  it('takes reports by PUT in RFC 8188 and by TFTP, each under a name of its own', async () => {
    const { folder, at, page, url, bench, close } = await openProtected();
    const ikm = 'yqdlZ-tYemfogSmv7Ws5PQ';
    await page.client.keys.take({ owner: { kind: 'phone', mac: MAC }, use: 'ikm', text: ikm });
    const report = '<flat-profile><Display_Name_1_ ua="na">Réception</Display_Name_1_></flat-profile>';
    await writeFile(at('report.gcm'), ece.encrypt(Buffer.from(report), { version: 'aes128gcm', key: ikm, salt: Buffer.alloc(16, 7) }));
    const put = ['-s', '-o', '/dev/null', '-w', '%{http_code}', '-T', at('report.gcm'), url(`/reports/${MAC}.xml`)];
    expect((await run('curl', ['-H', 'Content-Encoding: aes128gcm', ...put])).stdout).toBe('201');
    expect((await run('curl', put)).stdout).toBe('201');
    await writeFile(at('report.xml'), report);
    expect((await run('curl', ['-s', '-T', at('report.xml'), `tftp://127.0.0.1:${bench.servers.tftp.port}/reports/${MAC}.xml`])).code).toBe(0);
    await eventually(async () => {
      const { rows } = await page.client.reports.list({ mac: MAC, limit: 10 });
      expect(rows).toMatchObject([
        { kind: 'report', encrypted: null, parameters: 1, failure: null },
        // Without its header the coding cannot be recognised: kept as it came, and said.
        { kind: 'other', encrypted: null, parameters: 0 },
        { kind: 'report', encrypted: 'aes128gcm', parameters: 1, failure: null },
      ]);
    });
    expect(await readdir(join(folder.path, 'uploads'))).toHaveLength(3);
    await close();
  });

  it('answers a --post rule with the profile, and keeps the body under a name of its own', async () => {
    const { folder, page, url, close } = await openProtected();
    const answer = await run('curl', ['-s', '--data-binary', 'asset=4711&code=hunter2&password=hunter3', url(`/p/${MAC}.xml`)]);
    expect(answer.stdout).toContain('<Display_Name_1_');
    const { rows } = await page.client.reports.list({ mac: MAC, limit: 10 });
    expect(rows).toMatchObject([{ kind: 'post', bytes: 40, failure: null }]);
    expect(await readdir(join(folder.path, 'uploads'))).toEqual([rows[0]?.stored]);
    const text = await page.client.reports.text({ id: rows[0]?.id ?? 0 });
    expect(text?.text).toContain('asset=4711');
    expect(text?.text).toContain('code=');
    expect(text?.text).not.toContain('hunter');
    await close();
  });

  it('writes no version for a text that is the same, and refuses to overwrite somebody else’s', async () => {
    const { page, close } = await openProtected();
    const before = await page.client.profiles.show({ name: 'office' });
    const text = before?.text ?? '';
    expect((await page.client.profiles.add({ name: 'office', text, base: 1 })).view).toEqual(before?.view);
    const saved = await page.client.profiles.add({ name: 'office', text: text.replace('</flat', '<GPP_A ua="na">1</GPP_A>\n</flat'), base: 1 });
    expect(saved.view).toMatchObject({ version: 2, scope: '*', path: 'p/$MA.xml' });
    await expect(page.client.profiles.add({ name: 'office', text, base: 1 })).rejects.toMatchObject({ data: { code: 'template.changed' } });
    expect(await page.client.profiles.history({ name: 'office' })).toMatchObject([{ version: 2, added: 1, removed: 0 }, { version: 1, added: 6, removed: 0 }]);
    await close();
  });
});
