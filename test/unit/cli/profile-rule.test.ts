import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CommandEnd } from '../../../main/cli/exit.ts';
import { ruleCommand } from '../../../main/cli/profile/rule.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbench-rule-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const text = { out: '', err: '' };
  const into = (name: keyof typeof text): Writable => new Writable({
    write: (part: Buffer, _encoding, done) => {
      text[name] += part.toString('utf8');
      done();
    },
  });
  try {
    const code = await ruleCommand(args, { stdout: into('out'), stderr: into('err'), signal: new AbortController().signal });
    return { code, ...text };
  } catch (error) {
    if (!(error instanceof CommandEnd)) throw error;
    return { code: error.exitCode, out: text.out, err: error.message };
  }
}

async function facts(content: unknown): Promise<string> {
  const file = join(folder, 'facts.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('dialbench profile rule', () => {
  it('prints numbered steps, the URL with its port, and the next tries', async () => {
    const { code, out, err } = await run('http://10.20.0.1/$PSN-$MA.xml', '--mac', '00:56:2b:04:36:15', '--model', '8841');
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toContain('  1. $PSN becomes 8841-3PCC\n  2. $MA becomes 00562b043615\n');
    expect(out).toContain('GET http://10.20.0.1:80/8841-3PCC-00562b043615.xml\n');
    expect(out).toMatch(/^success {5}in 3600 to 3640 s \(Resync_Periodic\)$/m);
  });

  it('takes facts from a file, flags before them, and never prints a secret', async () => {
    const file = await facts({
      macros: { SWVER: 'sip88xx.10-0-0MPP-1', B: 'x' }, secrets: { SA: 'hunter22' }, server: '10.20.0.1', ikm: true,
      timing: { Resync_Error_Retry_Delay: '60,120' }, failures: 1, now: '2026-11-22T12:00:00Z',
    });
    const rule = '($SWVER lt 11-0-0MPP-1)? [--key $SA] http://h/old | [--key $SA] http://h/new';
    expect((await run(rule, '--facts', file)).out).toContain('GET http://h:80/old  encrypted aes, key from secret-register');
    const { out } = await run(rule, '--facts', file, '--version', 'sip88xx.12-0-0MPP-1', '--json');
    const read = JSON.parse(out) as { right: boolean; requests: { path: string; keyBytes: number }[]; next: { from: number; outcome: string }[]; steps: { sentence: string }[] };
    expect(read).toMatchObject({ right: true, requests: [{ path: '/new', keyBytes: 8 }] });
    expect(read.next.find(({ outcome }) => outcome === 'corrupt')?.from).toBe(120);
    expect(read.steps[0]?.sentence).toBe('$SWVER becomes sip88xx.12-0-0MPP-1');
    expect(out).not.toContain('hunter22');
  });

  it.each([
    [['gds://'], 0, 'activation code screen'],
    [['(1 = 2)? /x'], 0, 'No alternative is true'],
    [['/x'], 1, 'needs a server from DHCP'],
    [['ftp://h/x'], 1, 'The rule is wrong'],
    [['/x.loads', '--kind', 'upgrade', '--server', 'h'], 1, 'The rule is wrong'],
    [['$PRVST = 0', '--kind', 'trigger'], 1, 'cannot be told'],
    [['192.168.1.5/CP_x8xx_MPP.cfg', '--keypad'], 0, 'RRQ tftp://192.168.1.5:69/CP_x8xx_MPP.cfg'],
  ])('%j ends with exit %i', async (args, code, words) => {
    const ended = await run(...args);
    expect(ended.out).toContain(words);
    expect(ended.code).toBe(code);
  });

  it('tells each problem on stderr with line and column', async () => {
    expect((await run('($PN == "x")? http://h/y')).err).toBe('1:6 error: == compares nothing. Write = != < <= > >= or eq ne lt le gt ge.\n');
  });

  it.each([
    ['[]', 'must hold one JSON object'],
    ['{', 'is not JSON'],
    [{ macro: {} }, '"macro" is no fact. Known are macros'],
    [{ macros: { A: 1 } }, 'macros takes texts only; "A" is none.'],
    [{ ikm: 'yes' }, 'ikm takes true or false.'],
    [{ failures: -1 }, 'failures takes a whole number, 0 to 1000.'],
    [{ now: 'noon' }, 'now takes a time such as'],
    [{ server: 7 }, 'server takes null or a text'],
  ])('refuses the facts %j', async (content, words) => {
    const ended = await run('/x', '--facts', await facts(content));
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(words);
  });

  it.each([
    [[], 'takes one rule'],
    [['/x', '/y'], 'takes one rule'],
    [['/x', '--kind', 'sip'], '--kind is one of'],
    [['/x', '--mac', 'nonsense'], 'is not a MAC address'],
    [['/x', '--model', 'toaster'], 'is not a model'],
    [['/x', '--keypad', '--kind', 'report'], '--keypad is for profile rules'],
    [['/x', '--what'], '--what'],
  ])('%j is wrong usage', async (args, words) => {
    const ended = await run(...args);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(words);
  });

  it('documents the facts file in --help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const name of ['macros', 'secrets', 'server', 'ikm', 'timing', 'failures', 'now']) expect(out).toContain(`"${name}"`);
  });
});
