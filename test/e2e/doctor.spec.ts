import { expect, test, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { complaints, expectAccessible, goByFinder, openBench, openInFrench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

const KEY = 'SecretPhrase1234';
const PROFILE = '<flat-profile>\n  <Station_Name ua="na">Ward 7</Station_Name>\n  <User_Password ua="na">hush-hush</User_Password>\n</flat-profile>\n';
const hasOpenssl = ((): boolean => {
  try {
    return execFileSync('openssl', ['version']).length > 0;
  } catch {
    console.warn('openssl is missing: the key doctor is not looked at with files of that program');
    return false;
  }
})();

let bench: SeededBench;
let folder: string;
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dialbench-doctor-'));
  writeFileSync(join(folder, 'plain.xml'), PROFILE);
  writeFileSync(join(folder, 'noise.bin'), Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919 + 13) % 251)));
  writeFileSync(join(folder, 'large.cfg'), Buffer.alloc(8_000_001));
  writeFileSync(join(folder, 'key.txt'), `${KEY}\n`);
  if (hasOpenssl) {
    writeFileSync(join(folder, 'plain.xml.gz'), gzipSync(PROFILE));
    execFileSync('openssl', ['enc', '-aes-256-cbc', '-md', 'md5', '-k', KEY, '-in', join(folder, 'plain.xml.gz'), '-out', join(folder, '00562b043601.cfg')], { stdio: 'ignore' });
  }
  bench = await seededBench();
});
test.afterAll(async () => {
  await bench.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openDoctor(page: Page): Promise<void> {
  await openBench(page, bench.url);
  await goByFinder(page, 'key doctor');
  await expect(page.getByRole('heading', { level: 1, name: 'Keys and key doctor' })).toBeVisible();
}
const give = (page: Page, name: string) => page.getByLabel('File for the key doctor').setInputFiles(join(folder, name));
const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
/** The green ground of the headline: earned by a file that opened with the key as it is. */
const isGreen = async (page: Page) => verdict(page).locator('[class*="opened"]').count();

test.describe('with files of the openssl program', () => {
  test.skip(!hasOpenssl, 'openssl is not on this machine');

  test('a right key opens it: layer by layer, the same by hand, and the passwords covered until asked for', async ({ page }) => {
    const heard = complaints(page);
    await openDoctor(page);
    await give(page, '00562b043601.cfg');
    await expect(verdict(page)).toContainText('openssl enc, AES-256-CBC');
    expect(await isGreen(page)).toBe(0);
    await page.getByRole('textbox', { name: 'Key', exact: true }).fill(KEY);
    await page.keyboard.press('Enter');
    await expect(verdict(page)).toContainText('key derived with MD5');
    expect(await isGreen(page)).toBe(1);
    await expect(verdict(page)).toContainText('gzip');
    await expect(verdict(page)).toContainText('<flat-profile> with');
    const command = verdict(page).getByRole('region', { name: 'The same by hand' });
    await expect(command).toContainText('openssl enc -d -aes-256-cbc');
    await expect(command).not.toContainText(KEY);
    const plain = page.getByRole('region', { name: 'Plaintext' }).last();
    await expect(plain).toContainText('Ward 7');
    await expect(page.locator('main')).not.toContainText('hush-hush');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show passwords' }).click();
    await expect(plain).toContainText('hush-hush');
    await page.getByRole('button', { name: 'Cover passwords' }).click();
    await expect(page.locator('main')).not.toContainText('hush-hush');
    expect(heard).toEqual([]);
  });

  test('the saved file is the whole plaintext, under a name of its own', async ({ page }) => {
    await openDoctor(page);
    await page.getByRole('textbox', { name: 'Key', exact: true }).fill(KEY);
    await give(page, '00562b043601.cfg');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as…' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('00562b043601.xml');
    expect(readFileSync(await saved.path(), 'utf8')).toBe(PROFILE);
  });

  test('a wrong key never turns green, and shows no text', async ({ page }) => {
    await openDoctor(page);
    await give(page, '00562b043601.cfg');
    await page.getByRole('textbox', { name: 'Key', exact: true }).fill('another key altogether');
    await page.keyboard.press('Enter');
    await expect(verdict(page).locator('[class*="trouble"]')).toHaveCount(1);
    expect(await isGreen(page)).toBe(0);
    await expect(page.getByRole('region', { name: 'Plaintext' })).toHaveCount(0);
    await expectAccessible(page);
  });

  test('the usual accident is named: a key file that ends with a line end', async ({ page }) => {
    await openDoctor(page);
    await page.getByText('Key file', { exact: true }).click();
    await page.getByLabel('Key file', { exact: true }).last().setInputFiles(join(folder, 'key.txt'));
    await expect(page.getByText('key.txt')).toBeVisible();
    await give(page, '00562b043601.cfg');
    await expect(verdict(page).getByRole('list', { name: 'What had to be changed in the key' }).getByRole('listitem')).toHaveCount(1);
    expect(await isGreen(page)).toBe(0);
    await expect(page.getByRole('region', { name: 'Plaintext' }).last()).toContainText('Ward 7');
  });

  test('a key of the ring opens it without being typed or seen', async ({ page }) => {
    await openDoctor(page);
    await page.getByRole('button', { name: 'Customer’s key…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take over a customer’s key' });
    await dialog.getByLabel('Name of the customer').fill('Mairie de Bron');
    await dialog.getByLabel('Key as the customer uses it').fill(KEY);
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    await page.getByText('Key ring', { exact: true }).first().click();
    await page.getByLabel('Key of the ring').selectOption({ index: 1 });
    await give(page, '00562b043601.cfg');
    await expect(verdict(page)).toContainText('key derived with MD5');
    expect(await isGreen(page)).toBe(1);
    await expect(page.locator('main')).not.toContainText(KEY);
  });
});

test('noise is never a success, and a plain profile is said to be plain', async ({ page }) => {
  await openDoctor(page);
  await page.getByRole('textbox', { name: 'Key', exact: true }).fill(KEY);
  await give(page, 'noise.bin');
  await expect(verdict(page)).toBeVisible();
  expect(await isGreen(page)).toBe(0);
  await expect(page.getByRole('region', { name: 'Plaintext' })).toHaveCount(0);
  await give(page, 'plain.xml');
  await expect(verdict(page)).toContainText('XML');
  expect(await isGreen(page)).toBe(0);
});

test('a file over 8 MB is refused with a sentence, and nothing is sent', async ({ page }) => {
  await openDoctor(page);
  await give(page, 'large.cfg');
  await expect(page.getByRole('alert').filter({ hasText: 'large.cfg has' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Examine' })).toHaveAccessibleDescription('Choose a file first.');
});

test('the whole page is clear to axe and sticks out nowhere, in French, dark, in the smallest window', async ({ page }) => {
  await openInFrench(page, bench.url);
  await goByFinder(page, 'docteur');
  await expect(page.getByRole('heading', { level: 1, name: 'Clés et docteur des clés' })).toBeVisible();
  await page.getByLabel('Fichier pour le docteur des clés').setInputFiles(join(folder, 'noise.bin'));
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible();
  await expectAccessible(page);
  const wide = await page.locator('main').evaluate((main) =>
    [...main.querySelectorAll('*')].filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 6 && getComputedStyle(each).overflowX === 'visible' && !each.className.toString().includes('hidden')).map((each) => each.className.toString()));
  expect(wide).toEqual([]);
  await page.getByRole('button', { name: /^(Langue|Language)/ }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
});
