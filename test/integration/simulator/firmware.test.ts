import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../main/simulator/faults.ts';
import { hasGivenUp } from '../../../main/simulator/fleet-firmware.ts';
import type { VirtualPhone } from '../../../main/simulator/phone.ts';
import { afterwards } from '../../support/afterwards.ts';
import { openTinyBench, plugIn, steps, until } from '../../support/simulator/plug-in.ts';
import { profileOf } from '../../support/simulator/tiny-bench.ts';
import type { TinyBench } from '../../support/simulator/tiny-bench.ts';
import { tinyLoad } from '../../support/simulator/tiny-load.ts';

const OLD = 'sip88xx.11-3-2MPP0001-609';
const NEW = 'sip88xx.12-0-7MPP0201-66';
const NEWER = 'sip88xx.14-1-1MPP0001-9';
const LOAD = new Map([...tinyLoad(NEW, 200_000), ...tinyLoad(NEWER, 100_000)]);
/** A bench that serves one profile by TFTP, and the load by TFTP and HTTP below any folder. `files` may change meanwhile. */
async function bench(profile: (tiny: TinyBench) => Record<string, string>, files: ReadonlyMap<string, Buffer> = LOAD): Promise<TinyBench> {
  return openTinyBench({
    tftp: (name, self) => files.get(name.split('/').at(-1) ?? '') ?? profileOf({ Syslog_Server: `127.0.0.1:${self().syslog.port}`, ...profile(self()) }),
    http: (request, response) => {
      const file = files.get(request.url?.split('/').at(-1) ?? '');
      if (!file) return void response.writeHead(404).end();
      response.writeHead(200, { 'Content-Length': file.length }).end(file);
    },
  });
}

const overHttp = (version: string) => (tiny: TinyBench): Record<string, string> => ({ Upgrade_Rule: `http://127.0.0.1:${tiny.http.port}/fw/${version}.loads` });
const resyncedWith = (phone: VirtualPhone, version: string): boolean => phone.state().firmware === version && phone.state().phase === 'resynced';

