import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostPid } from '../support/electron/host-pid.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const real = process.env['DIALBENCH_ELECTRON'];
const executablePath = real ?? join(root, 'test/support/electron/electron');
const ran = real === undefined ? 'the stand-in of test/support/electron, not Electron itself' : `real Electron, ${real}`;
/** Every server on a free port: the tests need no rights. */
const FREE_PORTS = ['--tftp=0', '--http=0', '--syslog=0', '--dns=0', '--sntp=0'];

let app: ElectronApplication;
let page: Page;
let folder: string;

test.beforeEach(async ({ browserName: _ }, testInfo) => {
  testInfo.annotations.push({ type: 'electron', description: ran });
  folder = mkdtempSync(join(tmpdir(), 'dialbench-e2e-'));
  app = await _electron.launch({ executablePath, args: [root, `--data=${folder}`, ...FREE_PORTS] });
  page = await app.firstWindow();
  await page.waitForURL(/index\.html/);
});

test.afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

test.beforeAll(() => {
  console.log(`desktop host runs in ${ran}`);
});

test('the window shows the bench, which runs in a process of its own', async () => {
  await expect(page).toHaveTitle(/Dialbench/);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  // Without a pipe to the bench the page says that it is lost.
  await expect(page.locator('body')).toContainText(/TFTP/);
  expect(await page.evaluate(() => Object.keys((globalThis as { dialbench?: object }).dialbench ?? {}))).toEqual(['connect', 'pathOf']);
});

test('a file that a person chooses is added by its path', async () => {
  test.skip(real !== undefined, 'a test chooses files for the stand-in only');
  const path = join(folder, 'sb288xx.12-0-7MPP0201-66.sbn');
  writeFileSync(path, 'an image');
  // Chromium alone does not know where a file lies; Electron does.
  await page.evaluate((known) => Object.assign(globalThis, { __standInPaths: known }), { 'sb288xx.12-0-7MPP0201-66.sbn': path });
  await expect(page.locator('body')).toContainText(/TFTP/);
  await page.keyboard.press('3');
  await expect(page.getByRole('heading', { level: 1, name: 'Firmware' })).toBeVisible();
  await page.keyboard.press('a');
  await page.getByRole('dialog').locator('input[type=file]').first().setInputFiles({ name: 'sb288xx.12-0-7MPP0201-66.sbn', mimeType: 'application/octet-stream', buffer: Buffer.from('never read by the page') });
  await expect(page.getByRole('status', { name: 'What was added' })).toContainText('1 added');
  await expect(page.getByRole('region', { name: 'Images that no load names' })).toContainText('8 B');
});

test('the page reaches neither Node nor anything outside', async () => {
  const reached = await page.evaluate(async () => {
    const fetched = await fetch('https://example.com/').then(() => 'fetched', () => 'refused');
    const evaluated = await new Promise((resolve) => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      setTimeout(() => resolve((globalThis as { inlineRan?: boolean }).inlineRan ?? false), 50);
    });
    return { fetched, evaluated, process: typeof (globalThis as { process?: unknown }).process };
  });
  expect(reached).toEqual({ fetched: 'refused', evaluated: false, process: 'undefined' });
});

test('the window can neither be led away nor opened a second time', async () => {
  const before = page.url();
  // Later than the call itself: a call whose page is being led away may never return.
  await page.evaluate(() => {
    setTimeout(() => {
      window.open('https://example.com/');
      location.href = 'https://example.com/';
    }, 50);
  });
  await page.waitForTimeout(1000);
  expect(page.url()).toBe(before);
  await expect.poll(() => app.windows().length).toBe(1);
});

test('a page that is loaded again gets a new pipe', async () => {
  await expect(page.locator('body')).toContainText(/TFTP/);
  await page.reload();
  await expect(page.locator('body')).toContainText(/TFTP/);
});

test('the bench comes back after it was killed, and the window attaches again', async () => {
  await expect(page.locator('body')).toContainText(/TFTP/);
  const first = hostPid(folder);
  expect(first).toBeGreaterThan(0);
  process.kill(first, 'SIGKILL');
  await expect.poll(() => hostPid(folder, first), { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(page.locator('body')).toContainText(/TFTP/, { timeout: 60_000 });
});
