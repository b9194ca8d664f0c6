import { expect, test } from '@playwright/test';
import { complaints, expectAccessible, goByFinder, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

const LIST = ['mac;model;name;extension', '00562b043601;CP-8841-3PCC;Reception;3000', '00562b0436a1;CP-8851-3PCC;Lobby;0301', '00562b0436;CP-8851-3PCC;Broken;3002', '00562b0436a2;CP-9861;Élysée "A";3003'].join('\n');

let bench: SeededBench;
test.beforeEach(async () => {
  bench = await seededBench();
});
test.afterEach(async () => bench.stop());

test('a pasted list is looked at row by row, then taken, with the keyboard alone', async ({ page }) => {
  const heard = complaints(page);
  await openBench(page, bench.url);
  await goByFinder(page, 'import');
  await expect(page.getByRole('heading', { level: 1, name: 'Import a list of phones' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Or paste the lines' }).focus();
  await page.keyboard.insertText(LIST);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('row', { name: /^Line 3, New, 00 56 2B 04 36 A1/ })).toContainText('0301');
  await expect(page.getByRole('row', { name: /^Line 4, Rejected/ })).toContainText('00562b0436 is not a MAC address.');
  await expect(page.getByRole('row', { name: /^Line 5, New/ })).toContainText('Élysée "A"');
  await expect(page.getByRole('heading', { name: '1 row is rejected' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('radio', { name: /^Rejected/ }).check({ force: true });
  await expect(page.getByRole('row', { name: /^Line \d/ })).toHaveCount(1);
  await page.locator('main').focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status').getByRole('heading', { name: /phones? taken$/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('gridcell')).toHaveCount(10);
  expect(heard).toEqual([]);
});

test('a list without column names says so, and what is typed stays', async ({ page }) => {
  await openBench(page, bench.url);
  await goByFinder(page, 'import');
  const field = page.getByRole('textbox', { name: 'Or paste the lines' });
  await field.fill('Reception;3000');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'The first line must name the columns, one of them mac.' })).toBeVisible();
  await expect(field).toHaveValue('Reception;3000');
  await expectAccessible(page);
});

test('a file is taken by choice and by paste anywhere on the page, in French too', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'fr-FR', colorScheme: 'dark' });
  const page = await context.newPage();
  await openBench(page, bench.url);
  await goByFinder(page, 'importer');
  await page.locator('input[type=file]').setInputFiles({ name: 'saint-roch.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${LIST.replaceAll(';', '\t')}\r\n`) });
  await expect(page.getByText(/saint-roch\.csv, 4 lignes séparées par tabulation/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Prendre [23] téléphones/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, LIST);
  await expect(page.getByText(/Lignes collées, 4 lignes séparées par point-virgule/)).toBeVisible();
  await context.close();
});
