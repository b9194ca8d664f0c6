import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Page } from 'playwright';
import { dialbench, startBench, temporaryFolder } from '../../support/bench-process.ts';
import type { BenchCase } from '../table.ts';

const PHONES = 1000;
const RATE = 5000;
const CHROMIUM = '/usr/bin/chromium';
const SENDER = fileURLToPath(new URL('../load/phone-lines.ts', import.meta.url));
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

interface Felt {
  readonly longest: number;
  readonly over50: number;
  readonly frames: number;
  readonly seconds: number;
}

/** 1,000 phones on the screen while 5,000 real datagrams a second arrive: what the page's main thread feels. */
export const uiUnderLoad: BenchCase = {
  name: 'ui',
  run: async ({ quick }) => {
    const seconds = quick ? 4 : 15;
    const notes: string[] = [];
    const rows: (string | number)[][] = [];
    if (!existsSync(CHROMIUM)) return { title: 'The page under load', columns: [], rows: [], notes: ['Chromium is not installed here.'] };
    const folder = await temporaryFolder();
    const macs = Array.from({ length: PHONES }, (_, index) => `00562b${index.toString(16).padStart(6, '0')}`);
    await writeFile(join(folder.path, 'list.csv'), ['mac,model', ...macs.map((mac) => `${mac},CP-8841-3PCC`)].join('\n'));
    await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'));
    const bench = await startBench(['--data', folder.path, '--tftp', 'off', '--http', 'off', '--syslog', '0', '--dns', 'off', '--https', 'off', '--sntp', 'off', '--ui', '0']);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.addInitScript({ content: WATCHER });
      await page.goto(bench.ui ?? '');
      await page.getByRole('grid').first().waitFor({ timeout: 20_000 });
      for (const [screen, key] of [['bench, tiles', '1'], ['bench, table', 'v'], ['activity', '5'], ['wall', 'w']] as const) {
        await page.keyboard.press(key);
        await page.waitForTimeout(1500);
        const quiet = await feel(page, 2, 0);
        const before = await cpuSeconds(bench.pid);
        const [felt, load] = await Promise.all([feel(page, seconds, 500), send(bench.servers.syslog.port, seconds)]);
        const hostCpu = (await cpuSeconds(bench.pid)) - before;
        rows.push([screen, Math.round(felt.longest), felt.over50, Math.round(felt.frames / felt.seconds), Math.round(quiet.longest), Math.round(load.sent / load.seconds), Math.round((hostCpu / load.seconds) * 100), Math.round((load.cpuSeconds / load.seconds) * 100)]);
      }
      notes.push(
        `${PHONES} phones enrolled, ${RATE} syslog datagrams a second for ${seconds} s, every fifth the outcome of a resync, so that 1,000 phones a second turn from green to trouble and back; host, browser and sender share this machine's cores.`,
        'Longest task by the Long Tasks API (which reports tasks of 50 ms and more, so 0 means none was that long); frames by requestAnimationFrame.',
        'Goal: no task over 50 ms.',
      );
    } finally {
      await browser.close();
      await bench.stop();
      await folder.remove();
    }
    return {
      title: '1,000 phones in the page under 5,000 events a second',
      columns: ['screen', 'longest task ms', 'tasks over 50 ms', 'frames/s', 'longest at rest ms', 'events/s', 'host CPU %', 'sender CPU %'],
      rows,
      notes,
    };
  },
};

/** Runs in the page: collects long tasks and frames from the first script on. */
const WATCHER = `
  globalThis.felt = { tasks: [], frames: 0 };
  new PerformanceObserver((list) => felt.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ entryTypes: ['longtask'] });
  const frame = () => { felt.frames += 1; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`;

async function feel(page: Page, seconds: number, settleMs: number): Promise<Felt> {
  await page.waitForTimeout(settleMs);
  await page.evaluate('Object.assign(felt, { tasks: [], frames: 0 })');
  await page.waitForTimeout(seconds * 1000 - settleMs);
  const { tasks, frames } = await page.evaluate<{ tasks: number[]; frames: number }>('felt');
  return { longest: Math.max(0, ...tasks), over50: tasks.length, frames, seconds: seconds - settleMs / 1000 };
}

async function send(port: number, seconds: number): Promise<{ sent: number; seconds: number; cpuSeconds: number }> {
  const args = ['--disable-warning=ExperimentalWarning', SENDER, String(port), String(PHONES), String(RATE), String(seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: (seconds + 20) * 1000 });
  return JSON.parse(stdout) as { sent: number; seconds: number; cpuSeconds: number };
}

/** User and system time of a process, all threads: /proc/PID/stat, fields 14 and 15, in ticks of 10 ms. */
async function cpuSeconds(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
