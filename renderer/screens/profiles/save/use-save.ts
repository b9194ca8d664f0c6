import { useEffect } from 'react';
import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import { connection, host } from '../../../api/host.ts';
import { useFailureText } from '../../../api/use-call.ts';
import { useSignal } from '../../../model/signal.ts';
import { showToast } from '../../../model/toasts.ts';
import { useText } from '../../../text/i18n.ts';
import type { Draft } from '../draft.ts';
import type { SaveFailure, SaveQuestion } from './saver.ts';

export interface Save {
  readonly busy: boolean;
  readonly failure: string | null;
  readonly question: SaveQuestion | null;
  /** A newer version is stored, and something is unsaved here. */
  readonly newer: boolean;
  readonly save: () => void;
  /** Saves although phones are cut off; the number was typed. */
  readonly saveAnyway: () => void;
  readonly discard: () => void;
  /** Shows both texts. */
  readonly compare: () => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
  readonly dismiss: () => void;
}

/** Saving, and everything that may stand in its way. */
export function useSave(draft: Draft, view: TemplateView, refresh: () => Promise<void>): Save {
  const t = useText('profiles');
  const say = useSaveFailure();
  const { busy, failure, question } = useSignal(draft.saver.state);
  const changed = useSignal(draft.changed);
  const saved = useSignal(draft.saved);
  const open = useSignal(connection.state).kind === 'open';
  const stored = view.version > saved.version;
  useEffect(() => {
    if (open && stored && !changed && !busy) takeNewest(draft);
  }, [draft, open, stored, changed, busy, view.version]);
  const tell = (saving: Promise<number | null>) =>
    void saving.then((version) => {
      if (version === null) return;
      showToast(t('said.saved', { version }), { tone: 'ok' });
      void refresh();
    });
  return {
    busy,
    failure: failure && say(failure),
    question,
    newer: stored && changed,
    save: () => tell(draft.saver.save()),
    saveAnyway: () => tell(draft.saver.saveAnyway()),
    keepMine: () => tell(draft.saver.keepMine()),
    discard: () => void draft.discard().then((undo) => showToast(t('said.discarded'), { undo })),
    compare: () => void draft.saver.compare(),
    takeTheirs: () => {
      if (question?.kind !== 'changed') return;
      const before = draft.editor.text();
      draft.take(question.theirs);
      draft.saver.dismiss();
      showToast(t('said.taken', { version: question.theirs.version }), { undo: () => draft.editor.write(before, 'undo.take') });
    },
    dismiss: () => draft.saver.dismiss(),
  };
}

function useSaveFailure(): (failure: SaveFailure) => string {
  const t = useText('profiles');
  const tell = useFailureText();
  return (failure) => {
    switch (failure.kind) {
      case 'unread': return t('save.unread');
      case 'errors': return t('save.errors', { count: failure.count });
      case 'gone': return t('save.gone');
      case 'call': return tell(failure.error);
    }
  };
}

/** Nothing is typed here, so the newest text takes the place of this one. */
function takeNewest(draft: Draft): void {
  host.profiles.show({ name: draft.name }).then(
    (answer) => {
      if (!answer || draft.changed.get() || answer.view.version <= draft.saved.get().version) return;
      draft.take({ text: answer.text, version: answer.view.version });
    },
    // Only a lost host: it is asked again once it is back.
    () => undefined,
  );
}
