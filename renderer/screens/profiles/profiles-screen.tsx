import { useEffect, useState } from 'react';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyPanel } from '../../parts/card.tsx';
import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';
import { OpenTemplate } from './open-template.tsx';
import { NewTemplateDialog, type NewSource } from './templates/new-template-dialog.tsx';
import { goneTemplate, openTemplate, useDictionary, useTemplates } from './use-templates.ts';
import { ProfilesWaiting } from './waiting.tsx';

/** Templates: what each phone is given, written, looked at and saved. */
export function ProfilesScreen() {
  const t = useText('profiles');
  const { list, failure, refresh } = useTemplates();
  const dictionary = useDictionary();
  const chosen = useSignal(openTemplate);
  const [adding, setAdding] = useState<NewSource | null>(null);
  const view = list?.find(({ name }) => name === chosen) ?? (list && goneTemplate(chosen)) ?? list?.find(({ scope }) => scope === '*') ?? list?.[0];
  const name = view?.name;
  useEffect(() => {
    if (name !== undefined) openTemplate.set(name);
  }, [name]);
  if (!list) return <ProfilesWaiting failure={failure} again={() => void refresh()} />;
  const dialog = adding ? <NewTemplateDialog first={adding} templates={list} onClose={() => setAdding(null)} onAdded={(added) => { setAdding(null); void refresh().then(() => openTemplate.set(added)); }} /> : null;
  if (!view) {
    return (
      <Page title={t('title')}>
        <EmptyPanel
          boxed
          icon="file"
          title={t('none.title')}
          actions={
            <>
              <Button kind="primary" onClick={() => setAdding('starter')}>{t('source.starter')}…</Button>
              <Button icon="list" onClick={() => setAdding('ready')}>{t('source.ready')}…</Button>
              <Button icon="upload" onClick={() => setAdding('file')}>{t('source.file')}…</Button>
              <Button icon="copy" onClick={() => setAdding('paste')}>{t('source.paste')}…</Button>
            </>
          }
        >
          <p>{t('none.text')}</p>
        </EmptyPanel>
        {dialog}
      </Page>
    );
  }
  return (
    <>
      <OpenTemplate key={view.name} view={view} templates={list} dictionary={dictionary} refresh={refresh} onNew={() => setAdding('ready')} />
      {dialog}
    </>
  );
}
