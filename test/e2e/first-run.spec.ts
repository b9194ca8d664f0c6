import { expect, test } from '@playwright/test';
import { startBench, temporaryFolder, type BenchProcess } from '../support/bench-process.ts';
import { complaints, expectAccessible, openBench } from '../support/e2e/seeded-bench.ts';
import { madeUpBench } from '../support/e2e/made-up-bench.ts';

test.describe('on a new workspace', () => {
  let bench: BenchProcess;
  let url: string;
  let remove: () => Promise<void>;
  test.beforeEach(async () => {
    const folder = await temporaryFolder();
    remove = folder.remove;
    bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', '127.0.0.1:0']);
    if (bench.ui === null) throw new Error('the bench serves no page: build the renderer first');
    url = bench.ui;
  });
  test.afterEach(async () => {
    await bench.stop().catch(() => undefined);
    await remove();
  });

  test('the bench begins with three steps, and nothing was sent yet', async ({ page }) => {
    const heard = complaints(page);
    await openBench(page, url);
    await expect(page.getByRole('heading', { level: 1, name: 'Make the first phone green' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 2, name: 'Which card goes to the phones?' })).toBeVisible();
    await expect(page.getByRole('contentinfo')).toContainText('Nothing is sent on any network yet');
    await expectAccessible(page);
    expect(heard).toEqual([]);
  });

  test('D starts six demo phones on a bench of their own, marked, and the end of it leads back', async ({ page }) => {
    await openBench(page, url);
    await page.locator('main').focus();
    await page.keyboard.press('d');
    await expect(page.getByRole('gridcell')).toHaveCount(6, { timeout: 60_000 });
    await expect(page.getByRole('banner').getByText('Demo', { exact: true }).last()).toBeVisible();
    await expectAccessible(page);
    // One of them lacks a value on purpose, so a person sees both ends.
    await expect(page.getByRole('gridcell', { name: /Needs a hand/ })).toHaveCount(1, { timeout: 90_000 });
    await expect(page.getByRole('gridcell', { name: /Resynced/ })).not.toHaveCount(0, { timeout: 90_000 });
    await page.keyboard.press('4');
    await expect(page.getByText('The demo stays on loopback. End it to pick a card for real phones.')).toBeVisible();
    for (const radio of await page.getByRole('radiogroup', { name: 'Network card that goes to the phones' }).getByRole('radio').all()) await expect(radio).toBeDisabled();
    await page.getByRole('button', { name: 'End the demo' }).click();
    await page.keyboard.press('1');
    await expect(page.getByRole('heading', { level: 1, name: 'Make the first phone green' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'End the demo' })).toHaveCount(0);
  });

  test('French, without a finding of axe', async ({ browser }) => {
    const context = await browser.newContext({ locale: 'fr-FR', colorScheme: 'dark' });
    const page = await context.newPage();
    await openBench(page, url);
    await expect(page.getByRole('heading', { level: 1, name: 'Passez le premier téléphone au vert' })).toBeVisible();
    await expectAccessible(page);
    await context.close();
  });
});

test('with the keyboard alone: Enter picks the card, then the profile, then the MAC is typed', async ({ page }) => {
  const bench = await madeUpBench('--phones', '0', '--no-card');
  await openBench(page, bench.url);
  await expect(page.getByRole('radio', { name: /enp3s0/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('enp3s0, 10.20.0.1')).toBeVisible();
  await page.getByRole('button', { name: 'Use the starter profile' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Template “starter” for all phones')).toBeVisible();
  await expectAccessible(page);
  const mac = page.getByLabel('MAC address');
  await mac.focus();
  await mac.fill('00 56 2b');
  await page.keyboard.press('Enter');
  await expect(page.getByText('12 digits from 0 to 9 and A to F, as on the label.')).toBeVisible();
  await expectAccessible(page);
  await mac.fill('00:56:2B:04:36:15');
  await page.keyboard.press('Enter');
  await expect(page.getByText('00 56 2B 04 36 15 is expected. Plug it in.')).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /^Phone 01/ })).toBeVisible();
  await bench.stop();
});

test('a stranger that asks is named, and enrolled with one button', async ({ page }) => {
  const bench = await madeUpBench('--phones', '0', '--strangers', '2');
  await openBench(page, bench.url);
  await page.getByRole('button', { name: 'Use the starter profile' }).click();
  const list = page.getByRole('list', { name: 'Heard, not enrolled' });
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expectAccessible(page);
  await list.getByRole('button').first().click();
  // The first enrolled phone opens the bench; the other stranger is still told beside it.
  await expect(page.getByRole('gridcell', { name: /^Phone 01/ })).toBeVisible();
  await expect(page.getByText('1 stranger')).toBeVisible();
  await bench.stop();
});
