import { expect, test, type Page } from '@playwright/test';
import { complaints, expectAccessible, goByFinder, openBench, openInFrench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

let bench: SeededBench;
test.beforeAll(async () => {
  bench = await seededBench();
});
test.afterAll(async () => bench.stop());

const TWO = '( $SWVER lt sip88xx.11-3-1MPP0001 )? [--key $A]tftp://10.20.0.1/old.cfg | [--key $A]http://10.20.0.1/p/$MA.cfg';

async function openDebugger(page: Page, finder = 'Rule debugger'): Promise<void> {
  await openBench(page, bench.url);
  await goByFinder(page, finder);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Rule debugger|Débogueur de règle/);
}
const field = (page: Page) => page.getByRole('textbox', { name: 'Rule', exact: true });
const steps = (page: Page) => page.getByRole('list', { name: 'Step by step' }).getByRole('listitem');

test('a fresh phone and the factory rule: the address that is asked, and when it comes again', async ({ page }) => {
  const heard = complaints(page);
  await openDebugger(page);
  await expect(field(page)).toHaveValue('/$PSN.xml');
  await expect(steps(page).filter({ hasText: '8841-3PCC.xml' }).last()).toBeVisible();
  const next = page.getByRole('region', { name: 'Next try if…' });
  for (const outcome of ['200', '404', 'corrupt', 'no link']) await expect(next.getByText(outcome, { exact: true })).toBeVisible();
  await expect(next).toContainText('Resync_Periodic');
  await expectAccessible(page);
  expect(heard).toEqual([]);
});

