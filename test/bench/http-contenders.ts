import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dialbench } from '../support/bench-process.ts';
import { newAuthority, newServer } from '../support/pki/certificates.ts';
import { startMeasured, type MeasuredProcess } from './measure.ts';
import { findPeer, scratch, startNginx } from './peers.ts';

const BUILT = fileURLToPath(new URL('../../out/main/dialbench.mjs', import.meta.url));
const SOURCES = fileURLToPath(new URL('../../main/cli/dialbench.ts', import.meta.url));
const ALONE = fileURLToPath(new URL('load/http-server.ts', import.meta.url));
/** The bench is run as `npm start` runs it. */
const { BENCH_ENV, BENCH_FLAGS } = (await import(new URL('../../scripts/setup/node.mjs', import.meta.url).href)) as { readonly BENCH_ENV: Readonly<Record<string, string>>; readonly BENCH_FLAGS: readonly string[] };
const QUIET = '--disable-warning=ExperimentalWarning';
export const PHONES = 200;
export const PROFILE_BYTES = 20_000;

export interface Contender {
  readonly name: string;
  /** `every`: with all its servers and its user interface, and not only this one. */
  start(scheme: 'http' | 'https', every?: boolean): Promise<{ readonly program: MeasuredProcess; readonly port: number }>;
}

/** Random bytes under `/load.bin` at every contender. */
export interface Firmware {
  readonly size: number;
  readonly sha256: string;
}

/**
 * `Dialbench` is `dialbench serve` with 200 enrolled phones and their profile, `server alone` the HTTP server with answers
 * from memory, nginx one worker with sendfile. `npm run bench` builds first: the sources would be some 50 MB larger. All have the profiles `/00562b000000.cfg` … and the same firmware.
 */
export async function httpContenders(firmwareBytes: number): Promise<{ readonly contenders: readonly Contender[]; readonly firmware: Firmware }> {
  const folder = scratch('http');
  const www = join(folder, 'www');
  mkdirSync(www);
  const macs = Array.from({ length: PHONES }, (_, index) => `00562b${index.toString(16).padStart(6, '0')}`);
  const line = '  <GPP_A ua="na">0123456789 abcdefghij 0123456789 ab</GPP_A>\n';
  const profile = `<flat-profile>\n${line.repeat(Math.floor(PROFILE_BYTES / line.length))}  <GPP_B ua="na">{{mac}}</GPP_B>\n</flat-profile>\n`;
  for (const mac of macs) writeFileSync(join(www, `${mac}.cfg`), profile.replace('{{mac}}', mac));
  writeFileSync(join(folder, 'template.xml'), profile);
  writeFileSync(join(folder, 'list.csv'), ['mac,model', ...macs.map((mac) => `${mac},CP-8841-3PCC`)].join('\n'));
  const data = join(folder, 'workspace');
  await dialbench('phones', '--data', data, 'import', join(folder, 'list.csv'));
  await dialbench('profiles', '--data', data, 'add', 'base', join(folder, 'template.xml'), '--for', '*');
  mkdirSync(join(data, 'files'), { recursive: true });
  const firmware = writeFirmware([join(www, 'load.bin'), join(data, 'files', 'load.bin')], firmwareBytes);
  const tls = await certificate(folder);
  const ready = (output: string): boolean => output.includes('"ready":true');
  const bench: Contender = {
    name: 'Dialbench',
    start: async (scheme, every = false) => {
      const others = ['tftp', 'syslog', 'dns', 'sntp', 'ui', ...(scheme === 'http' ? ['https'] : [])].flatMap((name) => [`--${name}`, every ? '0' : 'off']);
      const off = scheme === 'https' ? [...others, '--https', '0'] : others;
      const program = await startProgram(['serve', '--data', data, '--http', '0', ...off]);
      return { program, port: Number(new RegExp(`"${scheme}":\\{[^}]*"port":(\\d+)`).exec(program.output())?.[1]) };
    },
  };
  const alone: Contender = {
    name: 'server alone',
    start: async (scheme) => {
      const args = [join(www, 'load.bin'), firmware.sha256, ...(scheme === 'https' ? [tls.chain, tls.key] : [])];
      const program = await startMeasured(process.execPath, [QUIET, ALONE, ...args], { ready });
      return { program, port: Number(/"port":(\d+)/.exec(program.output())?.[1]) };
    },
  };
  const nginx = findPeer('nginx');
  const peer: Contender[] = nginx === null ? [] : [{
    name: 'nginx',
    start: async (scheme) => {
      const port = await freePort();
      return { program: await startNginx(nginx, { folder: www, address: '127.0.0.1', port, ...(scheme === 'https' ? { tls } : {}) }), port };
    },
  }];
  return { contenders: [bench, alone, ...peer], firmware };
}

/** As `npm start` runs it, once it says that it is ready. */
export function startProgram(args: readonly string[]): Promise<MeasuredProcess> {
  const ready = (output: string): boolean => output.includes('"ready":true');
  return startMeasured(process.execPath, [QUIET, ...BENCH_FLAGS, existsSync(BUILT) ? BUILT : SOURCES, ...args], { env: BENCH_ENV, ready, readyWithin: 25_000 });
}

/** The same random bytes in each file. */
function writeFirmware(files: readonly string[], size: number): Firmware {
  const hash = createHash('sha256');
  const handles = files.map((file) => openSync(file, 'w'));
  for (let left = size; left > 0; left -= Math.min(left, 1_000_000)) {
    const piece = randomBytes(Math.min(left, 1_000_000));
    hash.update(piece);
    for (const handle of handles) writeSync(handle, piece);
  }
  for (const handle of handles) closeSync(handle);
  return { size, sha256: hash.digest('hex') };
}

async function certificate(folder: string): Promise<{ readonly chain: string; readonly key: string }> {
  const { chain, privateKey } = await newServer(await newAuthority(), ['127.0.0.1']);
  const files = { chain: join(folder, 'chain.pem'), key: join(folder, 'key.pem') };
  writeFileSync(files.chain, chain);
  writeFileSync(files.key, privateKey, { mode: 0o600 });
  return files;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0); });
    });
  });
}
