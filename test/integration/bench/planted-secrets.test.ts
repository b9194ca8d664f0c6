import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import type { Mac } from '../../../common/values/mac.ts';
import { dialbench, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { eventually } from '../../support/eventually.ts';
import { openPage, type PageClient } from '../../support/page-client.ts';

const onWindows = process.platform === 'win32';
if (onWindows) console.warn('skipped: the rights of files in a workspace, Windows has others');
const mac = '00562b043615' as Mac;
/** Where a person or a phone may put a password; each is a word of its own, so that a leak tells its source. */
const TEMPLATE =
  '<flat-profile><User_Password ua="na">planted-element</User_Password><GPP_SA>planted-register</GPP_SA>' +
  '<Profile_Rule>[--key planted-key] http://u:planted-userinfo@h/x?xpassword=planted-query</Profile_Rule>' +
  '<!-- <Admin_Password>planted-comment</Admin_Password> --><GPP_C>{{password}}</GPP_C></flat-profile>';
const LINES = [
  `CP-8841-3PCC 00:56:2b:04:36:15 -- Requesting resync http://u:planted-request@10.0.0.1/x`,
  `CP-8841-3PCC 00:56:2b:04:36:15 -- Resync failed: http://u:planted-failed@10.0.0.1/x?xpassword=planted-failed2`,
  'GET http://admin:planted-line@h/admin/resync?xuser=admin&xpassword=planted-line2 [--key planted-line3]',
];
const PATHS = [`/${mac}.cfg?xpassword=planted-path`, '/x%26xpassword=planted-path2', '/a.cfg?user=a&password=planted-path3'];

describe('a planted secret', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: BenchProcess;
  let page: PageClient;
  const live: string[] = [];
  const watching = new AbortController();

  beforeAll(async () => {
    folder = await temporaryFolder();
    await writeFile(join(folder.path, 'list.csv'), `mac,password\n${mac},planted-column\n`);
    await writeFile(join(folder.path, 'profile.xml'), TEMPLATE);
    const taken = await dialbench('phones', '--data', folder.path, 'import', '--json', join(folder.path, 'list.csv'));
    live.push(taken.stdout);
    await dialbench('profiles', '--data', folder.path, 'add', 'all', join(folder.path, 'profile.xml'), '--for', '*');
    bench = await startBench(['--data', folder.path, '--tftp', '0', '--http', '0', '--syslog', '0', '--dns', '0', '--https', 'off', '--sntp', '0', '--ui', '0']);
    page = await openPage(bench.ui ?? '');
    const { signal } = watching;
    void collect(await page.client.activity.watch(undefined, { signal }), live);
    void collect(await page.client.bench.watch(undefined, { signal }), live);
    const { http, syslog, tftp } = bench.servers;
    const socket = createSocket('udp4');
    for (const line of LINES) socket.send(`<134>${line}`, syslog.port, '127.0.0.1');
    for (const path of PATHS) {
      await fetch(`http://127.0.0.1:${http.port}${path}`, { headers: { 'User-Agent': 'x http://u:planted-agent@h/', Authorization: 'Basic cGxhbnRlZC1iYXNpYw==' } });
    }
    socket.send('\0\u0001x?password=planted-tftp\0octet\0', tftp.port, '127.0.0.1');
    await fetch(`http://127.0.0.1:${http.port}/${mac}.xml?key=planted-put`, { method: 'PUT', body: 'a report' });
    await eventually(async () => expect((await page.client.activity.syslog({})).total).toBe(LINES.length));
    await eventually(() => expect(live.join()).toContain('Resync failed'));
    await wait(500);
    socket.close();
  });
  afterAll(async () => {
    page.close();
    expect(await bench.stop()).toBe(0);
    await folder.remove();
  });

  it('reaches the phone', async () => {
    const body = await (await fetch(`http://127.0.0.1:${bench.servers.http.port}/${mac}.cfg`)).text();
    expect(body).toBe(TEMPLATE.replace('{{password}}', 'planted-column'));
  });

  it('reaches no live event', async () => {
    watching.abort();
    await wait(200);
    expect(planted(live.join('\n'))).toEqual([]);
  });

  it('reaches no answer to the page', async () => {
    const { phones, activity, evidence, bench: view, profiles, servers, imports } = page.client;
    const answers = await Promise.all([
      phones.page({ mac }), phones.timeline({ mac }), phones.profile({ mac }), activity.requests({}), activity.syslog({}), evidence.after({ seq: 0 }),
      view.view(), profiles.list(), profiles.preview({ name: 'all', mac }), servers.view(), imports.dryRun({ text: `mac,password\n${mac},planted-list\n` }),
    ]);
    expect(answers.flatMap((answer) => planted(JSON.stringify(answer)))).toEqual([]);
  });

  it('reaches no command’s words and no word on stderr', async () => {
    for (const command of [['status'], ['status', '--json'], ['events'], ['events', '--json'], ['phones', 'list', '--json'], ['profiles', 'list']]) {
      const { stdout, stderr } = await dialbench(command[0] ?? '', '--data', folder.path, ...command.slice(1));
      expect(planted(stdout + stderr), command.join(' ')).toEqual([]);
    }
    expect(planted(bench.stderr())).toEqual([]);
  });

  it('lies in the store only as the template and the list hold it', () => {
    const database = new DatabaseSync(join(folder.path, 'bench.sqlite'), { readOnly: true });
    const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all().map((row) => String(row['name']));
    const holding = tables.filter((table) => planted(JSON.stringify(database.prepare(`SELECT * FROM ${table}`).all())).length > 0);
    database.close();
    expect(holding.toSorted()).toEqual(['phones', 'template_versions', 'templates']);
    for (const file of readdirSync(folder.path).filter((name) => name.startsWith('syslog'))) {
      expect(planted(readFileSync(join(folder.path, file), 'latin1')), file).toEqual([]);
    }
  });

  it.skipIf(onWindows)('lies behind rights for its owner alone', () => {
    for (const room of ['files', 'uploads', 'firmware', 'captures', 'keys']) expect(statSync(join(folder.path, room)).mode & 0o777, room).toBe(0o700);
    const uploads = readdirSync(join(folder.path, 'uploads')).map((name) => join('uploads', name));
    expect(uploads).toHaveLength(1);
    const own = readdirSync(folder.path).filter((name) => /sqlite|\.sock$|owner/.test(name));
    for (const file of [...own, ...uploads]) expect(statSync(join(folder.path, file)).mode & 0o777, file).toBe(0o600);
    // What anybody may read of a process: its arguments.
    expect(planted(execFileSync('ps', ['-o', 'args=', '-p', String(bench.pid)], { encoding: 'utf8' }))).toEqual([]);
  });
});

function planted(text: string): readonly string[] {
  return text.match(/planted-[a-z0-9]+/g) ?? [];
}

async function collect(events: AsyncIterable<unknown>, into: string[]): Promise<void> {
  try {
    for await (const event of events) into.push(JSON.stringify(event));
  } catch {
    // Ended by the test.
  }
}
