import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, goByFinder, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

let bench: SeededBench;
test.beforeAll(async () => {
  bench = await seededBench();
});
test.afterAll(async () => bench.stop());

async function openRing(page: Page): Promise<void> {
  await openBench(page, bench.url);
  await goByFinder(page, 'key doctor');
  await expect(page.getByRole('region', { name: 'Key ring' })).toBeVisible();
}
const rows = (page: Page) => page.getByRole('grid', { name: 'Key ring' }).getByRole('row');

test('an empty ring says what it is for', async ({ page }) => {
  await openRing(page);
  await expect(page.getByRole('heading', { name: 'No key is kept here' })).toBeVisible();
  await expectAccessible(page);
});

test('a key for each enrolled phone is made once; the second time there is nothing left to make', async ({ page }) => {
  await openRing(page);
  await page.getByRole('button', { name: 'Keys for phones…' }).click();
  await expect(page.getByText('No public source says which digest a firmware expects: check on one phone first.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make keys for 8 phones' }).click();
  await expect(page.getByText('8 keys made')).toBeVisible();
  await expect(rows(page)).toHaveCount(9);
  await expect(rows(page).filter({ hasText: 'Phone 03' })).toContainText(/(?:[0-9a-f]{4} ){3}[0-9a-f]{4}/);
  await page.getByRole('button', { name: 'Keys for phones…' }).click();
  await expect(page.getByRole('button', { name: /^Make keys for 0/ })).toHaveAccessibleDescription('Every enrolled phone has such a key.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Keys for phones…' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Search by owner, MAC or fingerprint' }).fill('3607');
  await expect(rows(page)).toHaveCount(2);
});

test('a key is shown once, with its QR code; Escape takes its text off the page, and again is asked about', async ({ page }) => {
  await openRing(page);
  await page.getByRole('button', { name: 'Shared key…' }).click();
  const make = page.getByRole('dialog', { name: 'Make a shared key' });
  await expect(make.getByRole('button', { name: 'Make the key' })).toHaveAccessibleDescription('Give it the name by which templates find it.');
  await make.getByLabel('Name of the batch').fill('Clinique Saint-Roch');
  await page.keyboard.press('Control+Enter');
  await expect(make).toHaveCount(0);

  const row = rows(page).filter({ hasText: 'Batch Clinique Saint-Roch' });
  await expect(row).toContainText('never');
  await row.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Batch Clinique Saint-Roch' });
  const code = dialog.locator('code').first();
  await expect(code).toHaveText(/^[\w-]{43}$/);
  const text = (await code.textContent()) ?? '';
  await expect(dialog.getByRole('img', { name: 'The key as a QR code' })).toBeVisible();
  await expect(dialog).toContainText('It is not shown again unless you ask.');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await page.content()).not.toContain(text);
  await expect(row).not.toContainText('never');

  await row.click();
  await page.getByRole('button', { name: 'Show again…' }).click();
  const again = page.getByRole('dialog', { name: /^Show the key of/ });
  await expect(again).toContainText('It was shown before');
  expect(await page.content()).not.toContain(text);
  await again.getByRole('button', { name: 'Show it again' }).click();
  await expect(page.getByRole('dialog').locator('code').first()).toHaveText(text);
  await page.keyboard.press('Escape');
});

test('an owner that has a key keeps it unless it is replaced on purpose', async ({ page }) => {
  await openRing(page);
  const row = rows(page).filter({ hasText: 'Batch Clinique Saint-Roch' });
  const before = await row.textContent();
  await page.getByRole('button', { name: 'Shared key…' }).click();
  const make = page.getByRole('dialog', { name: 'Make a shared key' });
  await make.getByLabel('Name of the batch').fill('Clinique Saint-Roch');
  await expect(make.getByRole('button', { name: 'Make the key' })).toHaveAccessibleDescription('This owner has a key already.');
  await make.getByText('Replace the key of Batch Clinique Saint-Roch').click();
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await expect(make).toHaveCount(0);
  await expect(row).toContainText('never');
  expect(await row.textContent()).not.toBe(before);
});

test('taking a key away names what breaks, and Escape keeps it', async ({ page }) => {
  await openRing(page);
  const row = rows(page).filter({ hasText: 'Batch Clinique Saint-Roch' });
  await row.click();
  await page.getByRole('button', { name: 'Remove…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove the key of Batch Clinique Saint-Roch?' });
  await expect(dialog).toContainText('Templates that encrypt for this batch serve nothing any more');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(row).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Remove…' })).toBeFocused();
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('button', { name: 'Remove the key' }).click();
  await expect(row).toHaveCount(0);
});