test('of two alternatives one is struck out and one wins, each with its word, and every step is told', async ({ page }) => {
  await openDebugger(page);
  await field(page).fill(TWO);
  const alternatives = page.getByRole('list', { name: 'Alternatives' }).getByRole('listitem');
  await expect(alternatives).toHaveText([/1 \S+/, /2 \S+/]);
  await expect(alternatives.filter({ hasText: 'wins' })).toHaveCount(1);
  await expect(page.getByText('a trial, not in the file')).toBeVisible();
  await expect(steps(page).last()).toContainText(/^\d*(GET|RRQ) (http|tftp):\/\/10\.20\.0\.1:\d+\//);
  await page.getByRole('button', { name: 'As in the file' }).click();
  await expect(field(page)).toHaveValue('/$PSN.xml');
});

test('the facts of the trial decide: another version lets the other alternative win', async ({ page }) => {
  await openDebugger(page);
  await field(page).fill(TWO);
  const version = page.getByLabel('Version ($SWVER)');
  await version.fill('sip88xx.12-0-7MPP0201-66');
  await expect(page.getByRole('list', { name: 'Alternatives' })).toContainText('1 false');
  await expect(steps(page).last()).toContainText('GET http://10.20.0.1:80/p/');
  await version.fill('sip88xx.11-0-0MPP-376');
  await expect(page.getByRole('list', { name: 'Alternatives' })).toContainText('1 wins');
  await expect(steps(page).last()).toContainText('tftp://10.20.0.1');
  await page.getByLabel('MAC ($MA)').fill('not a mac');
  await expect(page.getByText('12 hex digits, as on the label.').first()).toBeVisible();
});

test('with a phone picked its own facts are used', async ({ page }) => {
  await openDebugger(page);
  await page.getByLabel('Phone').selectOption({ label: '03  00 56 2B 04 36 03  8841' });
  await field(page).fill('http://10.20.0.1/$MA.cfg');
  await expect(steps(page).last()).toContainText('http://10.20.0.1:80/00562b043603.cfg');
  await expect(page.getByText('a trial for phone 03, not in the file')).toBeVisible();
});

test('what cannot be read is marked at its column, and pressing the problem selects it in the rule', async ({ page }) => {
  await openDebugger(page);
  await field(page).fill('[--key $A http://10.20.0.1/x.cfg');
  const problem = page.getByRole('list', { name: 'Problems' }).getByRole('listitem').first();
  await expect(problem).toContainText(/column \d+/);
  await problem.getByRole('button').click();
  await expect(field(page)).toBeFocused();
  const selected = await field(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
  expect(selected).not.toBe('');
  await expectAccessible(page);
});

test('what a technician types on the keypad goes through the same reader', async ({ page }) => {
  await openDebugger(page);
  await page.getByText('On the keypad').click();
  await page.getByRole('textbox', { name: 'Address as typed on the phone' }).fill('10.20.0.1/8841-3PCC.xml');
  await expect(steps(page).last()).toContainText('tftp://10.20.0.1:69/8841-3PCC.xml');
  await page.getByRole('textbox', { name: 'Address as typed on the phone' }).fill('http://10.20.0.1:8080/8841-3PCC.xml');
  await expect(steps(page).last()).toContainText('http://10.20.0.1:8080/8841-3PCC.xml');
});

test('typed fast, the answer shown is that of the last text', async ({ page }) => {
  await openDebugger(page);
  await field(page).fill('');
  await field(page).pressSequentially('http://10.20.0.1/last.cfg', { delay: 40 });
  await expect(steps(page).last()).toContainText('http://10.20.0.1:80/last.cfg');
  await expect(steps(page).filter({ hasText: '/las.cfg' })).toHaveCount(0);
});

test('what is typed stays when another phone is picked; facts changed for one are not carried to the next', async ({ page }) => {
  await openDebugger(page);
  await field(page).fill('http://10.20.0.1/$MA-$SN.cfg');
  await page.getByLabel('Phone').selectOption({ label: '03  00 56 2B 04 36 03  8841' });
  await expect(steps(page).last()).toContainText('00562b043603-FCH2443D9R2.cfg');
  await page.getByLabel('Serial number ($SN)').fill('TRIAL');
  await expect(steps(page).last()).toContainText('00562b043603-TRIAL.cfg');
  await page.getByLabel('Phone').selectOption({ label: '04  00 56 2B 04 36 04  8841' });
  await expect(field(page)).toHaveValue('http://10.20.0.1/$MA-$SN.cfg');
  await expect(steps(page).last()).toContainText('00562b043604-FCH2443D9R3.cfg');
});

test('a trial that is opened wide is still called a trial', async ({ page }) => {
  await openBench(page, bench.url);
  await page.keyboard.press('2');
  const inline = page.getByRole('region', { name: 'Rule debugger' });
  await inline.getByRole('textbox', { name: 'Rule', exact: true }).fill('http://10.20.0.1/trial.cfg');
  await inline.getByRole('button', { name: 'Open wide' }).click();
  await expect(field(page)).toHaveValue('http://10.20.0.1/trial.cfg');
  await expect(page.getByText(/^a trial for phone \d+, not in the file$/)).toBeVisible();
  await page.getByRole('button', { name: 'As in the file' }).click();
  await expect(field(page)).toHaveValue('/$MA.cfg');
});

test('a key that is held down acts once: Escape closes what is open and leaves no screen behind it', async ({ page }) => {
  await openDebugger(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.down('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  for (let repeat = 0; repeat < 3; repeat += 1) await page.keyboard.down('Escape');
  await page.keyboard.up('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Rule debugger' })).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Rule debugger' })).toHaveCount(0);
});

test('nothing sticks out in French, dark, in the smallest window, and Escape leads back', async ({ page }) => {
  await openInFrench(page, bench.url);
  await goByFinder(page, 'Débogueur');
  await page.getByRole('textbox', { name: 'Règle', exact: true }).fill(TWO);
  await expect(page.getByText('un essai, pas dans le fichier')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Possibilités' })).toContainText('retenue');
  await expectAccessible(page);
  const wide = await page.locator('main').evaluate((main) =>
    [...main.querySelectorAll('*')].filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 6 && getComputedStyle(each).overflowX === 'visible' && !each.className.toString().includes('hidden')).map((each) => each.className.toString()));
  expect(wide).toEqual([]);
  await page.getByRole('button', { name: /^(Langue|Language)/ }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'Rule debugger' })).toHaveCount(0);
});
