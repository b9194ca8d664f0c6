import { readdirSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profileCommand } from '../../../main/cli/profile/profile.ts';
import { runCommand } from '../../support/run-command.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbench-lint-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const run = (...args: readonly string[]) => runCommand(profileCommand, args);

const CLEAN = '<flat-profile>\n<GPP_A ua="na">1</GPP_A>\n</flat-profile>\n';
const WRONG = '<flat-profile>\n<GPP_A ua="na">a & b</GPP_A>\n<GPP_B>1</GPP_B>\n</flat-profile>\n';

describe('dialbench profile lint', () => {
  it('a clean file is exit 0 and prints nothing but the count', async () => {
    expect(await run('lint', await file('clean.xml', CLEAN))).toEqual({ code: 0, out: '', err: '0 errors, 0 warnings, 0 hints in 1 file\n' });
  });

  it('findings are lines that editors open, and errors are exit 1', async () => {
    const path = await file('wrong.xml', WRONG);
    const { code, out, err } = await run('lint', path);
    expect(code).toBe(1);
    expect(out.split('\n')[0]).toBe(`${path}:2:18 error A bare & in “& b”. Write &amp; instead. (profile.ampersand)`);
    expect(out.split('\n')[1]).toMatch(/:3:2 hint GPP_B has no ua\. .* \(lint\.ua-missing\)$/);
    expect(err).toBe('1 error, 0 warnings, 1 hint in 1 file\n');
  });

  it('warnings and hints alone are exit 0', async () => {
    expect((await run('lint', await file('hint.xml', '<flat-profile><GPP_A>1</GPP_A></flat-profile>'))).code).toBe(0);
  });

  it('one file that cannot be read is exit 3, and the others are read', async () => {
    const { code, out, err } = await run('lint', join(folder, 'none.xml'), await file('wrong.xml', WRONG), await file('utf16.xml', Buffer.from('\ufeff<a/>', 'utf16le')));
    expect(code).toBe(3);
    expect(out).toContain('wrong.xml:2:18 error');
    expect(err).toMatch(/none\.xml: it cannot be read: ENOENT/);
    expect(err).toMatch(/utf16\.xml: The file is UTF-16/);
  });

  it('--json is one object with sentences, places and edits', async () => {
    const { out } = await run('lint', '--json', await file('wrong.xml', WRONG));
    expect(JSON.parse(out)).toMatchObject({
      errors: 1, warnings: 0, hints: 1,
      files: [{ findings: [{ code: 'profile.ampersand', severity: 'error', line: 2, column: 18, cutsOff: false, fix: { code: 'lint.fix.escape', edits: [{ insert: '&amp;' }] } }, { code: 'lint.ua-missing' }] }],
    });
  });

  it('--model, --bench and --vars bring what only they can tell', async () => {
    const path = await file('site.xml', '<flat-profile>\n<Proxy_11_ ua="na">{{ext}}</Proxy_11_>\n<Restricted_Access_Domains ua="na">a.b</Restricted_Access_Domains>\n<GPP_A ua="na">{{bench_http}} {{name}} {{pin}}</GPP_A>\n</flat-profile>\n');
    const list = await file('site.csv', 'mac;name;ext;pin\n00562b043615;A;101;1\n00562b043616;B;102;\n');
    expect((await run('lint', path)).out).toBe('');
    const { code, out } = await run('lint', path, '--model', '8841', '--bench', '10.20.0.1', '--bench-name', 'bench.internal', '--vars', list);
    expect(code).toBe(1);
    expect(out).toMatch(/:2:2 warning .*lint\.index-beyond/);
    expect(out).toMatch(/:3:36 error .*lint\.domains, cuts the phone off/);
    expect(out).toMatch(/:4:40 error .* pin\. .*lint\.variable-missing/);
    expect(out).not.toMatch(/phone has (?:ext|name|bench_http)/);
    expect((await run('lint', path, '--var', 'EXT', '--var', 'name', '--var', 'pin')).out).not.toContain('lint.variable-missing');
  });

  it('--fix writes what is safe, whole, keeping mode and link, and tells what is left', async () => {
    const path = await file('fix.xml', WRONG.replace('<GPP_B>', '<Sylsog_Server>').replace('</GPP_B>', '</Sylsog_Server>'));
    const link = join(folder, 'link.xml');
    await chmod(path, 0o640);
    await symlink(path, link);
    const { code, out, err } = await run('lint', '--fix', link);
    expect(await readFile(path, 'utf8')).toBe('<flat-profile>\n<GPP_A ua="na">a &amp; b</GPP_A>\n<Sylsog_Server ua="na">1</Sylsog_Server>\n</flat-profile>\n');
    expect([code, (await stat(path)).mode & 0o777]).toEqual([0, 0o640]);
    expect(out).toContain('lint.name-near');
    expect(err).toContain('2 mended');
    expect((await readdir(folder)).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('--help explains, with exit 0', async () => {
    for (const verb of ['lint', 'render', 'rule']) expect(await run(verb, '--help')).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`profile ${verb}`) });
  });

  it('wrong usage is exit 2', async () => {
    const path = await file('clean.xml', CLEAN);
    for (const args of [['lint'], ['lint', '--colour', path], ['lint', '-', '-'], ['lint', '--model', 'toaster', path], ['lint', '--bench-name', 'a', path], ['paint'], [], ['constructor', path]]) {
      expect([args, (await run(...args)).code]).toEqual([args, 2]);
    }
  });
});

