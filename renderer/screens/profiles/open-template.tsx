import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { connection } from '../../api/host.ts';
import { useKeys } from '../../model/keys.ts';
import { router } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { Card, Skeleton } from '../../parts/card.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { useText } from '../../text/i18n.ts';
import { RuleCard } from './debugger-slot.tsx';
import type { Draft } from './draft.ts';
import { CodeEditor } from './editor/code-editor.tsx';
import type { Dictionary } from './editor/dictionary.ts';
import { FindingsPanel } from './editor/findings-panel.tsx';
import { useEditorWords } from './editor/use-editor-words.ts';
import { FormView } from './form/form-view.tsx';
import { PreviewCard, useTrialPhone } from './preview/preview-card.tsx';
import { usePlaces } from './preview/use-places.ts';
import styles from './profiles.module.css';
import { SaveDialogs } from './save/save-dialogs.tsx';
import { useSave } from './save/use-save.ts';
import { TemplateHead } from './templates/template-head.tsx';
import { openTemplate, useDraft } from './use-templates.ts';
import { useTemplateView, VIEWS } from './use-view.ts';
import { ProfilesWaiting } from './waiting.tsx';

interface Props {
  readonly view: TemplateView;
  readonly templates: readonly TemplateView[];
  readonly dictionary: Dictionary | null;
  readonly refresh: () => Promise<void>;
  readonly onNew: () => void;
}

/** One template: its head, its text or form, what comes of it for a phone, and the rule under the cursor. */
export function OpenTemplate(props: Props) {
  const t = useText('profiles');
  const { draft, failure, again } = useDraft(props.view.name);
  if (draft) return <Opened {...props} draft={draft} />;
  if (failure !== null) return <ProfilesWaiting failure={failure} again={again} />;
  return (
    <div className={styles.page}>
      <Card title={t('editor.title')} className={styles.waiting}>
        <div className={styles.skeleton}><Skeleton width="40%" /><Skeleton width="62%" /><Skeleton width="55%" /><Skeleton width="70%" /></div>
      </Card>
    </div>
  );
}

function Opened({ draft, view, templates, dictionary, refresh, onNew }: Props & { readonly draft: Draft }) {
  const t = useText('profiles');
  const [mode, setMode] = useTemplateView();
  const [mac, setMac] = useTrialPhone(view.scope);
  const save = useSave(draft, view, refresh);
  const chooser = useRef<HTMLButtonElement>(null);
  useEditor(draft, dictionary);
  usePlaces(draft, view, mac);
  useFresh(draft, view);
  const gone = useGone(draft, templates);
  // A hidden editor takes no focus: what goes to its text shows it first.
  const inText = (go: () => void) => {
    if (mode === 'form') flushSync(() => setMode('xml'));
    go();
  };
  useKeys({
    'mod+s': save.save,
    F8: () => inText(() => void draft.editor.step(1)),
    'shift+F8': () => inText(() => void draft.editor.step(-1)),
    '/': () => inText(() => draft.editor.search()),
    // The first Esc leaves the text or the field, so that Tab and the single keys act again; the next one leaves the screen.
    Escape: () => (draft.editor.hasFocus() || inField(document.activeElement) ? chooser.current?.focus() : router.back()),
  });
  return (
    <div className={styles.page}>
      <TemplateHead ref={chooser} draft={draft} view={view} templates={templates} gone={gone} save={save} refresh={refresh} onNew={onNew} />
      <div className={`${styles.columns} ${mode === 'both' ? styles.both : ''}`}>
        <Card
          title={t('editor.title')}
          aside={
            <>
              <ScannerWords draft={draft} />
              <Segmented small label={t('view.label')} value={mode} choices={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))} onChange={setMode} />
            </>
          }
        >
          <CodeEditor draft={draft} hidden={mode === 'form'} />
          {mode === 'form' ? <FormView draft={draft} /> : null}
          <FindingsPanel draft={draft} />
        </Card>
        {mode === 'both' ? <Card title={t('form.title')} aside={t('form.aside')}><FormView draft={draft} narrow /></Card> : null}
        <div className={styles.right}>
          <PreviewCard draft={draft} view={view} mac={mac} onMac={setMac} />
          <RuleCard draft={draft} mac={mac} />
        </div>
      </div>
      <SaveDialogs draft={draft} save={save} />
    </div>
  );
}

/** While the text has the focus a scan would be typed into it, so the bench does not listen here. */
function ScannerWords({ draft }: { readonly draft: Draft }) {
  const t = useText('profiles');
  return useSignal(draft.focused) ? <span className={styles.quiet}>{t('editor.scanner')}</span> : null;
}

/** Gives the editor its words, the dictionary and the places, as they become known. */
function useEditor(draft: Draft, dictionary: Dictionary | null): void {
  const words = useEditorWords();
  const places = useSignal(draft.places);
  useEffect(() => {
    draft.say(words);
  }, [draft, words]);
  useEffect(() => {
    draft.know(dictionary, places);
  }, [draft, dictionary, places]);
}

/** Has the text read again once the host is back, and when it serves other phones. */
function useFresh(draft: Draft, view: TemplateView): void {
  const open = useSignal(connection.state).kind === 'open';
  const serves = `${view.scope} ${view.phones}`;
  const first = useRef(serves);
  useEffect(() => {
    if (open && (draft.lint.answer.get() === null || first.current !== serves)) draft.readAgain();
    first.current = serves;
  }, [open, draft, serves]);
}

/** Somebody removed it: it stays open while something here is not saved. */
function useGone(draft: Draft, templates: readonly TemplateView[]): boolean {
  const changed = useSignal(draft.changed);
  const gone = templates.every(({ name }) => name !== draft.name);
  useEffect(() => {
    if (gone && !changed) openTemplate.set(null);
  }, [gone, changed]);
  return gone;
}

function inField(focused: Element | null): boolean {
  return focused instanceof HTMLTextAreaElement || focused instanceof HTMLSelectElement || (focused instanceof HTMLInputElement && focused.type !== 'radio');
}
