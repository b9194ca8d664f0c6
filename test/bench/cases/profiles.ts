import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { UNPROTECTED, type Container, type KeyDigest } from '../../../common/values/protection.ts';
import { GZIP_LEVEL } from '../../../main/crypto/gzip.ts';
import { newKeyText } from '../../../main/crypto/new-key.ts';
import { opensslEncrypt } from '../../../main/crypto/openssl-container.ts';
import { protect } from '../../../main/crypto/protect.ts';
import { fillTemplate, readTemplate, type Template } from '../../../main/domain/profile/template.ts';
import { phoneVariables, profileText } from '../load/profile-text.ts';
import { ratio, type BenchCase } from '../table.ts';

const PHONES = 500;
const BYTES = 80_000;

/** One way from a template to bytes on the wire. */
interface Way {
  readonly name: string;
  /** How many of the 500 phones a round takes. */
  readonly phones: number;
  turn(xml: Uint8Array, key: string): Uint8Array;
}

interface Round {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly bytes: number;
}

/** 500 different 80 KB profiles: filled, compressed and encrypted, on one core. */
export const profiles: BenchCase = {
  name: 'profiles',
  run: ({ quick }) => {
    const template = readTemplate(profileText(BYTES));
    if (!template.ok) throw new Error(template.failure.code);
    const folder = mkdtempSync(join(tmpdir(), 'dialbench-bench-profiles-'));
    try {
      const ways = [...ours(), ...programs(folder)];
      const keys = Array.from({ length: PHONES }, () => newKeyText('passphrase').slice(0, 22));
      const rounds = new Map<string, Round[]>(ways.map(({ name }) => [name, []]));
      // The first round warms up and is not counted.
      for (let round = 0; round <= (quick ? 1 : 5); round += 1) {
        for (const way of ways) {
          const measured = run(template.value, keys, way);
          if (round > 0) rounds.get(way.name)?.push(measured);
        }
      }
      const base = median(rounds.get(SHIPPED) ?? [], ({ wallMs }) => wallMs) / PHONES;
      return Promise.resolve({
        title: `${PHONES} different profiles of 80 KB: filled, compressed, encrypted, on one core`,
        columns: ['way', `seconds for ${PHONES}`, 'to gzip-aes', `CPU s for ${PHONES}`, 'CPU ms/profile', 'bytes/profile', 'part of the XML %'],
        rows: ways.map(({ name, phones }) => {
          const own = rounds.get(name) ?? [];
          const wall = median(own, ({ wallMs }) => wallMs) / phones;
          const cpu = median(own, ({ cpuMs }) => cpuMs) / phones;
          const size = median(own, ({ bytes }) => bytes) / phones;
          return [name, (wall * PHONES) / 1000, ratio(wall, base), (cpu * PHONES) / 1000, cpu, Math.round(size), (size / BYTES) * 100];
        }),
        notes: [
          `Medians of ${quick ? 1 : 5} interleaved rounds in one process. The template is ${template.value.text.length} bytes of the dictionary's parameters, with ${template.value.places.length} places; every phone has its own values and its own key. Shipped gzip level: ${GZIP_LEVEL}.`,
          'CPU counts all threads of the process (the collector of garbage works beside), of the programs their own.',
          'Programs: gzip -6 piped into openssl enc, two processes for each profile, 50 profiles; level 9 runs with 100; both are reckoned up to 500.',
          'Goal: 500 filled, packed and encrypted in under 2 s on one core.',
        ],
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const SHIPPED = 'gzip-aes, MD5';

function ours(): readonly Way[] {
  const shipped = (name: string, container: Container, digest: KeyDigest = 'md5'): Way => ({
    name,
    phones: PHONES,
    turn: (xml, key) => {
      const result = protect(xml, { ...UNPROTECTED, container, digest }, key);
      if (!result.ok) throw new Error(result.failure.code);
      return result.value.bytes;
    },
  });
  const levels = [1, 5, 6, 9] as const;
  const phonesAt = (level: number): number => (level === 9 ? 100 : PHONES);
  return [
    shipped('filled only', 'none'),
    ...levels.map((level): Way => ({ name: `gzip, level ${level}`, phones: phonesAt(level), turn: (xml) => gzipSync(xml, { level }) })),
    shipped('aes, MD5', 'aes'),
    ...levels.map((level): Way => ({ name: `gzip level ${level}, then aes`, phones: phonesAt(level), turn: (xml, key) => opensslEncrypt(gzipSync(xml, { level }), key, 'md5') })),
    shipped(SHIPPED, 'gzip-aes'),
    shipped('gzip-aes, SHA-256', 'gzip-aes', 'sha256'),
    shipped('aes128gcm', 'aes128gcm'),
  ];
}

/** The same by the programs that an admin would call in a loop. */
function programs(folder: string): readonly Way[] {
  if (spawnSync('sh', ['-c', 'command -v gzip && command -v openssl']).status !== 0) return [];
  const [plain, out] = [join(folder, 'plain.xml'), join(folder, 'out')];
  return [
    {
      name: 'gzip and openssl, the programs',
      phones: 50,
      turn: (xml, key) => {
        writeFileSync(plain, xml);
        const { status } = spawnSync('sh', ['-c', 'gzip -6c "$0" | openssl enc -aes-256-cbc -md md5 -pass env:KEY -out "$1" 2>/dev/null', plain, out], { env: { ...process.env, KEY: key } });
        if (status !== 0) throw new Error('gzip or openssl failed');
        return readFileSync(out);
      },
    },
  ];
}

function run(template: Template, keys: readonly string[], { phones, turn }: Way): Round {
  const [before, began] = [process.cpuUsage(), performance.now()];
  const childBefore = childCpuMs();
  let bytes = 0;
  for (let index = 0; index < phones; index += 1) {
    const filled = fillTemplate(template, phoneVariables(index));
    if (!filled.ok) throw new Error(filled.failure.code);
    bytes += turn(new TextEncoder().encode(filled.value), keys[index] ?? '').length;
  }
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000 + childCpuMs() - childBefore, bytes };
}

/** User and system time of children that have ended: /proc/self/stat, fields 16 and 17, in ticks of 10 ms. */
function childCpuMs(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return 0;
  }
}

function median(rounds: readonly Round[], value: (round: Round) => number): number {
  const sorted = rounds.map(value).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
