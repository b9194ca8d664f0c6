import { expect, test } from '@playwright/test';
import { complaints, expectAccessible, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

let bench: SeededBench;
test.beforeEach(async ({ page }) => {
  bench = await seededBench();
  await openBench(page, bench.url);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});
test.afterEach(async () => bench.stop());

test('the stage that counts as done changes the word of the bench, and is kept', async ({ page }) => {
  const heard = complaints(page);
  await expectAccessible(page);
  await expect(page.getByRole('radio', { name: 'Resynced' })).toBeChecked();
  await page.getByRole('radio', { name: 'Resynced' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'Rebooted' })).toBeChecked();
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('radio', { name: 'Rebooted' })).toBeChecked();
  expect(heard).toEqual([]);
});

test('every phone that asks is served once that is chosen', async ({ page }) => {
  expect(await bench.fetchProfile('00562b0000aa')).toBe(404);
  await page.getByRole('radio', { name: 'Every phone that asks' }).check();
  await expect.poll(() => bench.fetchProfile('00562b0000aa')).not.toBe(404);
});

test('language, theme and sound are set here too, in French without a finding of axe', async ({ page }) => {
  await page.getByRole('radiogroup', { name: 'Language' }).getByText('Français').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Réglages' })).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Thème' }).getByText('Sombre').click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  const sound = page.getByRole('switch', { name: 'Un accord quand tous les téléphones ont terminé' });
  await sound.focus();
  await page.keyboard.press('Space');
  await expect(sound).not.toBeChecked();
  await expectAccessible(page);
});
