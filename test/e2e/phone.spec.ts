import { expect, test } from '@playwright/test';
import { complaints, expectAccessible, MACS, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

let bench: SeededBench;
test.beforeAll(async () => {
  bench = await seededBench();
  await bench.fetchProfile(MACS[0]);
  await bench.say(MACS[0], 'Successful resync http://127.0.0.1/00562b043601.cfg');
  await bench.fetchProfile(MACS[5]);
});
test.afterAll(async () => bench.stop());

async function openPhone(page: Parameters<typeof openBench>[0], number: number): Promise<void> {
  await openBench(page, bench.url);
  await page.getByRole('gridcell', { name: new RegExp(`^Phone 0${number},`) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('tells what the phone asked, what it got, and shows the row that is picked', async ({ page }) => {
  const heard = complaints(page);
  await openPhone(page, 1);
  const timeline = page.getByRole('listbox', { name: 'Timeline' });
  const row = timeline.getByRole('option', { name: /GET \/00562b043601\.cfg/ });
  await expect(row).toContainText('200');
  await row.click();
  await expect(page.getByRole('region', { name: /^Row \d+/ })).toContainText('GET /00562b043601.cfg');
  await expect(page.getByRole('list', { name: 'Its way' }).getByRole('listitem').filter({ hasText: 'Resynced' })).toContainText(/\d\d:\d\d:\d\d/);
  await expect(page.getByRole('heading', { name: 'Nothing is wrong' })).toBeVisible();
  expect(heard).toEqual([]);
});

test('a new row comes in by itself, and the filter leaves what was asked for', async ({ page }) => {
  await openPhone(page, 1);
  const timeline = page.getByRole('listbox', { name: 'Timeline' });
  await bench.say(MACS[0], 'Requesting resync http://127.0.0.1/again.cfg');
  await expect(timeline.getByRole('option', { name: /again\.cfg/ })).toBeVisible();
  await page.getByRole('radio', { name: 'Files' }).check({ force: true });
  await expect(timeline.getByRole('option', { name: /again\.cfg/ })).toHaveCount(0);
  await expect(timeline.getByRole('option', { name: /GET/ }).first()).toBeVisible();
});

test('shows the profile as it was served, its secret hidden in every form', async ({ page }) => {
  await openPhone(page, 1);
  await expect(page.getByRole('tab', { name: 'Served' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'Served' })).toContainText('Reception');
  for (const name of ['Template', 'Filled', 'Served']) {
    await page.getByRole('tab', { name }).click();
    await expect(page.getByRole('region', { name })).toContainText('secret');
    await expect(page.getByRole('region', { name })).not.toContainText('hush-hush');
  }
});

test('says first what is wrong, then what it rests on, and lights that row', async ({ page }) => {
  await openPhone(page, 6);
  const card = page.getByRole('region', { name: 'What is likely wrong' });
  await expect(card.getByRole('heading', { level: 3 })).toContainText('The template needs extension');
  await card.getByRole('button').first().click();
  await expect(page.getByRole('region', { name: /^Row \d+/ })).toContainText('503');
});

test('a phone that was never heard is told with the reasons, and cannot be asked to resync', async ({ page }) => {
  await openPhone(page, 8);
  await expect(page.getByRole('heading', { name: 'Nothing heard yet' }).first()).toBeVisible();
  const resync = page.getByRole('button', { name: 'Resync' });
  await expect(resync).toHaveAttribute('aria-disabled', 'true');
  await expect(resync).toHaveAccessibleDescription(/address is not known yet/);
  await page.keyboard.press('Shift+R');
  await expect(resync).not.toHaveAttribute('aria-busy', 'true');
});

for (const [number, scheme] of [[1, 'light'], [6, 'dark'], [8, 'light']] as const) {
  test(`phone ${number} has no finding of axe, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openPhone(page, number);
    await expect(page.getByRole('region', { name: 'Identity' })).toContainText('CP-8841-3PCC');
    await expectAccessible(page);
  });
}
