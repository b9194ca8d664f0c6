import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { dialbench, run, startBench, temporaryFolder } from '../../support/bench-process.ts';

const LOAD = 'sip88xx.12-0-7MPP0201-66.loads';
const KERNEL = 'kern288xx.12-0-7MPP0201-66.sbn';
const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('skipped: a firmware catalogue on a full disk (needs root)');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => { folder = await temporaryFolder(); });
afterEach(() => folder.remove());

const at = (...names: string[]): string => join(folder.path, ...names);
const firmware = (...args: string[]) => dialbench('firmware', '--data', at('bench'), ...args);

async function sample(): Promise<string> {
  const made = await dialbench('firmware', 'make-sample', at('sample'), '--mb', '2');
  expect(made.code, made.stderr).toBe(0);
  return at('sample');
}

async function zip(name: string, entries: Readonly<Record<string, Buffer>>, change: (bytes: Buffer) => Buffer = (bytes) => bytes): Promise<string> {
  const file = new yazl.ZipFile();
  for (const [entry, bytes] of Object.entries(entries)) file.addBuffer(bytes, entry);
  file.end();
  await pipeline(file.outputStream, createWriteStream(at(name)));
  await writeFile(at(name), change(await readFile(at(name))));
  return at(name);
}

describe('the firmware catalogue', () => {
  it('takes a folder, says that the same again is the same, and finds a file that changed on the disk', async () => {
    const source = await sample();
    const added = await firmware('add', source);
    expect(added).toMatchObject({ code: 0 });
    expect(added.stdout).toMatch(/12-0-7MPP0201-66\.loads\t2000507\t8811 8841 8851 8861\t5 of 5 files\tcomplete/);
    expect((await firmware('add', source)).stdout).not.toContain('added');
    expect((await firmware('verify')).code).toBe(0);
    await writeFile(at('bench', 'firmware', KERNEL), Buffer.alloc(180_000));
    expect(await firmware('verify')).toMatchObject({ code: 1, stdout: expect.stringContaining(`changed\t${KERNEL}`) as string });
    expect((await firmware('add', source)).code).toBe(0);
    expect((await firmware('verify')).code).toBe(0);
  });

  it('takes a zip with folders and a readme, and names the image that lacks', async () => {
    const source = await sample();
    const list = await readFile(join(source, LOAD));
    const partial = await zip('load.zip', { [`88xx/${LOAD}`]: list, '88xx/readme.txt': Buffer.from('hello'), [`88xx/${KERNEL}`]: await readFile(join(source, KERNEL)) });
    const added = await firmware('add', partial);
    expect(added.code).toBe(1);
    expect(added.stdout).toContain('skipped\treadme.txt');
    expect(added.stdout).toContain('missing rootfs288xx.12-0-7MPP0201-66.sbn');
  });

  it('never puts another content in the place of a file, unless told to and nobody asks for it', async () => {
    const source = await sample();
    await firmware('add', source);
    await mkdir(at('other'));
    await writeFile(at('other', KERNEL), 'another kernel');
    const refused = await firmware('add', at('other', KERNEL));
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`Another ${KERNEL} is here already`) as string });
    await writeFile(at('upgrade.xml'), `<flat-profile><Upgrade_Rule ua="na">http://10.0.0.1/${LOAD}</Upgrade_Rule></flat-profile>`);
    await dialbench('profiles', '--data', at('bench'), 'add', 'upgrade', at('upgrade.xml'));
    expect(await firmware('add', at('other', KERNEL), '--replace')).toMatchObject({ code: 1, stderr: expect.stringContaining('upgrade') as string });
    expect(await firmware('remove', LOAD)).toMatchObject({ code: 1, stderr: expect.stringContaining('upgrade') as string });
    await dialbench('profiles', '--data', at('bench'), 'remove', 'upgrade');
    expect((await firmware('add', at('other', KERNEL), '--replace')).code).toBe(0);
    expect((await firmware('remove', LOAD)).code).toBe(0);
    expect(await readdir(at('bench', 'firmware'))).toEqual([]);
  });

  it.each([
    ['a name that leads out of its folder', (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replaceAll('aa/bb/cc.sbn', '../../cc.sbn'), 'latin1')],
    ['an absolute name', (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replaceAll('aa/bb/cc.sbn', '/etc/bbc.sbn'), 'latin1')],
  ])('refuses a zip with %s whole', async (_, change) => {
    const bad = await zip('bad.zip', { 'aa/bb/cc.sbn': Buffer.from('x'), [KERNEL]: Buffer.from('y') }, change);
    expect(await firmware('add', bad)).toMatchObject({ code: 1, stderr: expect.stringContaining('refused whole') as string });
    expect(await readdir(at('bench', 'firmware'))).toEqual([]);
  });

  it('refuses a bomb, a damaged zip, a link and what is not there, and keeps nothing of them', async () => {
    const bomb = await zip('bomb.zip', { [KERNEL]: Buffer.alloc(50_000_000) });
    expect((await firmware('add', bomb)).stderr).toContain('unpacks to far more');
    await writeFile(at('torn.zip'), (await readFile(bomb)).subarray(0, 2_000));
    expect((await firmware('add', at('torn.zip'))).stderr).toContain('damaged');
    await symlink('/etc/passwd', at('link.sbn'));
    expect((await firmware('add', at('link.sbn'))).stderr).toContain('Links are not followed');
    expect(await firmware('add', at('nowhere.zip'))).toMatchObject({ code: 1, stderr: expect.stringContaining('is not there') as string });
    expect(await readdir(at('bench', 'firmware')).then((names) => names.filter((name) => name !== '.incoming'))).toEqual([]);
  });

  it.skipIf(!isRoot)('says that the disk is full and keeps nothing half-written', async () => {
    await mkdir(at('bench'));
    expect((await run('mount', ['-t', 'tmpfs', '-o', 'size=270m', 'tmpfs', at('bench')])).code).toBe(0);
    try {
      await dialbench('firmware', 'make-sample', at('large'), '--mb', '30');
      const added = await firmware('add', at('large'));
      expect(added).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no room') as string });
      expect(await readdir(at('bench', 'firmware', '.incoming')).catch(() => [])).toEqual([]);
    } finally {
      await run('umount', [at('bench')]);
    }
  });

  it('plans the way of each phone, and writes the rule into a template that then asks for it', async () => {
    await dialbench('firmware', 'make-sample', at('a'), '--mb', '1', '--load', 'sip88xx.11-3-1MSR3-1.loads');
    await firmware('add', await sample(), at('a'));
    await writeFile(at('list.csv'), 'mac,model\n00562b043615,8841\n00562b043616,8845\n');
    await dialbench('phones', '--data', at('bench'), 'import', at('list.csv'));
    await writeFile(at('all.xml'), '<flat-profile>\n  <Upgrade_Rule ua="na"/>\n</flat-profile>\n');
    await dialbench('profiles', '--data', at('bench'), 'add', 'all', at('all.xml'), '--for', '*');
    const planned = await firmware('plan', LOAD, '--through', 'sip88xx.11-3-1MSR3-1.loads', '--into', 'all');
    expect(planned, planned.stderr).toMatchObject({ code: 0 });
    expect(planned.stdout).toContain('CP-8841-3PCC\t1 phones\tversion unknown\t11-3-1MSR3-1 -> 12-0-7MPP0201-66');
    const template = await dialbench('profiles', '--data', at('bench'), 'show', 'all');
    expect(template.stdout).toContain(`( $SWVER lt sip88xx.12-0-7MPP0201-66 )? {{bench_http}}/firmware/$MA/${LOAD}</Upgrade_Rule>`);
    expect(template.stdout).toContain('<Peer_Firmware_Sharing ua="na">No<');
    expect(await firmware('plan', LOAD, '--for', '00562b043616')).toMatchObject({ code: 1, stdout: expect.stringContaining('does not take loads of sip88xx') as string });
    expect(await firmware('remove', LOAD)).toMatchObject({ code: 1, stderr: expect.stringContaining('asked for by all') as string });
  });

  it('is served to an enrolled phone under the exact name, whole, over HTTP and TFTP, and to nobody else', async () => {
    const source = await sample();
    await writeFile(at('list.csv'), 'mac\n00562b043615\n');
    await dialbench('phones', '--data', at('bench'), 'import', at('list.csv'));
    await firmware('add', source);
    const bench = await startBench(['--data', at('bench'), '--tftp', '0', '--http', '0', '--https', 'off', '--syslog', '0', '--dns', '0', '--sntp', '0', '--ui', 'off']);
    const url = `http://127.0.0.1:${bench.servers.http.port}/firmware/${KERNEL}`;
    const agent = 'Cisco-CP-8841-3PCC/11.0 (00562b043615)';
    await run('curl', ['-s', '-A', agent, '-o', at('got'), url]);
    const sha = async (file: string): Promise<string> => createHash('sha256').update(await readFile(file)).digest('hex');
    expect(await sha(at('got'))).toBe(await sha(join(source, KERNEL)));
    await run('curl', ['-s', '-A', agent, '-r', '100-199', '-o', at('part'), url]);
    expect((await readFile(at('part'))).equals((await readFile(join(source, KERNEL))).subarray(100, 200))).toBe(true);
    expect((await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', url])).stdout).toBe('404');
    await rm(at('bench', 'firmware', KERNEL));
    expect(await bench.stop()).toBe(0);
  });
});
