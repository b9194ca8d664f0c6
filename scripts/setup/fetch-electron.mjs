// Runs under Node 24: brings the Electron binary that belongs to the installed package. Prints the reason on stdout when it cannot.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { download } from './download.mjs';
import { root } from './run.mjs';

const folder = join(root, 'node_modules/electron');
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
const sha256 = JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8'))[name];
const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
const zip = join(root, '.cache/electron', name);

if (sha256 === undefined) {
  fail(`Electron ${version} has no build for ${process.platform} ${process.arch}`);
} else {
  const reason = await download({ url: `${mirror}v${version}/${name}`, file: zip, sha256 });
  if (reason === null) await unpack();
  else fail(reason);
}

async function unpack() {
  try {
    const { extract } = createRequire(join(folder, 'package.json'))('@electron-internal/extract-zip');
    await extract(zip, { dir: join(folder, 'dist') });
    writeFileSync(join(folder, 'path.txt'), { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron');
  } catch (error) {
    fail(`the download could not be unpacked (${error.message})`);
  } finally {
    rmSync(zip, { force: true });
  }
}

function fail(reason) {
  process.stdout.write(reason);
  process.exitCode = 1;
}
