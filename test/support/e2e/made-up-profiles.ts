import type { implement } from '@orpc/server';
import type { contract } from '../../../common/contract/contract.ts';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { UNPROTECTED } from '../../../common/values/protection.ts';

type Os = ReturnType<typeof implement<typeof contract>>;

/** Templates of the made-up host: enough for a screen to be drawn. */
export function madeUpProfiles(os: Os) {
  const texts = new Map<string, { view: TemplateView; text: string }>();
  const put = (name: string, text: string, scope: string | null): { view: TemplateView; unassigned: null } => {
    const version = (texts.get(name)?.view.version ?? 0) + 1;
    const view: TemplateView = { name, scope, bytes: text.length, variables: ['name', 'extension'], changedAt: Date.now(), path: null, protection: UNPROTECTED, version, phones: 48 };
    texts.set(name, { view, text });
    return { view, unassigned: null };
  };
  return {
    profiles: {
      list: os.profiles.list.handler(() => Array.from(texts.values(), ({ view }) => view)),
      show: os.profiles.show.handler(({ input }) => texts.get(input.name) ?? null),
      add: os.profiles.add.handler(({ input }) => put(input.name, input.text, input.scope ?? null)),
      place: os.profiles.place.handler(({ input }) => put(input.name, texts.get(input.name)?.text ?? '', input.scope)),
      remove: os.profiles.remove.handler(({ input }) => ({ removed: texts.delete(input.name) })),
      history: os.profiles.history.handler(() => []),
      version: os.profiles.version.handler(() => null),
      preview: os.profiles.preview.handler(({ input }) => {
        const text = input.text ?? texts.get(input.name)?.text ?? '';
        return { text, bytes: text.length, wireBytes: text.length, protection: UNPROTECTED, served: null, reported: null };
      }),
      lint: os.profiles.lint.handler(() => ({ findings: [], errors: 0, warnings: 0, phones: 48, unfillable: [] })),
      format: os.profiles.format.handler(({ input }) => ({ text: input.text, changed: false })),
      form: os.profiles.form.handler(() => []),
      edit: os.profiles.edit.handler(({ input }) => ({ text: input.text, changed: false })),
      dictionary: os.profiles.dictionary.handler(() => []),
      readyMade: os.profiles.readyMade.handler(() => []),
      useStarter: os.profiles.useStarter.handler(() => put('starter', '<flat-profile/>', '*')),
    },
  };
}
