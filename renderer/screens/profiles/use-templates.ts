import { useCallback, useEffect, useState } from 'react';
import type { ParameterEntry } from '../../../common/values/parameter.ts';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { connection, host } from '../../api/host.ts';
import { Signal, useSignal } from '../../model/signal.ts';
import { Draft, draftOf, keepDraft } from './draft.ts';
import { Dictionary } from './editor/dictionary.ts';

const LOOK_MS = 5000;

/** The template that was open last; kept while the window lives. */
export const openTemplate = new Signal<string | null>(null);

export interface Templates {
  /** undefined before the first answer. */
  readonly list: readonly TemplateView[] | undefined;
  /** Asks again; resolves once the list is the new one. */
  refresh(): Promise<void>;
}

/** Every template, asked again every few seconds: somebody may add one from the command line. */
export function useTemplates(): Templates {
  const [list, setList] = useState<readonly TemplateView[] | undefined>(undefined);
  const open = useSignal(connection.state).kind === 'open';
  const refresh = useCallback(() => host.profiles.list().then(setList, () => undefined), []);
  useEffect(() => {
    if (!open) return undefined;
    const look = () => {
      if (!document.hidden) void refresh();
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [open, refresh]);
  return { list, refresh };
}

/** The open text of a template: what was typed before, else as it is stored; null while it is asked for. */
export function useDraft(name: string): Draft | null {
  const [draft, setDraft] = useState<Draft | null>(() => draftOf(name) ?? null);
  const open = useSignal(connection.state).kind === 'open';
  useEffect(() => {
    if (draft || !open) return;
    host.profiles.show({ name }).then(
      (answer) => {
        if (!answer) return;
        const fresh = draftOf(name) ?? new Draft(name, { text: answer.text, version: answer.view.version }, (text) => host.profiles.lint({ name, text }));
        keepDraft(fresh);
        setDraft(fresh);
      },
      () => undefined,
    );
  }, [draft, name, open]);
  return draft;
}

let dictionary: Promise<readonly ParameterEntry[]> | null = null;

/** The parameter dictionary, asked for once in the life of the window. */
export function useDictionary(): Dictionary | null {
  const [known, setKnown] = useState<Dictionary | null>(null);
  const open = useSignal(connection.state).kind === 'open';
  useEffect(() => {
    if (!open) return undefined;
    let gone = false;
    dictionary ??= host.profiles.dictionary();
    dictionary.then(
      (entries) => {
        if (!gone) setKnown(new Dictionary(entries));
      },
      () => {
        dictionary = null;
      },
    );
    return () => {
      gone = true;
    };
  }, [open]);
  return known;
}
