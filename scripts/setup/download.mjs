// One download: names host and size, shows progress, gives up after a time without bytes, and believes only the right SHA-256.
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { say } from './say.mjs';

/**
 * Fetches `url` into `file`. Proxies of the environment are used when Node runs with NODE_USE_ENV_PROXY=1.
 * @returns null when it is there, else the reason in words.
 */
export async function download({ url, file, sha256, stallMs = 20_000, tell = say }) {
  const abort = new AbortController();
  let stalled = false;
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stalled = true;
      abort.abort();
    }, stallMs);
  };
  const part = `${file}.part`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    alive();
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) return `${new URL(url).host} answered ${response.status}`;
    const total = Number(response.headers.get('content-length') ?? 0);
    tell(`fetching ${megabytes(total)} from ${new URL(response.url).host} …`);
    const digest = await receive(response.body, part, total, alive, tell);
    if (digest !== sha256) return 'the file that came is not the published one (SHA-256 differs)';
    renameSync(part, file);
    return null;
  } catch (error) {
    if (stalled) return `no bytes for ${Math.round(stallMs / 1000)} s from ${new URL(url).host}`;
    if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'ENOSPC') return `${error.path ?? file} cannot be written (${error.code})`;
    return `${new URL(url).host} cannot be reached (${error.cause?.code ?? error.message})`;
  } finally {
    clearTimeout(timer);
    rmSync(part, { force: true });
  }
}

async function receive(body, part, total, alive, tell) {
  const hash = createHash('sha256');
  const out = createWriteStream(part);
  let got = 0;
  let toldAt = Date.now();
  for await (const chunk of body) {
    alive();
    hash.update(chunk);
    got += chunk.length;
    if (!out.write(chunk)) await once(out, 'drain');
    if (Date.now() - toldAt > 5000) {
      toldAt = Date.now();
      tell(`… ${megabytes(got)} of ${megabytes(total)}`);
    }
  }
  out.end();
  await once(out, 'close');
  return hash.digest('hex');
}

function megabytes(bytes) {
  return bytes > 0 ? `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 20 ? 2 : 0)} MB` : 'an unknown size';
}
