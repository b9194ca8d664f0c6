import type { BenchView } from '../../../common/contract/views/bench.ts';
import type { PhoneView, ProfileView } from '../../../common/contract/views/phone.ts';
import { failed, type Result } from '../../../common/values/failure.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Device } from '../../domain/device/device.ts';
import { maskSecrets } from '../../domain/profile/secrets.ts';
import { pickTemplate } from '../../domain/profile/scope.ts';
import type { Store } from '../../store/store.ts';
import { asError, unwrap } from '../failure-error.ts';
import type { BenchFeed } from '../live/bench-feed.ts';
import type { Renderer } from '../serve/rendered.ts';
import type { Register } from '../state/register.ts';
import type { Roll } from '../state/roll.ts';
import { answers } from './context.ts';
import { nextTry } from './next-try.ts';
import { phonePage, timeline } from './phone-page.ts';

export interface PhonesAreaNeeds {
  readonly store: Store;
  readonly register: Register;
  readonly roll: Roll;
  readonly renderer: Renderer;
  readonly feed: BenchFeed;
  phoneView(device: Device): PhoneView;
  benchView(): BenchView;
  resync(device: Device): Promise<Result<unknown>>;
}

export function phonesArea(needs: PhonesAreaNeeds) {
  const { bench, phones } = answers;
  const known = (mac: Mac): Device => {
    const device = needs.register.get(mac);
    if (!device) throw asError(failed('phone.unknown').failure);
    return device;
  };
  return {
    bench: bench.router({
      view: bench.view.handler(() => needs.benchView()),
      watch: bench.watch.handler(({ signal }) => needs.feed.watch(signal)),
    }),
    phones: phones.router({
      page: phones.page.handler(async ({ input }) => {
        const device = needs.register.get(input.mac);
        if (!device) return null;
        const [recent, served] = await Promise.all([
          needs.store.evidence.page({ mac: input.mac, limit: 100 }),
          needs.store.served.last(input.mac),
        ]);
        return phonePage(device, needs.phoneView(device), recent.rows, nextTry(device, served?.masked ?? null));
      }),
      timeline: phones.timeline.handler(async ({ input }) => {
        const device = known(input.mac);
        const page = await needs.store.evidence.page({
          mac: input.mac,
          limit: input.limit,
          ...(input.before === undefined ? {} : { before: input.before }),
        });
        return { rows: timeline(device, page), more: page.more };
      }),
      profile: phones.profile.handler(({ input }) => profileView(known(input.mac), needs)),
      enrol: phones.enrol.handler(async ({ input }) => {
        const added = await needs.roll.enrol(input.macs);
        // Who was a stranger to DHCP is none any more.
        needs.feed.touchServers();
        return { added };
      }),
      remove: phones.remove.handler(async ({ input }) => ({ removed: await needs.roll.remove(input.macs) })),
      resync: phones.resync.handler(async ({ input }) => {
        unwrap(await needs.resync(known(input.mac)));
        return { asked: true };
      }),
    }),
  };
}

async function profileView(device: Device, { renderer, store }: PhonesAreaNeeds): Promise<ProfileView> {
  const row = pickTemplate(renderer.templates(), device);
  const rendered = renderer.render(device);
  const [served, reported] = await Promise.all([store.served.last(device.mac), store.reports.last(device.mac)]);
  return {
    template: row && { name: row.name, text: maskSecrets(row.text) },
    filled: rendered.ok ? { text: rendered.value.masked, sha256: rendered.value.sha256 } : null,
    served: served && { text: served.masked, sha256: served.sha256, at: served.at },
    reported: reported?.masked == null ? null : { text: reported.masked, at: reported.at },
    failure: rendered.ok ? null : rendered.failure,
  };
}
