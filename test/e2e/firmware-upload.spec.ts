import { expect, test, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

const IMAGE = 'kern88xx.12-0-7MPP0201-66.sbn';
/** So slow that an upload of this size takes minutes: every test acts in the middle of one. */
const SLOW_BYTES_A_SECOND = 64_000;
const LARGE = 12_000_000;

let bench: SeededBench;
test.beforeEach(async ({ page }) => {
  bench = await seededBench();
  await openBench(page, bench.url);
  await page.keyboard.press('3');
  await expect(page.getByRole('heading', { level: 1, name: 'Firmware' })).toBeVisible();
});
test.afterEach(async () => bench.stop());

const report = (page: Page) => page.getByRole('status', { name: 'What was added' });
const coming = (page: Page) => page.getByRole('region', { name: 'On its way in' });
const kept = () => readFile(join(bench.folder, 'firmware', IMAGE));
const ofUploads = () => readdir(join(bench.folder, 'incoming')).catch(() => []);

async function choose(page: Page, file: string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }): Promise<void> {
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Add firmware' }).locator('input[type=file]').first().setInputFiles(file);
}

/** @returns makes the wire as quick as it was */
async function slowly(page: Page): Promise<() => Promise<void>> {
  const wire = await page.context().newCDPSession(page);
  const set = async (uploadThroughput: number): Promise<void> => {
    await wire.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  };
  await wire.send('Network.enable');
  await set(SLOW_BYTES_A_SECOND);
  return () => set(-1);
}

/** What a file manager does when it lets go of a folder over the page. */
async function dropFolder(page: Page, path: string): Promise<void> {
  const wire = await page.context().newCDPSession(page);
  const box = await page.getByRole('region', { name: 'Catalogue' }).boundingBox();
  const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 120];
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await wire.send('Input.dispatchDragEvent', { type, x, y, data });
}

async function largeFile(name: string): Promise<string> {
  const path = join(bench.folder, name);
  await writeFile(path, randomBytes(LARGE));
  return path;
}

test('an upload that a person stops leaves nothing, and the same file is taken afterwards', async ({ page }) => {
  const path = await largeFile(IMAGE);
  const quickly = await slowly(page);
  await choose(page, path);
  await expect(coming(page)).toContainText(IMAGE);
  await expect.poll(async () => (await ofUploads()).length).toBe(1);
  await coming(page).getByRole('button', { name: 'Stop' }).click();
  await expect(coming(page)).toHaveCount(0);
  await expect(report(page)).toContainText(`${IMAGE} was stopped on its way in. Nothing of it is kept.`);
  await expect.poll(ofUploads).toEqual([]);
  expect(await readdir(join(bench.folder, 'firmware'))).not.toContain(IMAGE);

  await quickly();
  await choose(page, path);
  await expect(report(page)).toContainText('1 added');
  expect((await kept()).length).toBe(LARGE);
});

test('a dropped folder brings its own files; others are skipped, and a folder without any says so', async ({ page }) => {
  const folder = join(bench.folder, 'from-cisco');
  await mkdir(join(folder, 'empty'), { recursive: true });
  await writeFile(join(folder, IMAGE), randomBytes(5_000));
  await writeFile(join(folder, 'readme.txt'), 'read me');
  await dropFolder(page, folder);
  await expect(report(page)).toContainText('1 added, 1 skipped, no firmware');
  expect((await kept()).length).toBe(5_000);
  await dropFolder(page, join(folder, 'empty'));
  await expect(report(page)).toContainText('No file was chosen');
});

test('an upload whose server stops is said to have broken off, and nothing of it is left when the bench is back', async ({ page }) => {
  await slowly(page);
  await choose(page, await largeFile(IMAGE));
  await expect.poll(async () => (await ofUploads()).length).toBe(1);
  await bench.process.kill();
  await expect(report(page)).toContainText(`${IMAGE} broke off on its way. Nothing of it is kept: add it again.`);
  await expect(coming(page)).toHaveCount(0);
  expect(await readdir(join(bench.folder, 'firmware'))).not.toContain(IMAGE);
});

test('other bytes under a known name never replace it silently, only when a person says so', async ({ page }) => {
  const [first, second] = [randomBytes(4_000), randomBytes(4_000)];
  const send = (buffer: Buffer) => choose(page, { name: IMAGE, mimeType: 'application/octet-stream', buffer });
  await send(first);
  await expect(report(page)).toContainText('1 added');
  await send(first);
  await expect(report(page)).toContainText('1 here already');
  await send(second);
  await expect(report(page)).toContainText(`Another ${IMAGE} is here already.`);
  expect((await kept()).equals(first)).toBe(true);
  await report(page).getByRole('button', { name: 'Replace the old file' }).click();
  await expect(report(page)).toContainText('1 added');
  expect((await kept()).equals(second)).toBe(true);
});

test('files that come while others are on their way are not lost without a word', async ({ page }) => {
  await slowly(page);
  await choose(page, await largeFile(IMAGE));
  await expect(coming(page)).toContainText(IMAGE);
  const folder = join(bench.folder, 'more');
  await mkdir(folder);
  await writeFile(join(folder, 'rootfs88xx.12-0-7MPP0201-66.sbn'), randomBytes(10));
  await dropFolder(page, folder);
  await expect(page.getByText('Files are on their way in. Stop them or wait for their end.').first()).toBeVisible();
  await coming(page).getByRole('button', { name: 'Stop' }).click();
  await expect(report(page)).toContainText('1 refused');
});