describe('a phone whose profile names a load', () => {
  it('asks for the list, then for its images one after the other, writes them, starts again and shows the new version', async () => {
    const tiny = await bench(overHttp(NEW));
    const phone = plugIn(tiny.phone());
    await until(() => resyncedWith(phone, NEW));
    const names = [...tinyLoad(NEW, 200_000).keys()];
    expect(tiny.http.seen.map(({ url }) => url)).toEqual(names.map((name) => `/fw/${name}`));
    expect(new Set(tiny.http.seen.map(({ userAgent }) => userAgent))).toEqual(new Set(['Cisco-CP-8841-3PCC/11.3.2 (00562b043615)']));
    expect(phone.state()).toMatchObject({ upgrades: 1, upgradeTries: 1, upgradeError: null, image: null });
    expect(steps(phone, 'upgraded')).toMatchObject([{ from: OLD, to: NEW }]);
    expect(steps(phone, 'powered').map(({ firmware }) => firmware)).toEqual([OLD, NEW]);
    const said = () => tiny.syslog.lines.filter((line) => line.includes('upgrade')).map((line) => line.replace(/^.*? -- /, ''));
    await until(() => said().length === 2);
    const url = `http://127.0.0.1:${tiny.http.port}/fw/${NEW}.loads`;
    expect(said()).toEqual([`Requesting upgrade ${url}`, `Successful upgrade ${url} -- `]);
  });

  it.each([1, 8])('does so by TFTP with a window of %i', async (tftpWindow) => {
    const tiny = await bench((self) => ({ Upgrade_Rule: `tftp://127.0.0.1:${self.tftp.port}/${NEW}.loads` }));
    const phone = plugIn(tiny.phone({ tftpWindow }));
    await until(() => resyncedWith(phone, NEW));
    const images = tiny.tftp.asked.flatMap((asked, index) => (asked.endsWith('.sbn') ? [tiny.tftp.options[index]] : []));
    expect(images).toHaveLength(4);
    for (const options of images) expect(options).toEqual({ blksize: '1428', tsize: '0', ...(tftpWindow > 1 ? { windowsize: '8' } : {}) });
    expect(tiny.tftp.confirmed.filter((name) => name.endsWith('.sbn'))).toHaveLength(4);
  });

  it('goes through both hops of a conditional rule and rests at the target', async () => {
    const tiny = await bench(({ http: { port } }) => ({
      Upgrade_Rule: `( $SWVER lt ${NEW} )? http://127.0.0.1:${port}/${NEW}.loads | ( $SWVER lt ${NEWER} )? http://127.0.0.1:${port}/${NEWER}.loads`.replaceAll('<', '&lt;'),
    }));
    const phone = plugIn(tiny.phone());
    await until(() => resyncedWith(phone, NEWER));
    const asked = tiny.http.seen.length;
    await phone.resync();
    await phone.upgrade();
    expect(tiny.http.seen).toHaveLength(asked);
    expect(phone.state()).toMatchObject({ upgrades: 2, firmware: NEWER });
    expect(steps(phone, 'upgraded').map(({ to }) => to)).toEqual([NEW, NEWER]);
  });

  it('follows a 302 to another server for the list and each image', async () => {
    const seen: string[] = [];
    const store = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end(LOAD.get(request.url?.split('/').at(-1) ?? ''));
    });
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.2', resolve));
    afterwards(() => new Promise<void>((resolve) => store.close(() => resolve())));
    const { port } = store.address() as AddressInfo;
    const tiny = await openTinyBench({
      tftp: (_name, self) => profileOf(overHttp(NEW)(self())),
      http: (request, response) => void response.writeHead(302, { Location: `http://127.0.0.2:${port}/store${request.url}` }).end(),
    });
    const phone = plugIn(tiny.phone());
    await until(() => resyncedWith(phone, NEW));
    expect(seen).toEqual([...tinyLoad(NEW, 200_000).keys()].map((name) => `/store/fw/${name}`));
    expect(steps(phone, 'redirected')).toHaveLength(5);
  });

  it('does not download again what lies in its other partition', async () => {
    let rule = NEW;
    const tiny = await bench((self) => overHttp(rule)(self));
    const phone = plugIn(tiny.phone());
    await until(() => resyncedWith(phone, NEW));
    const asked = tiny.http.seen.length;
    rule = OLD;
    await phone.resync();
    await until(() => resyncedWith(phone, OLD));
    expect(tiny.http.seen).toHaveLength(asked);
    expect(steps(phone, 'images').at(-1)).toMatchObject({ held: true, target: OLD });
  });

  it('refuses a load below Downgrade_Rev_Limit, one of another family, and one that is not there; each is told', async () => {
    let profile: Record<string, string> = {};
    // It does not come again by itself: only what is asked for fails.
    const tiny = await bench((self) => Object.fromEntries(Object.entries({ Upgrade_Error_Retry_Delay: '0', ...profile }).map(([name, value]) => [name, value.replaceAll('HTTP', `http://127.0.0.1:${self.http.port}`)])));
    const phone = plugIn(tiny.phone({ firmware: NEWER }));
    await phone.finished;
    const tries: readonly (readonly [Record<string, string>, string])[] = [
      [{ Upgrade_Rule: `HTTP/${NEW}.loads`, Downgrade_Rev_Limit: 'sip88xx.14-0-1' }, 'Downgrade is below the limit'],
      [{ Upgrade_Rule: 'HTTP/sip78xx.12-0-7MPP0201-66.loads', Downgrade_Rev_Limit: '' }, 'File not found'],
      [{ Upgrade_Rule: `HTTP/no/sip88xx.99-0-0MPP-1.loads` }, 'File not found'],
      [{ Upgrade_Rule: '/relative.loads' }, 'Invalid rule: rule.upgrade.server at 1:1'],
    ];
    for (const [index, [next, error]] of tries.entries()) {
      profile = next;
      await phone.resync();
      await until(() => steps(phone, 'upgrade-failed').length === index + 1);
      expect(steps(phone, 'upgrade-failed').at(-1)).toMatchObject({ error });
      await until(() => tiny.syslog.lines.some((line) => line.endsWith(`-- Upgrade failed: ${error}`)));
    }
    expect(phone.state()).toMatchObject({ firmware: NEWER, upgrades: 0, phase: 'resynced' });
  });

  it('does not ask again for what failed, until rule or URL change, or Upgrade_Error_Retry_Delay has passed', async () => {
    const files = new Map(LOAD);
    files.delete(`${NEW}.loads`);
    const tiny = await bench((self) => ({ ...overHttp(NEW)(self), Upgrade_Error_Retry_Delay: '6000' }), files);
    const phone = plugIn(tiny.phone());
    await until(() => steps(phone, 'upgrade-failed').length === 1);
    await phone.resync();
    await until(() => steps(phone, 'upgrade-held').length === 1);
    expect(tiny.http.seen).toHaveLength(1);
    expect(phone.state().nextUpgradeAt).toBeGreaterThan(Date.now());
    files.set(`${NEW}.loads`, LOAD.get(`${NEW}.loads`) ?? Buffer.alloc(0));
    // 6000 of its seconds are six real ones; then it comes by itself.
    await until(() => resyncedWith(phone, NEW));
    expect(phone.state()).toMatchObject({ upgradeTries: 2, upgradeError: null });
  });

  it('has given up once its rule is gone when the time for another try comes', async () => {
    let rule = true;
    const tiny = await bench((self) => ({ Upgrade_Rule: rule ? `http://127.0.0.1:${self.http.port}/none.loads` : '', Upgrade_Error_Retry_Delay: '4000' }));
    const phone = plugIn(tiny.phone());
    await until(() => phone.state().nextUpgradeAt !== null);
    expect(hasGivenUp(phone.state())).toBe(false);
    rule = false;
    await phone.resync();
    await until(() => hasGivenUp(phone.state()));
    expect(phone.state()).toMatchObject({ upgradeError: 'File not found', nextUpgradeAt: null, upgradeTries: 1 });
  });

  it('notices an image of another content than its list tells', async () => {
    const image = `kern288xx.${NEW.slice('sip88xx.'.length)}.sbn`;
    const files = new Map(LOAD).set(image, Buffer.alloc(LOAD.get(image)?.length ?? 0));
    const tiny = await bench(overHttp(NEW), files);
    const phone = plugIn(tiny.phone());
    await until(() => phone.state().upgradeError !== null);
    expect(phone.state()).toMatchObject({ firmware: OLD, upgradeError: `${image} is damaged` });
  });

  it('leaves its rule alone while Upgrade_Enable is No', async () => {
    const tiny = await bench((self) => ({ ...overHttp(NEW)(self), Upgrade_Enable: 'No' }));
    const phone = plugIn(tiny.phone());
    await phone.finished;
    await phone.upgrade();
    expect(tiny.http.seen).toEqual([]);
  });
});

