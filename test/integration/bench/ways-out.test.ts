import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialbench, run, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { openPhone, request } from '../../support/tftp-client.ts';

/** Ways to `outside.txt` beside the served folder, and to the database; every one names a file that is there. */
const TARGETS = ['outside.txt', 'bench.sqlite'];
const SPELLINGS = (file: string): readonly string[] => [
  `../${file}`, `/../${file}`, `..\\${file}`, `..%2f${file}`, `..%2F${file}`, `..%5c${file}`, `%2e%2e/${file}`, `%2e%2e%2f${file}`, `%252e%252e%252f${file}`,
  `%25252e%25252e/${file}`, `..%252f${file}`, `....//${file}`, `..;/${file}`, `./../${file}`, `sub/../../${file}`, `sub/..\\../${file}`, `sub%2f..%2f..%2f${file}`,
  `..%c0%af${file}`, `%c0%ae%c0%ae/${file}`, `..%e0%80%af${file}`, `\uFF0E\uFF0E/${file}`, `..\u2215${file}`, `..\u2044${file}`, `\u2025/${file}`, `..%00/${file}`,
  `x.txt%00../${file}`, `. ./${file}`, `.. /${file}`, `../ ${file}`, `C:../${file}`, `file:../${file}`, `//?/../${file}`, `link/${file}`, `link2`, `link3`, `hop/${file}`,
];
const NOT_FILES = ['fifo', 'device', 'sub', 'sub/', '.', './', 'CON', 'aux.txt', 'COM1', 'x.txt:stream', 'x.txt::$DATA', '.hidden', 'socket', 'x.txt.', 'x.txt ', '/dev/zero', '/proc/self/environ', 'a'.repeat(300)];

describe('the served folder', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const files = join(folder.path, 'files');
    await mkdir(join(files, 'sub'), { recursive: true });
    await writeFile(join(folder.path, 'outside.txt'), 'outside');
    await writeFile(join(files, 'x.txt'), 'inside');
    await writeFile(join(files, '.hidden'), 'hidden');
    await symlink('..', join(files, 'link'));
    await symlink('../outside.txt', join(files, 'link2'));
    await symlink(join(folder.path, 'bench.sqlite'), join(files, 'link3'));
    await symlink('sub/../../', join(files, 'hop'));
    await symlink('x.txt', join(files, 'inner'));
    await symlink('/dev/zero', join(files, 'device'));
    await run('mkfifo', [join(files, 'fifo')]);
    bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', 'off', '--adopt', 'all']);
  });
  afterAll(async () => {
    expect(await bench.stop()).toBe(0);
    expect(bench.stderr()).toBe('');
    expect((await dialbench('evidence', '--data', folder.path, 'verify')).code).toBe(0);
    await folder.remove();
  });

  it('gives what is inside, through a link that stays inside too', async () => {
    expect(await byHttp(bench.servers.http.port, '/x.txt')).toMatch(/^HTTP\/1.1 200[^]*inside$/);
    expect(await byHttp(bench.servers.http.port, '/inner')).toMatch(/^HTTP\/1.1 200[^]*inside$/);
    expect(await byTftp(bench.servers.tftp.port, 'x.txt')).toBe('inside');
  });

  it('is not left by any spelling over HTTP', async () => {
    for (const target of TARGETS) {
      for (const path of SPELLINGS(target)) {
        for (const asked of [`/${path}`, path, `http://x/${path}`]) {
          const answer = await byHttp(bench.servers.http.port, asked);
          expect(answer, asked).toMatch(/^(?:HTTP\/1.1 40[04] |$)/);
          expect(answer, asked).not.toMatch(/outside$|SQLite/);
        }
      }
    }
  });

  it('is not left by any spelling over TFTP', async () => {
    for (const target of TARGETS) for (const path of SPELLINGS(target)) expect(await byTftp(bench.servers.tftp.port, path), path).toMatch(/^error [14]$/);
  });

  it('holds regular files and nothing else', async () => {
    for (const path of NOT_FILES) {
      expect(await byHttp(bench.servers.http.port, `/${encodeURIComponent(path)}`), path).toMatch(/^HTTP\/1.1 404 /);
      expect(await byTftp(bench.servers.tftp.port, path), path).toMatch(/^error 1$/);
    }
  });

  it('takes nothing: what is sent goes under names of our own, whatever it is called', async () => {
    for (const path of ['/../outside.txt', '/..%2foutside.txt', '/link2', '/x.txt', '/sub/new.txt', '/%2e%2e/evil.txt']) {
      await byHttp(bench.servers.http.port, path, 'PUT', 'evil');
    }
    for (const path of ['../outside.txt', 'link2', 'x.txt', '..\\evil.txt']) await byTftp(bench.servers.tftp.port, path, 2);
    const { stdout } = await run('grep', ['-rl', 'evil', folder.path, '--include=*.txt', '--exclude-dir=uploads', '-D', 'skip']);
    expect(stdout).toBe('');
    const kept = (await run('ls', [join(folder.path, 'uploads')])).stdout.split('\n').filter((name) => name !== '');
    for (const name of kept) expect(name).toMatch(/^\d{4}-\d\d-\d\dT[\d-]+Z-[0-9a-f]{8}-[\w.-]+$/);
  });
});

/** The whole answer, the target written as it is given: fetch and curl would tidy it up. */
function byHttp(port: number, target: string, method = 'GET', body = ''): Promise<string> {
  return new Promise((done) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${body === '' ? '' : `Content-Length: ${body.length}\r\n`}\r\n${body}`);
    });
    socket.setTimeout(60_000, () => socket.destroy());
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => done(answer));
  });
}

/** The first block of a file, or the error's number; for a WRQ one block is sent. */
async function byTftp(port: number, path: string, opcode: 1 | 2 = 1): Promise<string> {
  const phone = await openPhone();
  phone.send(request(path, {}, opcode), port);
  const { bytes, port: from } = await phone.next();
  if (opcode === 2 && bytes[1] === 4) {
    phone.send(Buffer.from('\0\u0003\0\u0001evil'), from);
    await phone.next();
  } else if (bytes[1] === 3) phone.send(Buffer.from([0, 4, 0, 1]), from);
  phone.close();
  return bytes[1] === 5 ? `error ${bytes.readUInt16BE(2)}` : bytes.subarray(4).toString();
}
