import { expect, test, type Page } from '@playwright/test';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { complaints, expectAccessible, openBench, seededBench, type SeededBench } from '../support/e2e/seeded-bench.ts';
import { madeUpBench } from '../support/e2e/made-up-bench.ts';

const row = (page: Page, name: string) => page.getByRole('listitem', { name: new RegExp(`^${name},`) });

test.describe('on a bench that runs', () => {
  let bench: SeededBench;
  test.beforeEach(async ({ page }) => {
    bench = await seededBench();
    await openBench(page, bench.url);
    await page.keyboard.press('4');
    await expect(page.getByRole('heading', { level: 1, name: 'Servers' })).toBeVisible();
  });
  test.afterEach(async () => bench.stop());

  test('each server of this version has a row with its port and state, and no other has', async ({ page }) => {
    const heard = complaints(page);
    const rows = page.getByRole('region', { name: /^What runs/ }).getByRole('listitem');
    await expect(rows).toHaveCount(7);
    await expect(row(page, 'TFTP')).toContainText(`${bench.process.servers.tftp.port}/udp`);
    await expect(row(page, 'HTTP')).toContainText('Listening');
    await expect(row(page, 'DHCP')).toContainText('Off');
    await expectAccessible(page);
    expect(heard).toEqual([]);
  });

  test('DHCP says why it cannot start before a card is picked', async ({ page }) => {
    const start = page.getByRole('button', { name: 'Start DHCP' }).first();
    await expect(start).toHaveAttribute('aria-disabled', 'true');
    await expect(start).toHaveAccessibleDescription('Pick the network card that goes to the phones first.');
  });

  test('a server is stopped and started again from the keyboard alone', async ({ page }) => {
    await page.getByRole('button', { name: 'Stop TFTP' }).focus();
    await page.keyboard.press('Enter');
    await expect(row(page, 'TFTP')).toContainText('Stopped');
    await expect(page.getByRole('contentinfo')).toContainText(/TFTP\s*stopped/);
    await page.getByRole('button', { name: 'Start TFTP' }).focus();
    await page.keyboard.press('Enter');
    await expect(row(page, 'TFTP')).toContainText('Listening');
  });

  test('Stop all stops every server, and then says that nothing runs', async ({ page }) => {
    await page.getByRole('button', { name: 'Stop all' }).click();
    for (const name of ['TFTP', 'HTTP', 'Syslog']) await expect(row(page, name)).toContainText('Stopped');
    await expect(page.getByRole('button', { name: 'Stop all' })).toHaveAccessibleDescription('Nothing runs.');
  });

  test('a port that another program holds is told in its row, and helped by trying again', async ({ page }) => {
    const holder = createSocket('udp4');
    holder.bind(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address();
    await page.getByRole('button', { name: 'Port of TFTP…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Port of TFTP' });
    await expect(dialog.getByLabel('Port number')).toBeFocused();
    await expectAccessible(page);
    await dialog.getByLabel('Port number').fill('70000');
    await expect(dialog.getByText('A whole number from 0 to 65535.').first()).toBeVisible();
    await dialog.getByLabel('Port number').fill(String(port));
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    await expect(row(page, 'TFTP')).toContainText('Not started');
    await expect(row(page, 'TFTP')).toContainText(new RegExp(`holds port ${port}\\.\\s*Stop it, or set another port\\.`));
    await expectAccessible(page);
    holder.close();
    await page.getByRole('button', { name: 'Try TFTP again' }).click();
    await expect(row(page, 'TFTP')).toContainText('Listening');
    await expect(row(page, 'TFTP')).toContainText(`${port}/udp`);
  });

  test('answering everyone is asked about first', async ({ page }) => {
    await page.getByText('Everyone…').click();
    await expect(page.getByRole('dialog', { name: /^Answer everyone/ })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('radio', { name: 'Phones' })).toBeChecked();
    await page.getByText('Everyone…').click();
    await page.getByRole('button', { name: 'Answer everyone' }).click();
    await expect(page.getByRole('radio', { name: 'Everyone…' })).toBeChecked();
    await expect(page.getByText('Answers everyone')).toBeVisible();
  });
});

test.describe('with a made-up network', () => {
  test('a card is chosen, then used: choosing alone changes nothing', async ({ page }) => {
    const bench = await madeUpBench('--no-card');
    await openBench(page, bench.url);
    await page.keyboard.press('4');
    await page.getByRole('radio', { name: /enp0s31f6/ }).check();
    await expect(page.getByRole('contentinfo')).toContainText('No network card picked');
    await expect(page.getByRole('radio', { name: /tun0/ })).toBeDisabled();
    await page.getByRole('radio', { name: /enx00e04c/ }).check();
    await expect(page.getByRole('button', { name: 'Give it 10.20.0.1/24 until the bench stops' })).toBeVisible();
    await page.getByRole('radio', { name: /enp3s0/ }).check();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('contentinfo')).toContainText('enp3s0');
    await expect(page.getByRole('button', { name: /^Use/ })).toHaveCount(0);
    await bench.stop();
  });

  for (const [trouble, heading] of [['conflict', 'Stopped: 192.168.1.1 answers'], ['deaf', 'DHCP stays off: it cannot hear']] as const) {
    test(`${trouble}: the trouble stands first, with the one button that helps`, async ({ page }) => {
      const bench = await madeUpBench('--trouble', trouble);
      await openBench(page, bench.url);
      await page.keyboard.press('4');
      const panel = page.getByRole('region', { name: heading });
      await expect(panel.getByRole('button', { name: 'Check again' })).toBeVisible();
      await expect(row(page, 'DHCP').getByRole('button', { name: 'Stop DHCP' })).toHaveCount(0);
      await expectAccessible(page);
      await bench.stop();
    });
  }

  test('every state fits in French, dark, and in forced colours', async ({ page }) => {
    const bench = await madeUpBench('--trouble', 'ports');
    await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1180, height: 720 });
    await openBench(page, bench.url);
    await page.getByRole('button', { name: /^Language/ }).click();
    await page.getByRole('menuitemradio', { name: 'Français' }).click();
    await page.keyboard.press('4');
    await expect(page.getByRole('heading', { level: 1, name: 'Serveurs' })).toBeVisible();
    await expect(page.getByText('Non démarré').first()).toBeVisible();
    // A few pixels are room for focus rings; more is text that sticks out of its place.
    const wide = await page.locator('main').evaluate((main) =>
      [...main.querySelectorAll('*')]
        .filter((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 6 && getComputedStyle(each).overflowX === 'visible' && !each.className.toString().includes('hidden'))
        .map((each) => each.className.toString()),
    );
    expect(wide).toEqual([]);
    await page.emulateMedia({ forcedColors: 'none' });
    await expectAccessible(page);
    await bench.stop();
  });
});
