import { expect, test, type Page } from '@playwright/test';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { findPeer } from '../bench/peers.ts';
import { temporaryFolder } from '../support/bench-process.ts';
import { ended, hasProgram, ipInside, runBeside } from '../support/dhcp/in-namespace.ts';
import { complaints, expectAccessible, openBench } from '../support/e2e/seeded-bench.ts';
import { PHONE_CLASS, realCard, setMac, type RealCard } from '../support/e2e/real-card.ts';
import { namespacesRefused } from '../support/network/namespace.ts';

const refused = namespacesRefused() ?? (hasProgram('busybox') ? null : 'busybox is not on this machine');
const dnsmasq = findPeer('dnsmasq');
const PHONE = { index: 0, mac: '00562b000a01', eyes: '00 56 2B 00 0A 01' };
const PC = { index: 1, mac: '3c5282110af4', eyes: '3C 52 82 11 0A F4' };
const RIVAL = { index: 2, address: '10.66.0.254' };

const row = (page: Page, name: string) => page.getByRole('listitem', { name: new RegExp(`^${name},`) });
const ring = (page: Page) => page.getByRole('status').filter({ hasText: /Listening \d\ss for another DHCP server/ });

test.describe('on a real card', () => {
  test.skip(refused !== null, `the screens on a real card: ${refused ?? ''}`);
  let card: RealCard;
  let page: Page;
  let bench: Awaited<ReturnType<RealCard['bench']>>;
  let rival: ChildProcess | null = null;

  test.beforeAll(async () => {
    card = await realCard('e2e', 3);
    setMac(card.client(PHONE.index), PHONE.mac);
    setMac(card.client(PC.index), PC.mac);
    ipInside(card.client(RIVAL.index), 'address', 'add', `${RIVAL.address}/24`, 'dev', 'phone0');
  });
  test.beforeEach(async () => {
    bench = await card.bench();
    const context = await card.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' });
    page = await context.newPage();
    await openBench(page, bench.url);
  });
  test.afterEach(async () => {
    await page.context().close();
    if (rival) await ended(rival);
    rival = null;
    await bench.stop();
  });
  test.afterAll(async () => card.close());

  test('the first run: the card, five seconds of listening, a profile, a phone that asks, and DHCP stopped at once', async () => {
    const heard = complaints(page);
    await expect(page.getByRole('radio', { name: /bench0/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(ring(page)).toBeVisible();
    await expect(page.getByText('No other DHCP server heard: phones get an address from this bench.')).toBeVisible();
    await expect(page.getByRole('contentinfo')).toContainText(/bench0.*10\.66\.0\.1/);
    await page.getByRole('button', { name: 'Use the starter profile' }).click();
    await expect(page.getByText('Waiting for the first sign of a phone on bench0.')).toBeVisible();
    await expectAccessible(page);

    expect((await card.asks(PHONE.index, PHONE_CLASS)).output).toMatch(/lease of 10\.66\.0\.\d+ obtained from 10\.66\.0\.1/);
    await page.getByRole('button', { name: `Enrol ${PHONE.eyes}` }).click();
    await expect(page.getByRole('gridcell', { name: /^Phone 01, CP-8841-3PCC, Addressed/ })).toBeVisible();

    await page.keyboard.press('4');
    await expect(row(page, 'DHCP')).toContainText('1 lease');
    await expect(page.getByText('Safe to answer')).toBeVisible();
    await expectAccessible(page);

    // A computer that asks is not answered, but shown, and answered once a person says so.
    expect((await card.asks(PC.index, 'MSFT 5.0')).code).not.toBe(0);
    const strangers = page.getByRole('list', { name: 'Strangers that were ignored' });
    await expect(strangers).toContainText(`${PC.eyes}`);
    await expect(strangers).toContainText('MSFT 5.0');
    await strangers.getByRole('button', { name: `Answer ${PC.eyes}` }).click();
    await expect(page.getByText(`${PC.eyes} is enrolled and answered from now on`)).toBeVisible();
    await expect(strangers).toHaveCount(0);
    expect((await card.asks(PC.index, 'MSFT 5.0')).output).toMatch(/lease of 10\.66\.0\.\d+ obtained/);

    await page.keyboard.press('1');
    await page.keyboard.press('Control+.');
    await expect(page.getByRole('contentinfo')).toContainText(/DHCP\s*stopped/);
    expect((await card.asks(PHONE.index, PHONE_CLASS)).code).not.toBe(0);
    expect(heard).toEqual([]);
  });

  test('a second DHCP server is named in red, and Check again starts once it is gone', async () => {
    test.skip(dnsmasq === null, 'dnsmasq is not on this machine');
    const folder = await temporaryFolder();
    const inside = card.network.inside(card.client(RIVAL.index));
    rival = await runBeside(
      [...inside, dnsmasq?.file ?? '', '--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', '--interface=phone0', '--dhcp-range=10.66.0.210,10.66.0.220,2m',
        '--no-ping', '--dhcp-authoritative', `--dhcp-leasefile=${join(folder.path, 'leases')}`, '--pid-file=', '--log-facility=-'],
      'DHCP, IP range', dnsmasq?.env,
    );
    await page.keyboard.press('4');
    await page.getByRole('button', { name: 'Use bench0' }).click();
    const panel = page.getByRole('region', { name: `Stopped: ${RIVAL.address} answers` });
    await expect(panel).toBeVisible();
    await expect(row(page, 'DHCP')).toContainText('Not started');
    await expect(row(page, 'TFTP')).toContainText('Listening');
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'Check again' }).click();
    await expect(ring(page)).toBeVisible();
    await expect(panel).toBeVisible();
    await ended(rival);
    rival = null;
    await panel.getByRole('button', { name: 'Check again' }).click();
    await expect(row(page, 'DHCP')).toContainText('Listening');
    await expect(panel).toHaveCount(0);
    await folder.remove();
  });

  test('a card without an address is given one, which is gone when the bench stops', async () => {
    ipInside(card.network.server, 'address', 'flush', 'dev', card.network.card);
    await page.keyboard.press('4');
    await page.getByRole('button', { name: 'Give it 10.20.0.1/24 until the bench stops' }).click();
    await expect(row(page, 'DHCP')).toContainText('Listening');
    await expect(page.getByRole('contentinfo')).toContainText(/bench0.*10\.20\.0\.1/);
    expect((await card.asks(PHONE.index, PHONE_CLASS)).output).toMatch(/lease of 10\.20\.0\.\d+ obtained from 10\.20\.0\.1/);
    expect(await card.addresses()).toContain('10.20.0.1/24');
    await bench.process.stop();
    expect(await card.addresses()).toBe('');
  });
});
