import { expect, test, type Page } from '@playwright/test';
import { complaints, expectAccessible, MACS, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

let bench: SeededBench;
test.beforeEach(async ({ page }) => {
  bench = await seededBench();
  await openBench(page, bench.url);
  await page.keyboard.press('5');
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
});
test.afterEach(async () => bench.stop());

const requests = (page: Page) => page.getByRole('grid', { name: 'Requests, newest first' });
const lines = (page: Page) => page.getByRole('grid', { name: 'Syslog lines, newest first' });
/** Rows of content: the head has a label of its own role. */
const rowsOf = (list: ReturnType<typeof requests>) => list.locator('[role=row][data-index]');

async function askTimes(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await bench.fetchProfile(MACS[index % 5] ?? MACS[0]);
}

test('an empty bench says what will appear; then it does, by itself', async ({ page }) => {
  const heard = complaints(page);
  await expect(page.getByRole('heading', { name: 'No request yet' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No line yet' })).toBeVisible();
  await expectAccessible(page);
  await bench.fetchProfile(MACS[0]);
  await bench.say(MACS[0], 'Successful resync http://127.0.0.1/x.cfg');
  await expect(rowsOf(requests(page)).first()).toContainText(`/${MACS[0]}.cfg`);
  await expect(rowsOf(requests(page)).first()).toContainText('200');
  await expect(rowsOf(lines(page)).first()).toContainText('Successful resync');
  await expect(page.getByText('1 line kept')).toBeVisible();
  await expectAccessible(page);
  expect(heard).toEqual([]);
});

test('one search over both lists, typed where / leads, while rows go on coming', async ({ page }) => {
  await bench.fetchProfile(MACS[0]);
  await bench.fetchProfile(MACS[1]);
  await bench.say(MACS[1], 'Resync failed: Corrupt file');
  await expect(rowsOf(requests(page))).toHaveCount(2);
  await page.keyboard.press('/');
  const field = page.getByRole('textbox', { name: 'Find in requests and syslog' });
  await expect(field).toBeFocused();
  await page.keyboard.type('phone:02', { delay: 60 });
  await expect(rowsOf(requests(page))).toHaveCount(1);
  await expect(rowsOf(requests(page)).first()).toContainText(MACS[1]);
  await expect(rowsOf(lines(page))).toHaveCount(1);
  await bench.fetchProfile(MACS[0]);
  await bench.fetchProfile(MACS[1]);
  await expect(rowsOf(requests(page))).toHaveCount(2);
  await expect(field).toBeFocused();
  await field.fill('nothing like this');
  await expect(page.getByRole('heading', { name: 'No request matches' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No line matches' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await expect(rowsOf(requests(page))).toHaveCount(4);
});

test('what was refused stands alone when asked for, and its row says why', async ({ page }) => {
  await bench.fetchProfile(MACS[0]);
  expect(await bench.fetchProfile('00562b0000aa')).toBe(404);
  await expect(rowsOf(requests(page))).toHaveCount(2);
  await page.getByRole('radio', { name: /^Refused/ }).check({ force: true });
  await expect(rowsOf(requests(page))).toHaveCount(1);
  await rowsOf(requests(page)).first().click();
  const detail = page.getByRole('region', { name: 'Request', exact: true });
  await expect(detail).toContainText('404');
  await expect(detail).toContainText('Not enrolled, so nothing is served.');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(detail).toHaveCount(0);
});

test('Space holds the lists still and counts what comes; Space again follows', async ({ page }) => {
  await bench.fetchProfile(MACS[0]);
  await expect(rowsOf(requests(page))).toHaveCount(1);
  await page.locator('main').focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('Held still. Space follows again.')).toBeVisible();
  await askTimes(3);
  await expect(page.getByRole('button', { name: /new row/ })).toContainText(/[3-9] new/);
  await expect(rowsOf(requests(page))).toHaveCount(1);
  await page.keyboard.press('Space');
  await expect(rowsOf(requests(page))).toHaveCount(4);
  await expect(page.getByRole('button', { name: /new row/ })).toHaveCount(0);
});

test('new rows move neither the place that is read nor the focus', async ({ page }) => {
  await askTimes(60);
  await expect(page.getByRole('grid', { name: 'Requests, newest first' })).toHaveAttribute('aria-rowcount', '61');
  const frame = requests(page).locator('xpath=..');
  await frame.evaluate((each) => each.scrollTo({ top: 600 }));
  await expect(page.getByText('Held still. Space follows again.')).toBeVisible();
  const before = await rowsOf(requests(page)).evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  await askTimes(5);
  await expect(page.getByRole('button', { name: /new row/ })).toContainText(/[5-9] new/);
  expect(await frame.evaluate((each) => each.scrollTop)).toBe(600);
  expect(await rowsOf(requests(page)).evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))).toEqual(before);
  await page.getByRole('button', { name: /new row/ }).click();
  await expect.poll(() => frame.evaluate((each) => each.scrollTop)).toBe(0);
});

test('arrows choose rows, Enter opens the phone, Esc comes back', async ({ page }) => {
  await askTimes(3);
  await expect(rowsOf(requests(page))).toHaveCount(3);
  await rowsOf(requests(page)).first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rowsOf(requests(page)).nth(1)).toBeFocused();
  await expect(page.getByRole('region', { name: 'Request', exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('00 56 2B 04 36 02');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Activity' })).toBeVisible();
});

test('French and dark, without a finding of axe', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: /^Language/ }).click();
  await page.getByRole('menuitemradio', { name: 'Français' }).click();
  await askTimes(3);
  await expect(page.getByRole('heading', { level: 1, name: 'Activité' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Requêtes, les plus récentes d’abord' }).locator('[data-index]')).toHaveCount(3);
  await expectAccessible(page);
});
