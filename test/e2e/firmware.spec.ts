import { expect, test, type Page } from '@playwright/test';
import { madeUpBench } from '../support/e2e/made-up-bench.ts';
import { complaints, expectAccessible, goByFinder, openBench } from '../support/e2e/seeded-bench.ts';

let bench: Awaited<ReturnType<typeof madeUpBench>>;
const start = async (page: Page, ...flags: readonly string[]) => {
  bench = await madeUpBench(...flags);
  await openBench(page, bench.url);
};
test.afterEach(async () => bench.stop());

const load = (page: Page, name: string) => page.getByRole('list', { name: 'Catalogue' }).getByRole('listitem').filter({ hasText: name });
const row = (page: Page, number: string) => page.getByRole('row', { name: new RegExp(`^Phone ${number},`) });
const wave = (page: Page) => page.getByRole('region', { name: /^Wave/ });

test('an empty catalogue says what to add, and A asks for it', async ({ page }) => {
  const heard = complaints(page);
  await start(page);
  await page.keyboard.press('3');
  await expect(page.getByRole('heading', { level: 1, name: 'Firmware' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No firmware is here yet' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No wave has run yet' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Add firmware' });
  await expect(dialog.getByRole('button', { name: 'Choose a zip or files' })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(heard).toEqual([]);
});

test('Ctrl K goes to the screen and asks for files', async ({ page }) => {
  await start(page);
  await goByFinder(page, 'add firmware');
  await expect(page.getByRole('dialog', { name: 'Add firmware' })).toBeVisible();
});

test('each load says whether it is whole, what it lacks, and what it is in the waves', async ({ page }) => {
  await start(page, '--firmware', 'drawn');
  await page.keyboard.press('3');
  await expect(page.getByText('7 loads, 777 MB kept and hashed')).toBeVisible();
  await expect(load(page, 'sip88xx.12-0-7MPP0201-66')).toContainText('7 of 7 files');
  await expect(load(page, 'sip88xx.12-0-7MPP0201-66')).toContainText(/target · \d loading/);
  await expect(load(page, 'sip78xx.11-3-1MSR3-4')).toContainText('hop');
  const broken = load(page, 'sip68xx.12-0-7MPP0201-66');
  await expect(broken).toContainText('kern68xx missing');
  await broken.getByRole('button', { name: /^Add files of sip68xx/ }).click();
  await expect(page.getByRole('dialog', { name: 'Add firmware' })).toBeVisible();
  await page.keyboard.press('Escape');
  // In use: the button stays readable and says by what.
  await page.getByRole('button', { name: /^sip88xx\.12-0-7MPP0201-66/ }).click();
  const inUse = load(page, 'sip88xx.12-0-7MPP0201-66').getByRole('button', { name: 'Remove…' });
  await expect(inUse).toHaveAccessibleDescription('Asked for by saint-roch-all. Change that first.');
  await page.getByRole('button', { name: /^sip98xx\.3-2-1/ }).click();
  await load(page, 'sip98xx.3-2-1').getByRole('button', { name: 'Remove…' }).click();
  await expect(page.getByRole('dialog', { name: 'Remove sip98xx.3-2-1.loads?' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(load(page, 'sip98xx.3-2-1')).toHaveCount(0);
});

test('a plan goes through hops, shows its rule, and allows a way down only when a person says so', async ({ page }) => {
  await start(page, '--firmware', 'drawn', '--profiles', 'drawn');
  await page.keyboard.press('3');
  const plan = page.getByRole('region', { name: /^Plan to/ });
  const ways = plan.getByRole('list', { name: 'The way of each group of phones' });
  await expect(plan.getByRole('heading', { name: 'Plan to 12.0.7' })).toBeVisible();
  await expect(ways).toContainText(/200\sMB a phone, about 2\smin/);
  await plan.getByRole('button', { name: 'Direct, no hop' }).click();
  await page.getByRole('menuitemcheckbox', { name: '11.3.1, sip88xx' }).click();
  await page.keyboard.press('Escape');
  await expect(ways).toContainText('hop, 106\u202fMBabout 2\u202fmin');
  await expect(ways).toContainText('306\u202fMB a phone, about 4\u202fmin');
  await expect(plan).toContainText(/All 12 phones: about \d+\smin, measured on this bench\./);
  await plan.getByRole('button', { name: 'Show rule' }).click();
  await expect(page.getByRole('dialog').getByLabel('Upgrade_Rule')).toContainText('( $SWVER lt sip88xx.11-3-1MSR3-4 )? http://10.20.0.1/sip88xx.11-3-1MSR3-4.loads |');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await plan.getByRole('button', { name: /^Target:/ }).click();
  await page.getByRole('menuitemradio', { name: '11.3.1, sip88xx' }).click();
  await expect(page.getByRole('region', { name: 'Plan to 11.3.1' })).toContainText('12.0.7 is newer than 11-3-1MSR3-4. Allow the way down, or choose a newer load.');
  const down = page.getByRole('switch', { name: 'Allow the way down' });
  await expect(down).not.toBeChecked();
  await down.check({ force: true });
  await expect(page.getByText('is newer than')).toHaveCount(0);
});

test('Shift U pushes by keyboard alone, and the report says who goes and who is there', async ({ page }) => {
  await start(page, '--firmware', 'drawn', '--profiles', 'drawn');
  await page.keyboard.press('3');
  await expect(page.getByRole('button', { name: 'Push to 12 phones' })).toBeVisible();
  await page.keyboard.press('Shift+U');
  const dialog = page.getByRole('dialog', { name: 'Push 12.0.7 to 12 phones?' });
  await expect(dialog.getByRole('radio', { name: /^saint-roch-all/ })).toBeChecked();
  await expect(dialog.getByRole('list', { name: 'What each phone loads' })).toHaveText(/^12\.0\.7200\sMB a phone, about 2\smin$/);
  await expect(dialog).toContainText(/All 12 phones: about \d+\smin, measured on this bench\./);
  await expectAccessible(page);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('status', { name: 'What the push did' })).toContainText('12 phones queued, 7 are at 12.0.7 already');
});

test('a row tells everything in words, and one phone is paused, taken up again, released and taken out', async ({ page }) => {
  await start(page, '--firmware', 'drawn');
  await page.keyboard.press('3');
  await expect(row(page, '32')).toHaveAccessibleName(/^Phone 32, CP-9861, rootfs98xx\.3-2-1\.sbn, stage 1 of 1, 84 percent, \d+ minutes, keep power$/);
  await expect(wave(page)).toContainText(/\d\d\.\d\sMB\/s of 118/);
  await expect(wave(page)).toContainText('The last wave said 14:31 and ended 14:33.');

  await row(page, '32').click();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, '33')).toBeFocused();
  const acts = page.getByRole('group', { name: 'Phone 33' });
  await acts.getByRole('button', { name: 'Pause' }).click();
  await expect(acts.getByRole('button', { name: 'Resume' })).toBeVisible();
  await acts.getByRole('button', { name: 'Resume' }).click();
  await acts.getByRole('button', { name: 'Cancel…' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(row(page, '33')).toHaveAccessibleName(/cancelled/);

  await row(page, '32').click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '1 held: phone 23' }).click();
  await expect(row(page, '23')).toBeFocused();
  const held = page.getByRole('group', { name: 'Phone 23' });
  await expect(held).toContainText('comes back with 11.3.1');
  await expectAccessible(page);
  await held.getByRole('button', { name: 'Release and retry' }).click();
  await expect(row(page, '23')).toHaveAccessibleName(/waiting for a place/);
  await expect(page.getByRole('button', { name: /held: phone/ })).toHaveCount(0);
});

test('counts are filters, and all phones are paused and cancelled at once', async ({ page }) => {
  await start(page, '--firmware', 'drawn');
  await page.keyboard.press('3');
  await page.getByRole('button', { name: '1 held', exact: true }).click();
  await expect(page.getByRole('row', { name: /^Phone/ })).toHaveCount(1);
  await page.getByRole('button', { name: /^All \d+/ }).click();
  await page.getByRole('button', { name: 'Pause all' }).click();
  await expect(wave(page)).toContainText('paused');
  await page.getByRole('button', { name: 'Resume all' }).click();
  await wave(page).getByRole('button', { name: 'Cancel…' }).click();
  await expect(page.getByRole('dialog', { name: /^Take \d+ phones out of the wave\?$/ })).toContainText('must not lose power');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /^The wave to .* ended/ })).toBeVisible();
});

test('the bench shows the wave, minutes and power on its tiles, and lets a held phone try again', async ({ page }) => {
  await start(page, '--firmware', 'drawn');
  await expect(page.getByRole('gridcell', { name: /^Phone 32, CP-9861, .*firmware 84 percent, \d+ minutes, keep power$/ })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /^Phone 40, .*queued for firmware/ })).toContainText('queue');
  await expect(page.getByRole('gridcell', { name: /^Phone 23, .*Upgrade loop, still 11\.3\.1/ })).toContainText('held');
  const panel = page.getByRole('region', { name: 'Wave' });
  await expect(panel).toContainText('12 phones loading, 1 queued, 1 held. ');
  await panel.getByRole('button', { name: 'Pause' }).click();
  await expect(panel.getByRole('button', { name: 'Resume' })).toBeVisible();
  await page.getByRole('button', { name: 'Release and retry' }).click();
  await expect(panel).not.toContainText('held');
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Show the wave' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Firmware' })).toBeVisible();
});

test('500 phones: only the rows in sight are drawn, and they go on moving', async ({ page }) => {
  await start(page, '--firmware', 'large', '--phones', '500');
  await page.keyboard.press('3');
  await expect(page.getByRole('grid', { name: /phones of the wave$/ })).toHaveAttribute('aria-rowcount', /^[34]\d\d$/);
  expect(await page.getByRole('row', { name: /^Phone/ }).count()).toBeLessThan(60);
  await page.getByRole('button', { name: /^\d+ loading$/ }).click();
  const first = page.getByRole('row', { name: /^Phone/ }).first();
  const before = await first.getAttribute('aria-label');
  await expect.poll(() => first.getAttribute('aria-label')).not.toBe(before);
});

for (const [scheme, locale] of [['light', 'en-GB'], ['dark', 'fr-FR']] as const) {
  test(`no finding of axe, ${scheme}, ${locale}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: scheme, locale, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const heard = complaints(page);
    await start(page, '--firmware', 'drawn');
    await page.keyboard.press('3');
    await expect(page.getByRole('row', { name: /32,/ })).toBeVisible();
    await expectAccessible(page);
    expect(heard).toEqual([]);
    await context.close();
  });
}
