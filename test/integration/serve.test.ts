import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dialbench, FREE_PORTS, run, startBench, temporaryFolder, type BenchProcess } from '../support/bench-process.ts';
import { eventually } from '../support/eventually.ts';

const MAC = '00562b043615';
const LIST = `mac;model;serial;name;extension
00:56:2B:04:36:15;CP-8841-3PCC;FCH2443D9R4;Réception;0042
00562b043616;8851-3PCC;;Chambre "7";+33 1
oops;CP-8841-3PCC;;;
`;
const TEMPLATE = `<flat-profile>
  <Station_Name ua="na">{{name}}</Station_Name>
  <Short_Name_1_ ua="na">{{extension}}</Short_Name_1_>
  <Profile_Rule ua="na">/Cisco/$PN/$MA.cfg</Profile_Rule>
  <User_Password>hush-hush</User_Password>
</flat-profile>
`;

interface StatusJson {
  readonly phones: readonly { readonly mac: string; readonly stage: string; readonly model: string | null; readonly attention: { readonly sentence: string } | null }[];
}

describe('a bench that is served', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;
  const data = (): readonly string[] => ['--data', folder.path];
  const http = (path: string): string => `http://127.0.0.1:${bench.servers.http.port}${path}`;
  const tftp = (path: string): string => `tftp://127.0.0.1:${bench.servers.tftp.port}${path}`;
  const status = async (): Promise<StatusJson> => JSON.parse((await dialbench('status', ...data(), '--json')).stdout) as StatusJson;
  const phone = async (mac = MAC): Promise<StatusJson['phones'][number] | undefined> => (await status()).phones.find((one) => one.mac === mac);

  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'list.csv'), LIST);
    await writeFile(join(folder.path, 'profile.xml'), TEMPLATE);
    expect(await dialbench('phones', ...data(), 'import', join(folder.path, 'list.csv'))).toMatchObject({
      code: 1, stdout: '2 added, 0 changed, 0 the same, 1 rejected\n', stderr: expect.stringContaining('line 4') as string,
    });
    expect((await dialbench('profiles', ...data(), 'add', 'all', join(folder.path, 'profile.xml'), '--for', '*')).code).toBe(0);
    await mkdir(join(folder.path, 'files'), { recursive: true });
    await writeFile(join(folder.path, 'files', 'logo.png'), 'not really a picture');
    bench = await startBench([...data(), ...FREE_PORTS]);
  });
  afterAll(async () => {
    expect(await bench.stop()).toBe(0);
    await folder.remove();
  });

  it('tells every server in its ready line', () => {
    expect(bench.servers).toMatchObject({
      tftp: { state: 'listening', address: '127.0.0.1' },
      http: { state: 'listening', address: '127.0.0.1' },
      syslog: { state: 'listening', address: '127.0.0.1' },
      dns: { state: 'listening', address: '127.0.0.1' },
      sntp: { state: 'listening', address: '127.0.0.1' },
      dhcp: { state: 'off' }, https: { state: 'off' }, cwmp: { state: 'off' },
    });
  });

  it.each(['/Cisco/CP-8841-3PCC/00562b043615.cfg', '/00-56-2B-04-36-15.xml', '/00562B043615.cfg'])(
    'gives a phone its own profile over HTTP as %s',
    async (path) => {
      const { stdout } = await run('curl', ['-s', http(path)]);
      expect(stdout).toContain('<Station_Name ua="na">Réception</Station_Name>');
      expect(stdout).toContain('<Short_Name_1_ ua="na">0042</Short_Name_1_>');
      expect(stdout).toContain('/Cisco/$PN/$MA.cfg');
    },
  );

  it('gives a phone the same bytes over TFTP and moves it to the profile stage', async () => {
    const overHttp = await run('curl', ['-s', http(`/${MAC}.cfg`)]);
    const overTftp = await run('curl', ['-s', tftp(`/Cisco/CP-8841-3PCC/${MAC}.cfg`)]);
    expect(overTftp.stdout).toBe(overHttp.stdout);
    await eventually(async () => expect(await phone()).toMatchObject({ stage: 'profile', attention: null }));
  });

  it('knows a phone by its User-Agent when the name carries no MAC', async () => {
    const agent = 'Cisco-CP-8841-3PCC/11.0 (00562b043615)';
    const { stdout } = await run('curl', ['-s', '-A', agent, http('/8841-3PCC.xml')]);
    expect(stdout).toContain('Réception');
    const anonymous = await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', http('/8841-3PCC.xml')]);
    expect(anonymous.stdout).toBe('404');
  });

  it('refuses strangers, unknown names and every way out of the folder with one and the same 404', async () => {
    for (const path of ['/00562b999999.cfg', '/nothing.xml', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%5c..%5cwin.ini', '/c:/boot.ini', '/a%00b']) {
      const { stdout } = await run('curl', ['-s', '--path-as-is', '-o', '/dev/null', '-w', '%{http_code}', http(path)]);
      expect(['400', '404'], path).toContain(stdout);
    }
  });

  it('serves static files to adopted phones alone', async () => {
    const agent = 'Cisco-CP-8841-3PCC/11.0 (00562b043615)';
    expect((await run('curl', ['-s', '-A', agent, http('/logo.png')])).stdout).toBe('not really a picture');
    expect((await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', http('/logo.png')])).stdout).toBe('404');
  });

  it('turns the phone’s success line into the stage that counts as done', async () => {
    const line = 'CP-8841-3PCC 00:56:2b:04:36:15 -- Successful resync http://127.0.0.1:80/00562b043615.cfg';
    await run('logger', ['-n', '127.0.0.1', '-P', String(bench.servers.syslog.port), '-d', '--rfc3164', line]);
    await eventually(async () => expect(await phone()).toMatchObject({ stage: 'resynced' }));
  });

  it('shows a failure line as a sentence, and the next success clears it', async () => {
    const say = (text: string) => run('logger', ['-n', '127.0.0.1', '-P', String(bench.servers.syslog.port), '-d', `CP-8841-3PCC 00:56:2b:04:36:15 -- ${text}`]);
    await say('Resync failed: Corrupt file');
    await eventually(async () => expect((await phone())?.attention?.sentence).toBe('The phone refused its profile: Corrupt file'));
    await say('Successful resync tftp://127.0.0.1/x');
    await eventually(async () => expect(await phone()).toMatchObject({ attention: null }));
  });

  it('keeps a chain of evidence without any secret in it', async () => {
    const { stdout } = await dialbench('events', ...data(), '--json');
    expect(stdout).toContain('"RRQ"');
    expect(stdout).not.toContain('hush-hush');
    await eventually(async () =>
      expect(await dialbench('evidence', ...data(), 'verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('the chain is whole') as string }),
    );
  });

  it('refuses a second start on the same workspace and names the owner', async () => {
    const second = await dialbench('serve', ...data(), ...FREE_PORTS);
    expect(second).toMatchObject({ code: 3, stderr: expect.stringContaining(String(bench.pid)) as string });
  });

  it('asks for the login that the list gives, by Digest and by Basic, and takes no other', async () => {
    const list = join(folder.path, 'login.csv');
    await writeFile(list, 'mac,name,extension,http_user,http_password\n00562b043617,Login,7,bench,"p:w "\n');
    expect((await dialbench('phones', ...data(), 'import', list)).code).toBe(0);
    const url = http('/00562b043617.cfg');
    const status = async (...args: string[]) => (await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', ...args, url])).stdout;
    expect(await status()).toBe('401');
    expect(await status('--digest', '-u', 'bench:p:w ')).toBe('200');
    expect(await status('--basic', '-u', 'bench:p:w ')).toBe('200');
    expect(await status('--digest', '-u', 'bench:wrong')).toBe('401');
    expect(await status('--basic', '-u', 'other:p:w ')).toBe('401');
    expect((await dialbench('events', ...data(), '--json')).stdout).not.toContain('p:w ');
  });

  it('starts a new round for the phones that a new template is for', async () => {
    await eventually(async () => expect(await phone()).toMatchObject({ stage: 'resynced' }));
    const template = join(folder.path, 'second.xml');
    await writeFile(template, '<flat-profile><Station_Name>{{name}} again</Station_Name></flat-profile>');
    const added = await dialbench('profiles', ...data(), 'add', 'second', template, '--for', 'CP-8841-3PCC');
    expect(added).toMatchObject({ code: 0, stdout: 'second is stored, for CP-8841-3PCC\n' });
    await eventually(async () => expect(await phone()).toMatchObject({ stage: 'expected' }));
    expect((await run('curl', ['-s', http(`/${MAC}.cfg`)])).stdout).toContain('Réception again');
    await eventually(async () => expect(await phone()).toMatchObject({ stage: 'profile' }));
  });

  it('stores an upload of an adopted phone under a name of its own', async () => {
    const report = join(folder.path, 'report.xml');
    await writeFile(report, '<device/>');
    const put = await run('curl', ['-s', '-T', report, '-o', '/dev/null', '-w', '%{http_code}', http(`/report/${MAC}.xml`)]);
    expect(put.stdout).toBe('201');
    const stranger = await run('curl', ['-s', '-T', report, '-o', '/dev/null', '-w', '%{http_code}', http('/report/00562b999999.xml')]);
    expect(stranger.stdout).toBe('404');
  });
});

describe('a template that asks for what a phone does not have', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;

  beforeEach(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'list.csv'), 'mac,extension\n00562b043615,\n');
    await writeFile(join(folder.path, 'profile.xml'), '<flat-profile><Short_Name_1_>{{extension}}</Short_Name_1_></flat-profile>');
    await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'));
    await dialbench('profiles', '--data', folder.path, 'add', 'all', join(folder.path, 'profile.xml'), '--for', '*');
    bench = await startBench(['--data', folder.path, ...FREE_PORTS]);
  });
  afterEach(async () => {
    await bench.stop();
    await folder.remove();
  });

  it('is answered with 503, never with an empty value, and stands beside the phone in words', async () => {
    const url = `http://127.0.0.1:${bench.servers.http.port}/00562b043615.cfg`;
    expect((await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', url])).stdout).toBe('503');
    await eventually(async () => {
      const { stdout } = await dialbench('status', '--data', folder.path, '--json');
      expect((JSON.parse(stdout) as StatusJson).phones[0]?.attention?.sentence).toContain('extension');
    });
  });
});

describe('a bench that is killed', () => {
  it('has kept every enrolled phone and a whole chain', async () => {
    const folder = await temporaryFolder();
    const bench = await startBench(['--data', folder.path, ...FREE_PORTS]);
    const macs = Array.from({ length: 200 }, (_, index) => `00562b${index.toString(16).padStart(6, '0')}`);
    await writeFile(join(folder.path, 'list.csv'), ['mac', ...macs].join('\n'));
    const imported = await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'));
    expect(imported.stdout).toContain('200 added');
    await bench.kill();
    const listed = await dialbench('phones', '--data', folder.path, 'list', '--json');
    expect((JSON.parse(listed.stdout) as { mac: string }[]).map(({ mac }) => mac).toSorted()).toEqual(macs.toSorted());
    expect((await dialbench('evidence', '--data', folder.path, 'verify')).code).toBe(0);
    await folder.remove();
  });

  it('has lost no row of evidence that anybody was shown, in the middle of a batch', async () => {
    const folder = await temporaryFolder();
    const list = join(folder.path, 'list.csv');
    await writeFile(list, 'mac\n00562b043615\n');
    await writeFile(join(folder.path, 'profile.xml'), '<flat-profile><Station_Name>{{mac}}</Station_Name></flat-profile>');
    await dialbench('phones', '--data', folder.path, 'import', list);
    await dialbench('profiles', '--data', folder.path, 'add', 'all', join(folder.path, 'profile.xml'), '--for', '*');
    const bench = await startBench(['--data', folder.path, ...FREE_PORTS]);
    let killed = false;
    const phones = Array.from({ length: 4 }, async () => {
      while (!killed) await run('curl', ['-s', '--max-time', '2', `tftp://127.0.0.1:${bench.servers.tftp.port}/00562b043615.cfg`]);
    });
    let shown = 0;
    await eventually(async () => {
      shown = (await dialbench('events', '--data', folder.path, '--json')).stdout.trim().split('\n').length;
      expect(shown).toBeGreaterThan(20);
    });
    await bench.kill();
    killed = true;
    await Promise.all(phones);
    const kept = (await dialbench('events', '--data', folder.path, '--json')).stdout.trim().split('\n').length;
    expect(kept).toBeGreaterThanOrEqual(shown);
    expect((await dialbench('evidence', '--data', folder.path, 'verify')).code).toBe(0);
    await folder.remove();
  });
});
