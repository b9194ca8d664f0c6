import { useEffect, useState } from 'react';
import type { FormField } from '../../../../common/contract/views/profiles.ts';
import { connection, host } from '../../../api/host.ts';
import { useFailureText } from '../../../api/use-call.ts';
import { useSignal } from '../../../model/signal.ts';
import type { Draft } from '../draft.ts';
import type { WaitingEdit } from './form-edits.ts';

export interface FormState {
  /** null before the first answer. */
  readonly fields: readonly FormField[] | null;
  readonly failure: string | null;
}

/** The common parameters of the text as fields, read again once the hand rests, with what was typed into them meanwhile. */
export function useForm(draft: Draft, lines: number): FormState {
  const text = useSignal(draft.settled);
  const open = useSignal(connection.state).kind === 'open';
  const waiting = useSignal(draft.edits.waiting);
  const unwritten = useSignal(draft.edits.failure);
  const tell = useFailureText();
  const [fields, setFields] = useState<readonly FormField[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    if (!open) return undefined;
    let stale = false;
    host.profiles.form({ text, lines }).then(
      (answer) => {
        if (stale) return;
        setFields(answer);
        setFailure(null);
        draft.edits.shown(text);
      },
      (error: unknown) => {
        if (!stale) setFailure(tell(error));
      },
    );
    return () => {
      stale = true;
    };
  }, [draft, text, lines, open, tell]);
  useEffect(() => {
    // What could not be written while the host was away.
    if (open) void draft.edits.flush().catch(() => undefined);
  }, [draft, open]);
  return { fields: fields && withWaiting(fields, waiting), failure: failure ?? (unwritten === null ? null : tell(unwritten)) };
}

function withWaiting(fields: readonly FormField[], waiting: ReadonlyMap<string, WaitingEdit>): readonly FormField[] {
  return fields.map((field) => {
    const edit = waiting.get(field.name);
    return edit ? { ...field, intent: edit.intent, value: edit.value } : field;
  });
}
