import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseIpv4 } from '../../../common/values/ip.ts';
import { startFleet, type FleetOptions } from '../../../main/simulator/fleet.ts';
import type { PhoneEvent } from '../../../main/simulator/events.ts';
import { fleetIdentity } from '../../../main/simulator/identity.ts';
import { dialbench as command, FREE_PORTS, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { have, run } from '../../support/http/clients.ts';
import { opensslPki, type OpensslPki } from '../../support/pki/certificates.ts';

const programs = have('openssl', ['version']) && have('curl');
const LOOPBACK = parseIpv4('127.0.0.1') ?? expect.fail('an address');
const YEAR = 365 * 86_400_000;

/** The first profile gives the authority over HTTP; the second comes over HTTPS, by the bench's name. */
const FIRST = `<flat-profile><Custom_CA_Rule ua="na">{{bench_ca}}</Custom_CA_Rule>
<Profile_Rule ua="na">https://bench.internal:{{https_port}}/secret/$MA.xml</Profile_Rule><Resync_Random_Delay>0</Resync_Random_Delay></flat-profile>`;

describe.skipIf(!programs)('HTTPS of a whole bench', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;
  let pki: OpensslPki;
  let ca = '';
  let phone = '';
  const { mac } = fleetIdentity(0, 1);

  const dialbench = async (...args: string[]) => {
    const [name = '', ...rest] = args;
    return command(name, '--data', folder.path, ...rest);
  };
  const url = (path: string): string => `https://127.0.0.1:${bench.servers.https.port}${path}`;
  const curl = (...args: string[]) => run('curl', ['-s', '-m', '60', '--noproxy', '*', ...args]);
  const evidence = async (): Promise<{ server: string; asked: string; mac: string | null; detail: Record<string, unknown>; facts: Record<string, string>; outcome: { code?: string; answer?: string; kind: string } }[]> => {
    const { stdout } = await dialbench('events', '--json');
    return stdout.trim().split('\n').map((line) => {
      const row = JSON.parse(line) as { mac: string | null; observation?: object };
      return { ...row, ...row.observation } as never;
    });
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    pki = opensslPki();
    bench = await startBench(['--data', folder.path, ...FREE_PORTS, '--https', '0']);
    writeFileSync(join(folder.path, 'list.csv'), `mac,https_port\n${mac},${bench.servers.https.port}\n`);
    expect((await dialbench('phones', 'import', join(folder.path, 'list.csv'))).code).toBe(0);
    writeFileSync(join(folder.path, 'first.xml'), FIRST);
    expect((await dialbench('profiles', 'add', 'first', join(folder.path, 'first.xml'), '--for', '*')).code).toBe(0);
    ca = pki.file('bench-ca.pem', (await dialbench('ca', 'pem')).stdout);
    phone = pki.file('phone.pem', (() => {
      const made = pki.sign('phone', `/OU=CP-8841-3PCC/L=FCH2443D9R4/ST=${mac}`);
      return made.chain + made.privateKey;
    })());
  });
  afterAll(async () => {
    await bench.stop();
    pki.end();
    await folder.remove();
  });

  it('makes its authority and certificate at the first start, keys sealed and for their owner alone', () => {
    expect(bench.servers.https).toMatchObject({ state: 'listening', address: '127.0.0.1' });
    const keys = join(folder.path, 'keys');
    expect(readdirSync(keys)).toEqual(expect.arrayContaining(['authority.json', 'server.json']));
    for (const name of ['authority.json', 'server.json']) {
      expect(readFileSync(join(keys, name), 'utf8')).not.toContain('PRIVATE KEY');
      if (process.platform !== 'win32') expect(statSync(join(keys, name)).mode & 0o077).toBe(0);
    }
  });

  it('gives the authority to everybody over HTTP, HTTPS and TFTP', async () => {
    const expected = readFileSync(ca, 'utf8');
    const overHttp = await curl('-D', '-', `http://127.0.0.1:${bench.servers.http.port}/ca.pem`);
    expect(overHttp.stdout.toString()).toContain('Content-Type: application/x-x509-ca-cert');
    expect(overHttp.stdout.toString()).toContain(expected);
    expect((await curl('--cacert', ca, url('/ca.pem'))).stdout.toString()).toBe(expected);
    const overTftp = await curl(`tftp://127.0.0.1:${bench.servers.tftp.port}/ca.pem`);
    expect(overTftp.stdout.toString()).toBe(expected);
  });

  it('serves a phone its own profile over TLS, and refuses a stranger', async () => {
    const own = await curl('--cacert', ca, url(`/${mac}.xml`));
    expect(own.stdout.toString()).toContain(`http://127.0.0.1:${bench.servers.http.port}/ca.pem`);
    expect((await curl('--cacert', ca, '-o', join(pki.folder, 'no'), '-w', '%{http_code}', url('/000000000000.xml'))).stdout.toString()).toBe('404');
  });

  const fleet = async (more: Partial<FleetOptions> = {}, names = true) => {
    const events: PhoneEvent[] = [];
    const running = startFleet({
      count: 1, source: 'given', pace: 50, staggerMs: 0, seed: 1, log: (event) => events.push(event),
      server: {
        address: LOOPBACK, dhcpPort: null, tftpPort: bench.servers.tftp.port, httpPort: bench.servers.http.port,
        syslogPort: bench.servers.syslog.port, httpsPort: bench.servers.https.port, ...(names ? { dnsPort: bench.servers.dns.port } : {}),
      },
      ...more,
    });
    await running.finished;
    const again = await running.phones[0]?.resync();
    await running.stop();
    return { events, again };
  };

  it('a virtual phone takes the authority by its first profile, then its next one over HTTPS by the bench’s name', async () => {
    const { events, again } = await fleet();
    expect(events.find(({ kind }) => kind === 'authority-installed')).toMatchObject({ name: expect.stringMatching(/^Dialbench CA [0-9A-F]{4}$/) });
    expect(again).toMatchObject({ reaction: 'A', url: `https://bench.internal:${bench.servers.https.port}/secret/${mac}.xml` });
    const view = JSON.parse((await dialbench('ca', 'show', '--json')).stdout) as { phones: number; phonesHolding: number };
    expect(view).toMatchObject({ phones: 1, phonesHolding: 1 });
  });

  it('a virtual phone refuses a server when its clock is wrong or when nobody resolves the name', async () => {
    const early = await fleet({ own: () => ({ clock: () => Date.now() - 20 * YEAR }) });
    expect(early.again).toMatchObject({ reaction: 'C', error: expect.stringContaining('not yet valid') });
    const late = await fleet({ own: () => ({ clock: () => Date.now() + 20 * YEAR }) });
    expect(late.again).toMatchObject({ reaction: 'C', error: expect.stringContaining('expired') });
    const nameless = await fleet({}, false);
    expect(nameless.again).toMatchObject({ reaction: 'C', error: 'Cannot resolve bench.internal' });
  });

  it('a certificate that is verified names the phone, and one of another phone is refused its profile', async () => {
    const keys = join(folder.path, 'keys', 'client-ca');
    execFileSync('mkdir', ['-p', keys]);
    writeFileSync(join(keys, 'phones.pem'), pki.authority.chain);
    expect((await dialbench('ca', 'clients', 'required')).code).toBe(0);
    expect((await curl('--cacert', ca, url(`/${mac}.xml`))).code).not.toBe(0);
    const known = await curl('--cacert', ca, '--cert', phone, '--key', phone, url('/8841-3PCC.xml'));
    expect(known.stdout.toString()).toContain('<Custom_CA_Rule');
    const other = await curl('--cacert', ca, '--cert', phone, '--key', phone, '-o', join(pki.folder, 'no'), '-w', '%{http_code}', url('/00562b043699.xml'));
    expect(other.stdout.toString()).toBe('404');
    const rows = await evidence();
    expect(rows.find(({ outcome }) => outcome.code === 'tls.no-client-certificate')).toMatchObject({ server: 'https', asked: 'TLS' });
    expect(rows.find(({ outcome }) => outcome.code === 'file.other-phone')).toMatchObject({ mac });
    const pem = readFileSync(phone, 'utf8');
    const shown = await fleet({ own: () => ({ certificate: { certificate: pem, privateKey: pem } }) });
    expect(shown.again).toMatchObject({ reaction: 'A', url: expect.stringContaining('https://bench.internal') });
    const bare = await fleet();
    expect(bare.again).toMatchObject({ reaction: 'C' });
    expect((await dialbench('ca', 'clients', 'off')).code).toBe(0);
  });

  it('takes a customer’s answer to its request while it runs, and goes back to its own', async () => {
    const request = join(pki.folder, 'bench.csr');
    expect((await dialbench('ca', 'request', '--name', 'prov.example.com', '--out', request)).code).toBe(0);
    execFileSync('openssl', ['x509', '-req', '-in', request, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy', '-days', '60', '-out', 'answer.pem'], { cwd: pki.folder, stdio: 'pipe' });
    const wrong = await dialbench('ca', 'import', join(pki.folder, 'phone.pem'));
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/no name|may not be used|carries no name/) });
    const bundle = pki.file('bundle.pem', readFileSync(join(pki.folder, 'answer.pem'), 'utf8') + pki.authority.chain);
    expect(await dialbench('ca', 'import', bundle)).toMatchObject({ code: 0, stdout: expect.stringContaining('prov.example.com') });
    const name = `prov.example.com:${bench.servers.https.port}`;
    const served = await curl('--cacert', join(pki.folder, 'ca.pem'), '--resolve', `${name}:127.0.0.1`, `https://${name}/ca.pem`);
    expect(served.stdout.toString()).toBe(pki.authority.chain);
    expect((await dialbench('ca', 'own')).code).toBe(0);
    expect((await curl('--cacert', ca, url('/ca.pem'))).stdout.toString()).toBe(readFileSync(ca, 'utf8'));
  });

  it('lowers and raises the floor while it runs', async () => {
    const old = () => run('openssl', ['s_client', '-connect', `127.0.0.1:${bench.servers.https.port}`, '-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'], Buffer.alloc(0));
    expect((await old()).code).not.toBe(0);
    expect(await dialbench('ca', 'floor', 'TLS1.1')).toMatchObject({ code: 0, stderr: expect.stringContaining('can be broken') });
    expect((await old()).stdout.toString()).toMatch(/Protocol *: TLSv1\.1/);
    expect((await dialbench('ca', 'floor', 'TLS1.2')).code).toBe(0);
    expect((await old()).code).not.toBe(0);
  });

  it('serves with the same authority after a restart', async () => {
    await bench.stop();
    bench = await startBench(['--data', folder.path, ...FREE_PORTS, '--https', '0']);
    expect((await curl('--cacert', ca, url('/ca.pem'))).stdout.toString()).toBe(readFileSync(ca, 'utf8'));
  });
});
