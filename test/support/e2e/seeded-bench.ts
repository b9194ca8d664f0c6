import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { createSocket } from 'node:dgram';
import { rmSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dialbench, startBench, temporaryFolder, type BenchProcess } from '../bench-process.ts';

/** The phones of a seeded bench by their number; the sixth lacks the column that the template asks for. */
export const MACS = ['00562b043601', '00562b043602', '00562b043603', '00562b043604', '00562b043605', '00562b043606', '00562b043607', '00562b043608'] as const;
const NAMES = ['Reception', 'Ward 1', 'Ward 2', 'Ward 10', 'Pharmacy', 'Imaging', 'Archive', 'Kitchen'];
const TEMPLATE = `<flat-profile>
  <Station_Name ua="na">{{name}}</Station_Name>
  <Short_Name_1_ ua="na">{{extension}}</Short_Name_1_>
  <Profile_Rule ua="na">/$MA.cfg</Profile_Rule>
  <User_Password>hush-hush</User_Password>
</flat-profile>
`;

/** A real bench on free loopback ports with eight enrolled phones and one template, and the wire to speak to it. */
export interface SeededBench {
  readonly process: BenchProcess;
  readonly url: string;
  /** The workspace. */
  readonly folder: string;
  /** What a phone does when it asks for its profile; gives the status. */
  fetchProfile(mac: string): Promise<number>;
  /** A syslog line of the phone. */
  say(mac: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

export async function seededBench(...more: readonly string[]): Promise<SeededBench> {
  const folder = await temporaryFolder();
  await cp(await (seed ??= sow()), folder.path, { recursive: true });
  const bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', '127.0.0.1:0', ...more]);
  if (bench.ui === null) throw new Error('the bench serves no page: build the renderer first');
  return {
    process: bench,
    url: bench.ui,
    folder: folder.path,
    fetchProfile: async (mac) => (await fetch(`http://127.0.0.1:${bench.servers.http.port}/${mac}.cfg`)).status,
    say: (mac, text) => sendLine(bench.servers.syslog.port, `<133>CP-8841-3PCC ${mac.replaceAll(/..(?!$)/g, '$&:')} -- ${text}`),
    stop: async () => {
      await bench.stop().catch(() => undefined);
      await folder.remove();
    },
  };
}

/** The workspace that every seeded bench of this process begins with: made once by the command line, then copied. */
let seed: Promise<string> | null = null;

async function sow(): Promise<string> {
  const folder = await temporaryFolder();
  process.once('exit', () => { rmSync(folder.path, { recursive: true, force: true }); });
  const list = ['mac;model;serial;name;extension', ...MACS.map((mac, index) => `${mac};CP-8841-3PCC;FCH2443D9R${index};${NAMES[index] ?? ''};${index === 5 ? '' : `300${index}`}`)];
  await writeFile(join(folder.path, 'list.csv'), `${list.join('\n')}\n`);
  await writeFile(join(folder.path, 'profile.xml'), TEMPLATE);
  await must(dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv')));
  await must(dialbench('profiles', '--data', folder.path, 'add', 'all', join(folder.path, 'profile.xml'), '--for', '*'));
  return folder.path;
}

/** Opens the bench in the page and waits for its first snapshot, and until the page listens to keys: it does so once it is idle. */
export async function openBench(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('navigation', { name: /Screens|Écrans/ })).toBeVisible();
  await page.evaluate('new Promise((resolve) => { requestIdleCallback(() => resolve(), { timeout: 5000 }); })');
}

/** The bench as it is hardest to draw: in French, dark, in the smallest window. */
export async function openInFrench(page: Page, url: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 1180, height: 720 });
  await openBench(page, url);
  await page.getByRole('button', { name: /^Language/ }).click();
  await page.getByRole('menuitemradio', { name: 'Français' }).click();
}

/** No finding of axe against WCAG 2.2 A and AA, whatever its weight. */
export async function expectAccessible(page: Page): Promise<void> {
  let found = await accessFindings(page);
  // What was on its way out while axe looked is found nowhere the second time; axe calls it `:root`, whatever it was.
  if (found.length > 0) {
    await page.waitForTimeout(500);
    found = await accessFindings(page);
  }
  expect(found).toEqual([]);
}

async function accessFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.html.slice(0, 200)}`).join(', ')}`);
}

/** Collects what the browser complains of: refused styles, broken scripts, lost fonts. */
export function complaints(page: Page): string[] {
  const list: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') list.push(message.text());
  });
  page.on('pageerror', (error) => list.push(error.message));
  return list;
}

async function must(command: ReturnType<typeof dialbench>): Promise<void> {
  const { code, stderr } = await command;
  if (code !== 0) throw new Error(stderr);
}

function sendLine(port: number, line: string): Promise<void> {
  return new Promise((done, fail) => {
    const socket = createSocket('udp4');
    socket.send(line, port, '127.0.0.1', (error) => {
      socket.close();
      if (error) fail(error);
      else done();
    });
  });
}

/**
 * Goes where a person goes by Ctrl K and a few letters. A text put in at once is no burst of keys, which the page would take
 * for a scanner; Enter waits for the row it means.
 */
export async function goByFinder(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('dialog').getByRole('combobox').or(page.getByRole('dialog').getByRole('textbox'));
  await expect(field).toBeFocused();
  await field.fill(text);
  await expect(page.getByRole('option', { selected: true })).toHaveText(new RegExp(text, 'i'));
  await page.keyboard.press('Enter');
}
