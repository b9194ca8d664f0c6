import { ORPCError, type implement } from '@orpc/server';
import type { contract } from '../../../common/contract/contract.ts';
import type { TemplateVersion } from '../../../common/contract/views/profiles.ts';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { UNPROTECTED, type Protection } from '../../../common/values/protection.ts';
import { DICTIONARY, DRAWN, editDrawn, fill, formDrawn, largeText, lintDrawn, READY } from './drawn-profiles.ts';

type Os = ReturnType<typeof implement<typeof contract>>;

interface Put {
  readonly name: string;
  readonly text?: string | undefined;
  readonly scope?: string | null | undefined;
  readonly path?: string | null | undefined;
  readonly protection?: Protection | undefined;
  readonly base?: number | undefined;
}

/** Templates of the made-up host. `drawn` starts with the template of the drawing, `large` with 3,000 elements. */
export function madeUpProfiles(os: Os, start: 'none' | 'drawn' | 'large' = 'none') {
  const texts = new Map<string, { view: TemplateView; versions: readonly (TemplateVersion & { text: string })[] }>();
  const put = ({ name, text, scope, path, protection, base }: Put): { view: TemplateView; unassigned: string | null } => {
    const before = texts.get(name);
    if (base !== undefined && before && before.view.version !== base) throw new ORPCError('CONFLICT', { message: 'changed', data: { code: 'template.changed', params: { name, version: before.view.version } } });
    const body = text ?? before?.versions[0]?.text ?? '';
    const same = before?.versions[0]?.text === body;
    const version = (before?.view.version ?? 0) + (same ? 0 : 1);
    const wanted = scope === undefined ? before?.view.scope ?? null : scope;
    const holder = wanted === null ? undefined : [...texts.values()].find(({ view }) => view.scope === wanted && view.name !== name);
    if (holder) texts.set(holder.view.name, { ...holder, view: { ...holder.view, scope: null, phones: 0 } });
    const view: TemplateView = {
      name, scope: wanted, bytes: body.length, variables: [...new Set([...body.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))], changedAt: Date.now(),
      path: path === undefined ? before?.view.path ?? null : path, protection: protection ?? before?.view.protection ?? UNPROTECTED, version, phones: wanted === '*' ? 48 : wanted === null ? 0 : 10,
    };
    const versions = same ? before.versions : [{ version, at: Date.now(), bytes: body.length, added: 1, removed: 1, text: body }, ...(before?.versions ?? [])];
    texts.set(name, { view, versions });
    return { view, unassigned: holder?.view.name ?? null };
  };
  if (start !== 'none') {
    put({ name: 'saint-roch-all', text: DRAWN.replace('Log_Resync_Request_Msg', 'Log_Request_Msg').replace('</Log_Resync', '</Log').replace('{{name}}', 'Chambre'), scope: '*' });
    put({ name: 'saint-roch-all', text: start === 'large' ? largeText(3000) : DRAWN });
    put({ name: 'onboarding', text: READY[0]?.text ?? '', scope: null });
  }
  const text = (name: string) => texts.get(name)?.versions[0]?.text ?? '';
  return {
    profiles: {
      list: os.profiles.list.handler(() => Array.from(texts.values(), ({ view }) => view)),
      show: os.profiles.show.handler(({ input }) => { const held = texts.get(input.name); return held ? { view: held.view, text: text(input.name) } : null; }),
      add: os.profiles.add.handler(({ input }) => put(input)),
      place: os.profiles.place.handler(({ input }) => put(input)),
      remove: os.profiles.remove.handler(({ input }) => ({ removed: texts.delete(input.name) })),
      history: os.profiles.history.handler(({ input }) => texts.get(input.name)?.versions ?? []),
      version: os.profiles.version.handler(({ input }) => { const held = texts.get(input.name)?.versions.find(({ version }) => version === input.version); return held ? { text: held.text } : null; }),
      preview: os.profiles.preview.handler(({ input }) => {
        const filled = fill(input.text ?? text(input.name));
        const served = start === 'none' ? null : { text: fill(DRAWN.replaceAll('Log_Resync_Request_Msg', 'Log_Request_Msg')), at: Date.now() - 3_600_000 };
        return { text: filled, bytes: filled.length, wireBytes: filled.length, protection: input.protection ?? UNPROTECTED, served, reported: null };
      }),
      lint: os.profiles.lint.handler(({ input }) => lintDrawn(input.text, input.name === null ? 0 : texts.get(input.name)?.view.phones ?? 0)),
      format: os.profiles.format.handler(({ input }) => ({ text: input.text, changed: false })),
      form: os.profiles.form.handler(({ input }) => formDrawn(input.text, input.lines)),
      edit: os.profiles.edit.handler(({ input }) => editDrawn(input.text, input.name, input.intent, input.value)),
      dictionary: os.profiles.dictionary.handler(() => DICTIONARY),
      readyMade: os.profiles.readyMade.handler(() => READY),
      useStarter: os.profiles.useStarter.handler(() => put({ name: 'starter', text: '<flat-profile>\n</flat-profile>\n', scope: '*' })),
    },
  };
}
