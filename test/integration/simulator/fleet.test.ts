import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import { requestResync } from '../../../main/phone/direct-action.ts';
import { startFleet } from '../../../main/simulator/fleet.ts';
import { afterwards } from '../../support/afterwards.ts';
import { openTinyBench, plugIn, until } from '../../support/simulator/plug-in.ts';
import { profileOf } from '../../support/simulator/tiny-bench.ts';

describe('a fleet', () => {
  it('of a hundred phones is provisioned, each by the name with its own MAC, the faulty ones apart', async () => {
    const tiny = await openTinyBench({ tftp: (name) => (name.startsWith('/Cisco/') ? profileOf({ GPP_A: name }) : 1) });
    const { server } = tiny.phone();
    const fleet = startFleet({
      count: 100, server, source: 'given', pace: 1000, staggerMs: 1, seed: 5,
      faults: (index) => (index === 7 ? ['enterprise-load'] : index === 8 ? ['vanish-before-last-ack'] : []),
    });
    afterwards(() => fleet.stop());
    await fleet.finished;
    const states = fleet.phones.map((phone) => phone.state());
    expect(states.filter((state) => state.reaction === 'A')).toHaveLength(99);
    expect(states[7]).toMatchObject({ phase: 'failed', reaction: 'C' });
    expect(new Set(tiny.tftp.asked.filter((name) => name.startsWith('RRQ /Cisco/'))).size).toBe(99);
  });

  it('stops in the middle of being plugged in', async () => {
    const tiny = await openTinyBench({});
    const { server } = tiny.phone();
    const fleet = startFleet({ count: 1000, server, source: 'given', pace: 20, staggerMs: 5, seed: 1 });
    await fleet.stop();
    await fleet.finished;
    expect(fleet.phones.length).toBeLessThan(1000);
    expect(fleet.phones.every((phone) => phone.state().phase === 'off')).toBe(true);
  });
});

describe('direct actions', () => {
  it('requestResync makes a virtual phone fetch again, with its own rule or with one for this once', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ GPP_A: '1' }), http: (_request, response) => void response.end(profileOf({ GPP_B: '2' })) });
    const phone = plugIn(tiny.phone({ web: 0 }));
    await phone.finished;
    const target = { address: '127.0.0.1' as Ipv4, port: phone.state().webPort ?? 0 };
    expect(await requestResync(target, { timeoutMs: 60_000 })).toMatchObject({ ok: true });
    const once = `http://127.0.0.1:${tiny.http.port}/once/$MA.xml`;
    expect(await requestResync({ ...target, rule: once }, { timeoutMs: 60_000 })).toMatchObject({ ok: true });
    await until(() => phone.state().resyncs >= 3);
    expect(tiny.tftp.asked).toHaveLength(2);
    expect(tiny.http.seen.map((seen) => seen.url)).toEqual(['/once/00562b043615.xml']);
  });

  it('is refused while Enable_Direct_Action_Url or Provision_Enable is No, and with a password set', async () => {
    for (const setting of [{ Enable_Direct_Action_Url: 'No' }, { Provision_Enable: 'No' }, { Admin_Password: 'secret' }]) {
      const tiny = await openTinyBench({ tftp: () => profileOf(setting) });
      const phone = plugIn(tiny.phone({ web: 0 }));
      await phone.finished;
      const target = { address: '127.0.0.1' as Ipv4, port: phone.state().webPort ?? 0 };
      expect(await requestResync(target, { timeoutMs: 60_000 })).toMatchObject({ ok: false, failure: { code: 'phone.resync-refused' } });
    }
  });

  it('shows its configuration without secrets', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ Password_1_: 'very-secret', Display_Name_1_: 'Anna' }) });
    const phone = plugIn(tiny.phone({ web: 0 }));
    await phone.finished;
    const response = await fetch(`http://127.0.0.1:${phone.state().webPort}/admin/cfg.xml`);
    const body = await response.text();
    expect(body).toContain('Anna');
    expect(body).not.toContain('very-secret');
  });
});
