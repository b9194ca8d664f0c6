import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, MACS, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

const REPORT = `<device><flat-profile>
  <Station_Name ua="na">Somewhere else</Station_Name>
  <Short_Name_1_ ua="na">3000</Short_Name_1_>
  <Profile_Rule ua="na">/$MA.cfg</Profile_Rule>
  <!-- <User_Password ua="rw"/> -->
  <Time_Zone ua="na">GMT+01:00</Time_Zone>
</flat-profile></device>
`;

let bench: SeededBench;
test.beforeAll(async () => {
  bench = await seededBench();
  await bench.fetchProfile(MACS[0]);
  await send('report.xml', REPORT);
});
test.afterAll(async () => bench.stop());

/** What a Report_Rule makes the first phone send. */
async function send(path: string, body: string): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${bench.process.servers.http.port}/${path}`, {
    method: 'POST', body, headers: { 'user-agent': `Cisco-CP-8841-3PCC/11.3.2 (${MACS[0]})`, 'content-type': 'text/xml' },
  });
  expect(answer.status).toBeLessThan(300);
}

async function openReported(page: Page, number: number): Promise<void> {
  await openBench(page, bench.url);
  await page.getByRole('gridcell', { name: new RegExp(`^Phone 0${number},`) }).click();
  await page.getByRole('tab', { name: 'Reported' }).click();
}

test('compares what was served with what the phone says: only differences first, hidden ones counted neither way', async ({ page }) => {
  await openReported(page, 1);
  const list = page.getByRole('list', { name: 'Compared' });
  const row = list.getByRole('listitem').filter({ hasText: 'Station_Name' });
  await expect(row).toContainText('different');
  await expect(row).toContainText('Reception');
  await expect(row).toContainText('Somewhere else');
  await expect(list.getByRole('listitem').filter({ hasText: 'Short_Name_1_' })).toHaveCount(0);
  await expect(page.getByRole('tabpanel')).toContainText('the phone does not tell');
  await expectAccessible(page);
  await page.getByText('Only differences').click();
  await expect(list.getByRole('listitem').filter({ hasText: 'Short_Name_1_' })).toContainText('same');
  await expect(list.getByRole('listitem').filter({ hasText: 'User_Password' })).toContainText('the phone does not tell it');
  await expect(list.getByRole('listitem').filter({ hasText: 'Time_Zone' })).toContainText('not in the profile');
  await expect(page.locator('main')).not.toContainText('hush-hush');
});

test('the report stands there as text, and everything that came can be opened', async ({ page }) => {
  await openReported(page, 1);
  await page.getByText('Text', { exact: true }).click();
  await expect(page.getByRole('region', { name: 'Text' })).toContainText('Somewhere else');
  await page.getByText('All received').click();
  const head = page.getByRole('list', { name: 'All received' }).getByRole('button').first();
  await expect(head).toContainText('/report.xml');
  await head.click();
  await expect(page.getByRole('region', { name: 'What came' })).toContainText('Somewhere else');
  await expectAccessible(page);
  await head.click();
  await expect(page.getByRole('region', { name: 'What came' })).toHaveCount(0);
});

test('a phone that reported nothing says what would make it report', async ({ page }) => {
  await openReported(page, 2);
  await expect(page.getByRole('heading', { name: 'Nothing reported yet' })).toBeVisible();
  await expect(page.getByRole('tabpanel')).toContainText('A Report_Rule in the profile makes the phone send what it holds.');
  await expectAccessible(page);
});
