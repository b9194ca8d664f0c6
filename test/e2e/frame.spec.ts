import { expect, test } from '@playwright/test';
import { complaints, expectAccessible, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

let bench: SeededBench;
test.beforeEach(async () => {
  bench = await seededBench();
});
test.afterEach(async () => bench.stop());

test('a page without the token is not let in, and says what to open', async ({ page }) => {
  await page.goto(bench.url.replace(/#.*/, ''));
  await expect(page.getByRole('heading', { name: 'This page was not let in' })).toBeVisible();
  await expectAccessible(page);
});

test('a page that is loaded again is still let in', async ({ page }) => {
  await openBench(page, bench.url);
  await page.reload();
  await expect(page.getByRole('gridcell')).toHaveCount(8);
});

test('Ctrl K finds a phone by a few letters and opens it', async ({ page }) => {
  await openBench(page, bench.url);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('pharm', { delay: 50 });
  await expect(page.getByRole('option', { name: /Pharmacy/ })).toHaveAttribute('aria-selected', 'true');
  // The bench is still seen around it: nothing between the dialog and its scrim has a ground of its own.
  const around = await page.getByRole('dialog').evaluate((dialog) => getComputedStyle(dialog.parentElement ?? dialog).backgroundColor);
  expect(around).toBe('rgba(0, 0, 0, 0)');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('00 56 2B 04 36 05');
});

test('Esc closes what lies on top and nothing below it', async ({ page }) => {
  await openBench(page, bench.url);
  await page.getByRole('gridcell').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('00 56 2B');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('00 56 2B');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('gridcell')).toHaveCount(8);
});

test('language and theme change at once and are kept by the bench', async ({ page, browser }) => {
  const heard = complaints(page);
  await openBench(page, bench.url);
  await page.getByRole('button', { name: /^Language/ }).click();
  await page.getByRole('menuitemradio', { name: 'Français' }).click();
  await expect(page.getByRole('button', { name: 'Banc' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByRole('button', { name: /^Thème/ }).click();
  await page.getByRole('menuitemradio', { name: 'Sombre' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');

  const other = await browser.newPage();
  await openBench(other, bench.url);
  await expect(other.getByRole('button', { name: 'Banc' })).toBeVisible();
  await expect(other.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await other.close();
  expect(heard).toEqual([]);
});

test('the wall fills the window, and W or Esc leaves it', async ({ page }) => {
  await openBench(page, bench.url);
  await page.keyboard.press('w');
  await expect(page.getByRole('listitem').filter({ hasText: '08' })).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('navigation')).toBeVisible();
});

test('a bench that goes away is told at once: the last state stays, dated, with the next try', async ({ page }) => {
  await openBench(page, bench.url);
  await bench.process.kill();
  await expect(page.getByRole('region', { name: /does not answer/ })).toContainText(/What you see is the state of \d\d:\d\d:\d\d/);
  await expect(page.getByRole('gridcell')).toHaveCount(8);
  await expectAccessible(page);
});

test('F6 walks over the landmarks', async ({ page }) => {
  await openBench(page, bench.url);
  const seen: string[] = [];
  for (let press = 0; press < 5; press += 1) {
    await page.keyboard.press('F6');
    seen.push(await page.evaluate(() => document.activeElement?.closest('[data-region]')?.tagName.toLowerCase() ?? 'none'));
  }
  expect(new Set(seen)).toEqual(new Set(['nav', 'header', 'main', 'aside', 'footer']));
});

test('at 1180 × 720 the worklist is a drawer on N, and nothing is cut off the window', async ({ page }) => {
  await page.setViewportSize({ width: 1180, height: 720 });
  await openBench(page, bench.url);
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'What needs a hand' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1180);
});
