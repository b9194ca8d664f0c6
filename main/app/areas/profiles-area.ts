import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PreviewView } from '../../../common/contract/views/profiles.ts';
import { failed, type Result } from '../../../common/values/failure.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Protection } from '../../../common/values/protection.ts';
import type { Store } from '../../store/store.ts';
import { unwrap } from '../failure-error.ts';
import type { Renderer } from '../serve/rendered.ts';
import type { Added, Templates } from '../state/templates.ts';
import { answers } from './context.ts';
import { readingAnswers, type ReadingNeeds } from './reading-area.ts';

export interface ProfilesAreaNeeds extends ReadingNeeds {
  readonly store: Store;
  readonly renderer: Renderer;
}

export function profilesArea(needs: ProfilesAreaNeeds) {
  const { profiles } = answers;
  const { templates } = needs;
  return profiles.router({
    list: profiles.list.handler(() => templates.list()),
    show: profiles.show.handler(({ input }) => templates.show(input.name)),
    add: profiles.add.handler(async ({ input }) => unwrap(await templates.put(input))),
    place: profiles.place.handler(async ({ input }) => unwrap(await templates.put(input))),
    remove: profiles.remove.handler(async ({ input }) => ({ removed: await templates.remove(input.name) })),
    history: profiles.history.handler(({ input }) => templates.history(input.name)),
    version: profiles.version.handler(async ({ input }) => {
      const text = await templates.version(input.name, input.version);
      return text === null ? null : { text };
    }),
    preview: profiles.preview.handler(async ({ input }) => unwrap(await preview(input, needs))),
    useStarter: profiles.useStarter.handler(async () => unwrap(await useStarter(needs))),
    ...readingAnswers(needs),
  });
}

/** The template that ships with the app, for every phone that has no other. */
export async function useStarter({ templates, resources }: { readonly templates: Templates; readonly resources: string }): Promise<Result<Added>> {
  return templates.put({ name: 'starter', text: await readFile(join(resources, 'templates', 'starter.xml'), 'utf8'), scope: '*' });
}

interface PreviewAsk {
  readonly name: string;
  readonly mac: Mac;
  readonly text?: string | undefined;
  readonly protection?: Protection | undefined;
}

async function preview({ name, mac, text, protection }: PreviewAsk, needs: ProfilesAreaNeeds): Promise<Result<PreviewView>> {
  const device = needs.register.get(mac);
  if (!device) return failed('phone.unknown');
  const row = needs.templates.rows().find((candidate) => candidate.name === name);
  if (!row && text === undefined) return failed('template.unknown', { name });
  const draft = { name, text: text ?? row?.text ?? '', protection: protection ?? row?.protection };
  const rendered = needs.renderer.trial(device, draft);
  if (!rendered.ok) return rendered;
  const [rows, reported] = await Promise.all([needs.store.served.all(mac), needs.store.reports.last(mac)]);
  const served = rows.find(({ template }) => template === name);
  return {
    ok: true,
    value: {
      text: rendered.value.masked,
      bytes: rendered.value.xmlBytes,
      wireBytes: rendered.value.bytes.length,
      protection: rendered.value.protection,
      served: served ? { text: served.masked, at: served.at } : null,
      reported: reported?.masked == null ? null : { text: reported.masked, at: reported.at },
    },
  };
}