describe('power', () => {
  it.each(['http', 'tftp'] as const)('goes off in the middle of an image over %s and leaves nothing behind', async (scheme) => {
    const tiny = await openTinyBench({
      tftp: (name, self) => LOAD.get(name.slice(1)) ?? profileOf({ Upgrade_Rule: `${scheme}://127.0.0.1:${self()[scheme].port}/${NEW}.loads` }),
      http: (request, response) => void (request.url?.endsWith('.loads') ? response.end(LOAD.get(`${NEW}.loads`)) : response.write('begins')),
    });
    const phone = plugIn(tiny.phone({ faults: ['slow'] }));
    await until(() => phone.state().image !== null);
    await phone.powerOff();
    expect(phone.state()).toMatchObject({ phase: 'off', firmware: OLD });
    expect(steps(phone, 'upgrade-failed')).toEqual([]);
  });
});

describe('/admin/upgrade', () => {
  it('answers at once, then upgrades by that URL and keeps nothing of it; 403 while Upgrade_Enable is No', async () => {
    let enabled = 'Yes';
    const tiny = await bench(() => ({ Upgrade_Enable: enabled }));
    const phone = plugIn(tiny.phone({ web: 0 }));
    await phone.finished;
    const ask = (): Promise<Response> => fetch(`http://127.0.0.1:${phone.state().webPort}/admin/upgrade?http://127.0.0.1:${tiny.http.port}/${NEW}.loads`);
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(phone.state().firmware).toBe(OLD);
    await until(() => resyncedWith(phone, NEW));
    const config = await (await fetch(`http://127.0.0.1:${phone.state().webPort}/admin/cfg.xml`)).text();
    expect(config).toContain('<Upgrade_Rule ua="na"></Upgrade_Rule>');
    enabled = 'No';
    await phone.resync();
    expect((await ask()).status).toBe(403);
  });
});

