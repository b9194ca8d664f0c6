import { useCallback, useEffect, useRef, useState } from 'react';
import type { FormField } from '../../../../common/contract/views/profiles.ts';
import { connection, host } from '../../../api/host.ts';
import { useFailureText } from '../../../api/use-call.ts';
import { useSignal } from '../../../model/signal.ts';
import type { Draft } from '../draft.ts';

export interface FormState {
  /** null before the first answer. */
  readonly fields: readonly FormField[] | null;
  readonly failure: string | null;
  /** Writes one parameter into the text of the editor; nothing else of it changes. */
  edit(name: string, intent: FormField['intent'], value: string): void;
}

/** A text that cannot be edited because it changed on the way is tried again with the new text. */
const TRIES = 3;

/** The common parameters of the text as fields, read again once the hand rests. */
export function useForm(draft: Draft, lines: number): FormState {
  const text = useSignal(draft.settled);
  const open = useSignal(connection.state).kind === 'open';
  const tell = useFailureText();
  const [fields, setFields] = useState<readonly FormField[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const queue = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    if (!open) return undefined;
    let stale = false;
    host.profiles.form({ text, lines }).then(
      (answer) => {
        if (stale) return;
        setFields(answer);
        setFailure(null);
      },
      (error: unknown) => {
        if (!stale) setFailure(tell(error));
      },
    );
    return () => {
      stale = true;
    };
  }, [text, lines, open, tell]);
  const edit = useCallback<FormState['edit']>((name, intent, value) => {
    const write = async () => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const before = draft.editor.text();
        const answer = await host.profiles.edit({ text: before, name, intent, value });
        if (!answer.changed) return;
        if (draft.editor.text() !== before) continue;
        draft.editor.write(answer.text, 'input.form');
        return;
      }
    };
    // One edit after the other: each starts from the text that the one before left.
    queue.current = queue.current.then(write).then(() => setFailure(null), (error: unknown) => setFailure(tell(error)));
  }, [draft, tell]);
  return { fields, failure, edit };
}