describe('the profiles that ship with the app', () => {
  const SHIPPED = fileURLToPath(new URL('../../../resources/templates', import.meta.url));
  const files = readdirSync(SHIPPED).filter((name) => name.endsWith('.xml'));
  /** What each of them asks of a list of phones. */
  const COLUMNS = ['name', 'extension', 'activation_code', 'provisioning_domain', 'proxy_host', 'proxy_port', 'sip_password', 'sip_server', 'sip_user'];

  it('are nine ready-made ones, the starter and what follows an extension', () => expect(files).toHaveLength(11));

  it.each(files)('%s: nothing lacks that the bench or the list fills, in lint and in render', async (name) => {
    const path = join(SHIPPED, name);
    const { code, out } = await run('lint', path, '--bench', '10.20.0.1', ...COLUMNS.flatMap((column) => ['--var', column]));
    expect([code, out.split('\n').filter((line) => line.includes(' error ') || line.includes('variable-missing'))]).toEqual([0, []]);
    const list = await file('shipped.csv', `mac,model,serial,${COLUMNS.join(',')}\n00562b043615,CP-8841-3PCC,FCH1234567A,${COLUMNS.map((column) => `${column}-1`).join(',')}\n`);
    const filled = await run('render', path, '--phones', list, '--mac', '00562b043615', '--bench', '10.20.0.1', '--var', 'key=k', '--var', 'ikm=aaaa');
    expect([filled.code, filled.err]).toEqual([0, '']);
    expect(filled.out).not.toMatch(/\{\{/);
  });

  it('a column that no list has is named', async () => {
    expect((await run('lint', join(SHIPPED, 'office-line.xml'), '--var', 'name')).out).toContain('lint.variable-missing');
  });
});

describe('dialbench profile render', () => {
  it('fills every place of a bench, the authority too', async () => {
    const template = await file('bench.xml', '<a>{{bench_address}} {{bench_http}} {{bench_https}} {{bench_ca}} {{bench_tftp}} {{bench_syslog}} {{bench_ntp}}</a>');
    expect((await run('render', template, '--bench', '10.20.0.1')).out).toBe('<a>10.20.0.1 http://10.20.0.1 https://10.20.0.1 http://10.20.0.1/ca.pem tftp://10.20.0.1 10.20.0.1:514 10.20.0.1</a>');
  });

  const TEMPLATE = '<flat-profile><Display_Name_1_>{{name}}</Display_Name_1_><Password_1_>{{sip}}</Password_1_><Syslog_Server>{{bench_syslog}}</Syslog_Server></flat-profile>\n';

  it('fills a phone of the list, the bench, a file of secrets and the command line', async () => {
    const template = await file('template.xml', TEMPLATE);
    const list = await file('list.csv', 'mac,name\n00:56:2b:04:36:15,Zoé & Co\n');
    const secrets = await file('secrets.txt', '# SIP\r\nsip=a=b<c\r\n\r\n');
    const { code, out } = await run('render', template, '--phones', list, '--mac', '00562B043615', '--bench', '10.20.0.1', '--vars-file', secrets);
    expect(code).toBe(0);
    expect(out).toBe('<flat-profile><Display_Name_1_>Zoé &amp; Co</Display_Name_1_><Password_1_>a=b&lt;c</Password_1_><Syslog_Server>10.20.0.1:514</Syslog_Server></flat-profile>\n');
    expect((await run('render', template, '--vars-file', secrets, '--var', 'name=N', '--var', 'bench_syslog=h')).out).toContain('>N<');
  });

  it('names what lacks, with exit 1 and nothing on stdout', async () => {
    const { code, out, err } = await run('render', await file('template.xml', TEMPLATE), '--var', 'name=N');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('sip, bench_syslog');
  });

  it('a text that is no template is exit 1, a missing file exit 3, wrong flags, an unknown phone and a wrong line exit 2', async () => {
    const template = await file('template.xml', TEMPLATE);
    const list = await file('list.csv', 'mac,name\n00:56:2b:04:36:15,Z\n');
    expect((await run('render', await file('broken.xml', '<a>{{x}'))).code).toBe(1);
    expect((await run('render', template, '--phones', list, '--mac', '00562b043616')).code).toBe(2);
    expect((await run('render', join(folder, 'none.xml'))).code).toBe(3);
    expect((await run('render', template, '--vars-file', await file('bad.txt', 'sip'))).code).toBe(2);
    for (const args of [['render'], ['render', template, template], ['render', template, '--mac', '00562b043615'], ['render', template, '--phones', list, '--mac', 'x'], ['render', template, '--var', 'name']]) {
      expect([args, (await run(...args)).code]).toEqual([args, 2]);
    }
  });
});
