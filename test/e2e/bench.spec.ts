import { expect, test, type Page } from '@playwright/test';
import { complaints, expectAccessible, MACS, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

let bench: SeededBench;
test.beforeAll(async () => {
  bench = await seededBench();
});
test.afterAll(async () => bench.stop());

const tile = (page: Page, number: number) => page.getByRole('gridcell', { name: new RegExp(`^Phone 0${number},`) });

test('a phone goes from expected to resynced before the eyes, and the keyboard stays where it is', async ({ page }) => {
  const heard = complaints(page);
  await openBench(page, bench.url);
  await expect(page).not.toHaveURL(/token/);
  await expect(page.getByRole('gridcell')).toHaveCount(8);
  await expect(tile(page, 1)).toHaveAccessibleName(/Expected/);
  await tile(page, 8).focus();

  expect(await bench.fetchProfile(MACS[0])).toBe(200);
  await expect(tile(page, 1)).toHaveAccessibleName(/Profile/);
  await bench.say(MACS[0], 'Successful resync http://127.0.0.1/00562b043601.cfg');
  await expect(tile(page, 1)).toHaveAccessibleName(/Resynced at/);
  await expect(page.getByText('of 8 resynced')).toBeVisible();

  await expect(tile(page, 8)).toBeFocused();
  expect(heard).toEqual([]);
});

test('a phone that cannot be helped stands in the worklist with its cause, and N leads to it', async ({ page }) => {
  await openBench(page, bench.url);
  expect(await bench.fetchProfile(MACS[5])).toBe(503);
  const work = page.getByRole('complementary', { name: 'What needs a hand' });
  await expect(work.getByRole('heading', { name: '1 needs a hand' })).toBeVisible();
  await expect(work.getByText('The template needs extension')).toBeVisible();
  await page.keyboard.press('n');
  await expect(tile(page, 6)).toBeFocused();
  await expect(tile(page, 6)).toHaveAccessibleName(/Needs a hand, extension is missing/);
});

test('the whole way by keyboard: into the grid, along it, into a phone and back to the same tile', async ({ page }) => {
  await openBench(page, bench.url);
  await expect(tile(page, 1)).toBeVisible();
  for (let presses = 0; presses < 40 && !(await tile(page, 1).evaluate((cell) => cell === document.activeElement)); presses += 1) await page.keyboard.press('Tab');
  await expect(tile(page, 1)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(tile(page, 3)).toBeFocused();
  await page.keyboard.press('End');
  await expect(tile(page, 8)).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('00 56 2B 04 36 02');
  await page.keyboard.press('Escape');
  await expect(tile(page, 2)).toBeFocused();
});

test('search and filter let the rest leave, say how many are shown, and Esc brings them back', async ({ page }) => {
  await openBench(page, bench.url);
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Find in this list' })).toBeFocused();
  await page.keyboard.type('ward', { delay: 50 });
  await expect(page.getByRole('gridcell')).toHaveCount(3);
  await expect(page.getByText('8 phones, 3 shown')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('gridcell')).toHaveCount(8);

  await bench.fetchProfile(MACS[5]);
  await page.getByRole('button', { name: /Needs a hand/ }).click();
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await page.locator('body').press('Escape');
  await expect(page.getByRole('gridcell')).toHaveCount(8);

  await page.getByRole('textbox', { name: 'Find in this list' }).fill('8861');
  await expect(page.getByRole('heading', { name: 'No phone matches “8861”' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(page.getByRole('gridcell')).toHaveCount(8);
});

test('V turns tiles into a table that sorts and opens a phone', async ({ page }) => {
  await openBench(page, bench.url);
  await page.keyboard.press('v');
  await expect(page.getByRole('columnheader', { name: /Serial/ })).toBeVisible();
  await page.getByRole('button', { name: 'Name' }).click();
  const names = page.getByRole('row').filter({ hasText: '00 56 2B' });
  await expect(names.first()).toContainText('Archive');
  // Numbers inside names count as numbers: Ward 2 before Ward 10.
  await expect(names.nth(6)).toContainText('Ward 2');
  await names.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a scanner burst with Enter presses nothing and goes nowhere', async ({ page }) => {
  await openBench(page, bench.url);
  await tile(page, 3).focus();
  await page.evaluate(() => {
    for (const key of [...'wv5nFCH2443D9R4', 'Enter']) {
      const shift = key.length === 1 && key !== key.toLowerCase();
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey: shift, bubbles: true, cancelable: true }));
    }
  });
  await page.waitForTimeout(200);
  await expect(page.getByRole('grid', { name: '8 phones' })).toBeVisible();
  await expect(tile(page, 3)).toBeFocused();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`tiles and table have no finding of axe, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openBench(page, bench.url);
    await expect(tile(page, 1)).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('v');
    await expect(page.getByRole('columnheader', { name: /Serial/ })).toBeVisible();
    await expectAccessible(page);
  });
}