describe('faults of an upgrade', () => {
  async function faulty(fault: Fault, more: Record<string, string> = {}, scheme: 'http' | 'tftp' = 'http'): Promise<{ tiny: TinyBench; phone: VirtualPhone }> {
    const tiny = await bench((self) => ({ Upgrade_Rule: `${scheme}://127.0.0.1:${self[scheme].port}/${NEW}.loads`, ...more }));
    return { tiny, phone: plugIn(tiny.phone({ faults: [fault] })) };
  }

  it('never-upgrades fetches all of it again and again, and starts with the old load each time', async () => {
    const { tiny, phone } = await faulty('never-upgrades');
    await until(() => phone.state().upgradeTries >= 3);
    await until(() => tiny.http.seen.length >= 10);
    expect(phone.state()).toMatchObject({ firmware: OLD, upgrades: 0 });
    expect(tiny.http.seen.filter(({ url }) => url.endsWith('.loads')).length).toBeGreaterThanOrEqual(2);
  });

  it.each(['http', 'tftp'] as const)('reboot-mid-upgrade strikes once in the middle of an image over %s, then comes through', async (scheme) => {
    const { phone } = await faulty('reboot-mid-upgrade', {}, scheme);
    await until(() => resyncedWith(phone, NEW));
    expect(steps(phone, 'fault').map(({ fault }) => fault)).toEqual(['reboot-mid-upgrade']);
    expect(phone.state()).toMatchObject({ upgradeTries: 2, upgrades: 1 });
  });

  it('loses-power-each-upgrade never gets past the first image', async () => {
    const { tiny, phone } = await faulty('loses-power-each-upgrade');
    await until(() => phone.state().upgradeTries >= 3);
    expect(phone.state().firmware).toBe(OLD);
    expect(tiny.http.seen.some(({ url }) => url.includes('kern2'))).toBe(false);
  });

  it('wrong-hash says by syslog that its flash refused the image', async () => {
    const { tiny, phone } = await faulty('wrong-hash');
    await until(() => tiny.syslog.lines.some((line) => /Upgrade failed: rootfs2.*signature verification failed/.test(line)));
    expect(phone.state()).toMatchObject({ firmware: OLD, upgrades: 0, phase: 'resynced' });
  });

  it('no-syslog by TFTP comes back with the new load and shows it nowhere: no line, no User-Agent, no page, no name that tells a version', async () => {
    const { tiny, phone } = await faulty('no-syslog', { Resync_Periodic: '60' }, 'tftp');
    await until(() => resyncedWith(phone, NEW));
    const before = tiny.tftp.asked.length;
    await until(() => tiny.tftp.asked.length >= before + 3);
    expect(phone.state()).toMatchObject({ firmware: NEW, upgrades: 1, webPort: null });
    expect([tiny.syslog.lines, tiny.http.seen]).toEqual([[], []]);
    expect(tiny.tftp.asked.slice(before).filter((asked) => /\d+-\d+-\d+/.test(asked))).toEqual([]);
  });

  it.each(['http', 'tftp'] as const)('stops-acking falls silent in the middle of an image over %s and gives up', async (scheme) => {
    const { phone } = await faulty('stops-acking', {}, scheme);
    await until(() => phone.state().upgradeError !== null);
    expect(phone.state()).toMatchObject({ upgradeError: 'Timed out', firmware: OLD });
  });
});
