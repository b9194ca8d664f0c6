import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import { writeWhole } from '../../disk/whole-file.ts';
import type { Identity } from './authority.ts';

/** Seals a secret for the disk; `context` names its use, so that one sealed text cannot take another's place. */
export interface Seal {
  seal(text: string, context: string): string;
  open(sealed: string, context: string): Result<string>;
}

/** `authority`: the bench's own. `server`: signed by it. `request`: waits for an answer. `customer`: a foreign chain. */
export type Drawer = 'authority' | 'server' | 'request' | 'customer';

/** Certificates and sealed private keys in the workspace's `keys/` folder, one file each, readable by its owner alone. */
export interface Cabinet {
  /** Null when the drawer is empty; `pki.drawer-unreadable` when its file is damaged, `key.…` when the seal does not open. */
  get(drawer: Drawer): Promise<Result<Identity | null>>;
  /** On disk when it resolves; the certificate and its key are replaced together or not at all. */
  put(drawer: Drawer, identity: Identity): Promise<void>;
  remove(drawer: Drawer): Promise<void>;
  /** PEM files of `keys/client-ca/`: authorities whose client certificates identify a phone. */
  clientAuthorities(): Promise<readonly { readonly file: string; readonly text: string }[]>;
}

const LARGEST_FILE = 1_000_000;

export function openCabinet(folder: string, seal: Seal): Cabinet {
  const place = (drawer: Drawer): string => join(folder, `${drawer}.json`);
  const context = (drawer: Drawer): string => `pki/${drawer}`;
  return {
    get: async (drawer) => {
      const text = await readIfThere(place(drawer));
      if (text === null) return done(null);
      const kept = readKept(text);
      if (!kept) return failed('pki.drawer-unreadable', { file: place(drawer) });
      const key = seal.open(kept.key, context(drawer));
      return key.ok ? done({ chain: kept.chain, privateKey: key.value }) : key;
    },
    put: async (drawer, { chain, privateKey }) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(place(drawer), `${JSON.stringify({ chain, key: seal.seal(privateKey, context(drawer)) }, null, 2)}\n`, { mode: 0o600 });
    },
    remove: (drawer) => rm(place(drawer), { force: true }),
    clientAuthorities: async () => {
      const inside = join(folder, 'client-ca');
      const names = await readdir(inside).catch(() => []);
      const files = names.filter((name) => /\.(?:pem|crt|cer)$/i.test(name)).sort();
      return Promise.all(files.map(async (file) => ({ file, text: (await readIfThere(join(inside, file)).catch(() => null)) ?? '' })));
    },
  };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    const text = await readFile(file, 'utf8');
    return text.length > LARGEST_FILE ? '' : text;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function readKept(text: string): { readonly chain: string; readonly key: string } | null {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== 'object' || kept === null || !('chain' in kept) || !('key' in kept)) return null;
    return typeof kept.chain === 'string' && typeof kept.key === 'string' ? { chain: kept.chain, key: kept.key } : null;
  } catch {
    return null;
  }
}
