import { expect, test } from '@playwright/test';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dialbench } from '../support/bench-process.ts';
import { complaints, expectAccessible, MACS, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';

const HOP = 'sip88xx.11-3-1MSR3-1.loads';
const TARGET = 'sip88xx.12-0-7MPP0201-66.loads';
const PROFILE = `<flat-profile>
  <Resync_Periodic ua="na">60</Resync_Periodic>
  <Syslog_Server ua="na">{{bench_syslog}}</Syslog_Server>
  <Upgrade_Rule ua="na"></Upgrade_Rule>
</flat-profile>`;

let bench: SeededBench;
test.beforeEach(async () => {
  bench = await seededBench();
});
test.afterEach(async () => bench.stop());

test('loads are sent from the browser, planned with a hop and pushed, and a phone ends at the target', async ({ page }) => {
  test.slow();
  const heard = complaints(page);
  const samples = join(bench.folder, 'samples');
  for (const load of [HOP, TARGET]) expect((await dialbench('firmware', 'make-sample', samples, '--load', load, '--mb', '1')).code).toBe(0);
  const files = (await readdir(samples)).map((name) => join(samples, name));
  await writeFile(join(bench.folder, 'broken.zip'), 'not a zip');
  await writeFile(join(bench.folder, 'ours.xml'), PROFILE);
  expect((await dialbench('profiles', '--data', bench.folder, 'add', 'ours', join(bench.folder, 'ours.xml'), '--for', '*')).code).toBe(0);

  await openBench(page, bench.url);
  await page.keyboard.press('3');
  await expect(page.getByRole('heading', { name: 'No firmware is here yet' })).toBeVisible();
  const send = async (wanted: readonly string[]): Promise<void> => {
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Add firmware' });
    await dialog.locator('input[type=file]').first().setInputFiles([...wanted]);
    await expect(dialog).toHaveCount(0);
  };
  const ofHop = files.filter((name) => name.includes('11-3-1'));
  const report = page.getByRole('status', { name: 'What was added' });
  await send([...ofHop, join(bench.folder, 'broken.zip')]);
  await expect(report).toContainText(`${ofHop.length} added, 1 refused`);
  await expect(report).toContainText(/broken\.zip is damaged: /);
  await expect(page.getByRole('region', { name: 'Plan to 11.3.1' })).toBeVisible();
  // Nobody has chosen a target: the newer load becomes it when it comes.
  await send(files.filter((name) => !ofHop.includes(name)));
  await expect(report).toContainText(`${files.length - ofHop.length} added`);
  const catalogue = page.getByRole('list', { name: 'Catalogue' });
  await expect(catalogue.getByRole('listitem').filter({ hasText: 'sip88xx.12-0-7MPP0201-66' })).toContainText(/(\d) of \1 files/);
  await expectAccessible(page);
  // Nothing of what was sent stays beside the catalogue.
  expect(await readdir(join(bench.folder, 'incoming'))).toEqual([]);

  const plan = page.getByRole('region', { name: 'Plan to 12.0.7' });
  await plan.getByRole('button', { name: 'Direct, no hop' }).click();
  await page.getByRole('menuitemcheckbox', { name: '11.3.1, sip88xx' }).click();
  await page.keyboard.press('Escape');
  await expect(plan.getByRole('list', { name: 'The way of each group of phones' })).toContainText('hop, 1.0 MB');
  await expect(page.getByRole('button', { name: 'Push to 8 phones' })).toBeVisible();
  await page.keyboard.press('Shift+U');
  await page.getByRole('dialog').getByRole('radio', { name: /^ours/ }).check();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status', { name: 'What the push did' })).toContainText('8 phones queued');
  await expect(page.getByRole('row', { name: /^Phone 01, CP-8841-3PCC,/ })).toBeVisible();

  const { tftp, http, syslog } = bench.process.servers;
  const phone = await dialbench(
    'phone', '--server', '127.0.0.1', '--tftp-port', String(tftp.port), '--http-port', String(http.port), '--syslog-port', String(syslog.port),
    '--mac', MACS[0], '--model', 'CP-8841-3PCC', '--firmware', 'sip88xx.11-0-1MPP-376', '--target', 'sip88xx.12-0-7MPP0201-66', '--within', '1200', '--pace', '100', '--write-seconds', '60', '--json',
  );
  expect(phone.code, phone.stdout + phone.stderr).toBe(0);
  await expect(page.getByRole('row', { name: /^Phone 01, CP-8841-3PCC, shows 12\.0\.7, stage 2 of 2/ })).toBeVisible();

  // The others were never plugged in: they leave the wave, and it ends.
  await page.getByRole('region', { name: /^Wave/ }).getByRole('button', { name: 'Cancel…' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: /^The wave to 12\.0\.7 ended/ })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByRole('gridcell', { name: /^Phone 01,/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Wave' })).toHaveCount(0);
  expect(heard.filter((line) => !/status of 400/.test(line))).toEqual([]);
});
