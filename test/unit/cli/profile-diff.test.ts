import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profileCommand } from '../../../main/cli/profile/profile.ts';
import { runCommand, type Ended } from '../../support/run-command.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbench-diff-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function diff(before: string, after: string, flags: readonly string[] = [], columns?: number): Promise<Ended> {
  const paths = [join(folder, 'before.xml'), join(folder, 'after.xml')] as const;
  await writeFile(paths[0], before);
  await writeFile(paths[1], after);
  return runCommand(profileCommand, ['diff', ...paths, ...flags], columns);
}
const profile = (inner: string): string => `<flat-profile>${inner}</flat-profile>`;

describe('dialbench profile diff', () => {
  it('two spellings of one profile are the same, exit 0', async () => {
    expect(await diff(profile('<A ua="na">1</A><B/>'), `<device>\n${profile('<!-- x -->\n<B></B>\n<A ua="na"> 1 </A>')}</device>`)).toEqual({
      code: 0, out: 'no difference, 2 the same\n', err: '',
    });
  });

  it('tells each parameter in columns, exit 1', async () => {
    const { code, out } = await diff(
      profile('<Proxy_1_ ua="na">sip.old.example</Proxy_1_><GPP_A>x</GPP_A><GPP_C/><GPP_D ua="na">1</GPP_D><Same/>'),
      profile('<Proxy_1_ ua="na">sip.new.example</Proxy_1_><GPP_B>y</GPP_B><GPP_C>""</GPP_C><GPP_D ua="rw">1</GPP_D><Same/>'),
    );
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      '  parameter  before.xml       after.xml',
      '~ Proxy_1_   sip.old.example  sip.new.example',
      '+ GPP_B      (not there)      y',
      '~ GPP_C      (factory value)  (empty)',
      '~ GPP_D      1 ua=na          1 ua=rw',
      '- GPP_A      x                (not there)',
      '3 changed, 1 added, 1 removed, 1 the same',
      '',
    ]);
  });

  it('long values go on below, inside the width of the terminal, and lose nothing', async () => {
    const rule = `($SWVER lt 11-3-2)? http://provisioning.example.com/firmware/sip88xx.11-3-2.loads | ${'😀'.repeat(30)} end`;
    const { out } = await diff(profile('<Upgrade_Rule/>'), profile(`<Upgrade_Rule>${rule}</Upgrade_Rule>`), [], 72);
    const lines = out.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(72);
    const column = lines[0]?.indexOf('after.xml') ?? 0;
    expect(lines.slice(1, -2).map((line) => line.slice(column)).join('').replaceAll(' ', '')).toBe(rule.replaceAll(' ', ''));
    expect(out.isWellFormed()).toBe(true);
  });

  it('secrets are masked, in columns and as JSON', async () => {
    const before = profile('<Admin_Password>hunter2</Admin_Password><Profile_Rule>[--key hunter2]http://a:hunter2@h/x</Profile_Rule>');
    for (const flags of [[], ['--json']]) {
      const { code, out, err } = await diff(before, profile('<Admin_Password>hunter3</Admin_Password>'), flags);
      expect(code).toBe(1);
      expect(out + err).not.toContain('hunter');
      expect(out).toContain('Admin_Password');
    }
  });

  it('JSON holds the differences and counts the rest', async () => {
    const { code, out } = await diff(profile('<A>1</A><B/>'), profile('<A>2</A><B/>'), ['--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      same: 1,
      changes: [{ name: 'A', verdict: 'changed', before: { intent: 'value', value: '1', ua: null }, after: { intent: 'value', value: '2', ua: null } }],
    });
  });

  it('a parameter that is there twice is told, since the last one counts', async () => {
    const { code, err } = await diff(profile('<A>1</A>\n<A>2</A>'), profile('<A>2</A>'));
    expect([code, err]).toEqual([0, `${join(folder, 'before.xml')}: A is there 2 times; line 2 counts, the last.\n`]);
  });

  it('a broken profile is not compared: could not run, with its mistakes', async () => {
    const { code, out, err } = await diff(profile('<A>1</A>'), profile('<A>1 & 2</A>'));
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('after.xml:1:20: A bare & in');
  });

  it('takes two files, one of them stdin at most', async () => {
    for (const args of [[], ['a'], ['a', 'b', 'c'], ['-', '-']]) expect(await runCommand(profileCommand, ['diff', ...args])).toMatchObject({ code: 2 });
  });
});
