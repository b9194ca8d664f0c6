import { useCallback, useState } from 'react';
import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import { failureOf, host } from '../../../api/host.ts';
import { useFailureText } from '../../../api/use-call.ts';
import { showToast } from '../../../model/toasts.ts';
import { useText } from '../../../text/i18n.ts';
import type { Draft, SavedText } from '../draft.ts';
import { saveGate, type SaveGate } from '../save-gate.ts';

export type SaveQuestion =
  | { readonly kind: 'cuts-off'; readonly gate: Extract<SaveGate, { readonly kind: 'cuts-off' }> }
  /** Somebody saved another text meanwhile. */
  | { readonly kind: 'changed'; readonly theirs: SavedText; readonly at: number };

export interface Save {
  readonly busy: boolean;
  readonly failure: string | null;
  readonly question: SaveQuestion | null;
  /** A newer version is stored, and something is unsaved here. */
  readonly newer: boolean;
  save(): void;
  /** Saves although phones are cut off; the number was typed. */
  saveAnyway(): void;
  discard(): void;
  /** Shows both texts. */
  compare(): void;
  takeTheirs(theirs: SavedText): void;
  keepMine(theirs: SavedText): void;
  dismiss(): void;
  onChanged(view: TemplateView): void;
}

/** Saving, and everything that may stand in its way. */
export function useSave(draft: Draft, refresh: () => Promise<void>): Save {
  const t = useText('profiles');
  const tell = useFailureText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [question, setQuestion] = useState<SaveQuestion | null>(null);
  const [newer, setNewer] = useState(false);

  const ask = useCallback(async () => {
    const answer = await host.profiles.show({ name: draft.name }).catch(() => null);
    if (!answer) return;
    setQuestion({ kind: 'changed', theirs: { text: answer.text, version: answer.view.version }, at: answer.view.changedAt });
  }, [draft]);

  const store = useCallback(async (base: number) => {
    const text = draft.editor.text();
    setBusy(true);
    try {
      const { view } = await host.profiles.add({ name: draft.name, text, base });
      draft.saved.set({ text, version: view.version });
      setFailure(null);
      setQuestion(null);
      setNewer(false);
      showToast(t('said.saved', { version: view.version }), { tone: 'ok' });
      await refresh();
    } catch (error) {
      if (failureOf(error)?.code === 'template.changed') await ask();
      else setFailure(tell(error));
    } finally {
      setBusy(false);
    }
  }, [draft, refresh, ask, tell, t]);

  const save = useCallback(async () => {
    if (busy || !draft.changed.get()) return;
    const text = draft.editor.text();
    const gate = saveGate(true, await draft.lint.read(text));
    if (gate.kind === 'unread') setFailure(t('save.unread'));
    else if (gate.kind === 'cuts-off') setQuestion({ kind: 'cuts-off', gate });
    else if (gate.kind === 'free') await store(draft.saved.get().version);
  }, [busy, draft, store, t]);

  const onChanged = useCallback((view: TemplateView) => {
    if (draft.changed.get()) {
      setNewer(true);
      return;
    }
    host.profiles.show({ name: view.name }).then(
      (answer) => {
        if (!answer || draft.changed.get() || answer.view.version <= draft.saved.get().version) return;
        draft.take({ text: answer.text, version: answer.view.version });
      },
      () => undefined,
    );
  }, [draft]);

  return {
    busy, failure, question, newer, onChanged,
    save: () => void save(),
    saveAnyway: () => void store(draft.saved.get().version),
    discard: () => {
      const before = draft.editor.text();
      draft.editor.write(draft.saved.get().text, 'discard');
      setFailure(null);
      showToast(t('said.discarded'), { undo: () => draft.editor.write(before, 'undo.discard') });
    },
    compare: () => void ask(),
    takeTheirs: (theirs) => {
      draft.take(theirs);
      setQuestion(null);
      setNewer(false);
      setFailure(null);
    },
    keepMine: (theirs) => void store(theirs.version),
    dismiss: () => setQuestion(null),
  };
}
