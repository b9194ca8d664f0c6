import { useCallback, useEffect, useState } from 'react';
import type { ParameterEntry } from '../../../common/values/parameter.ts';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { connection, failureOf, host } from '../../api/host.ts';
import { useFailureText } from '../../api/use-call.ts';
import { shared } from '../../model/shared.ts';
import { Signal, useSignal } from '../../model/signal.ts';
import { Draft, draftOf, keepDraft, keepOnly } from './draft.ts';
import { Dictionary } from './editor/dictionary.ts';
import type { SavedText } from './save/saver.ts';

const LOOK_MS = 5000;

/** The template that was open last; kept while the window lives. */
export const openTemplate = new Signal<string | null>(null);

/** Every template as it was listed last, also one that is gone since. */
const seen = new Map<string, TemplateView>();

/** A template that somebody removed while its text here is not saved: it stays open, and saving it stores it anew. */
export function goneTemplate(name: string | null): TemplateView | undefined {
  const view = name !== null && draftOf(name)?.changed.get() ? seen.get(name) : undefined;
  return view && { ...view, scope: null, phones: 0 };
}

export interface Templates {
  /** undefined before the first answer. */
  readonly list: readonly TemplateView[] | undefined;
  /** Why the list could not be read; the last one stays. */
  readonly failure: string | null;
  /** Asks again; resolves once the list is the new one. */
  refresh(): Promise<void>;
}

/** Every template, asked again every few seconds: somebody may add one from the command line. */
export function useTemplates(): Templates {
  const tell = useFailureText();
  const [list, setList] = useState<readonly TemplateView[] | undefined>(undefined);
  const [failure, setFailure] = useState<string | null>(null);
  const open = useSignal(connection.state).kind === 'open';
  const refresh = useCallback(
    () =>
      host.profiles.list().then(
        (next) => {
          setList((last) => shared(last, next));
          for (const view of next) seen.set(view.name, view);
          setFailure(null);
          keepOnly(next.map(({ name }) => name));
        },
        (error: unknown) => setFailure(tell(error)),
      ),
    [tell],
  );
  useEffect(() => {
    if (!open) return undefined;
    const look = () => {
      if (!document.hidden) void refresh();
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [open, refresh]);
  return { list, failure, refresh };
}

export interface OpenedDraft {
  /** null while it is asked for. */
  readonly draft: Draft | null;
  readonly failure: string | null;
  readonly again: () => void;
}

/** The open text of a template: what was typed before, else as it is stored. */
export function useDraft(name: string): OpenedDraft {
  const tell = useFailureText();
  const [draft, setDraft] = useState<Draft | null>(() => draftOf(name) ?? null);
  const [failure, setFailure] = useState<string | null>(null);
  const open = useSignal(connection.state).kind === 'open';
  const ask = useCallback(() => {
    host.profiles.show({ name }).then(
      (answer) => {
        setFailure(null);
        // Removed meanwhile: the next list leaves it out.
        if (!answer) return;
        const fresh = draftOf(name) ?? newDraft(name, { text: answer.text, version: answer.view.version });
        keepDraft(fresh);
        setDraft(fresh);
      },
      (error: unknown) => setFailure(tell(error)),
    );
  }, [name, tell]);
  useEffect(() => {
    if (!draft && open) ask();
  }, [draft, open, ask]);
  return { draft, failure, again: ask };
}

function newDraft(name: string, saved: SavedText): Draft {
  return new Draft(name, saved, {
    lint: (text) => host.profiles.lint({ name, text }),
    edit: (text, edit) => host.profiles.edit({ text, ...edit }),
    store: (text, base) =>
      host.profiles.add({ name, text, base }).then(
        ({ view }) => ({ version: view.version }),
        (error: unknown) => {
          if (failureOf(error)?.code === 'template.changed') return 'changed' as const;
          throw error;
        },
      ),
    newest: async () => {
      const answer = await host.profiles.show({ name });
      return answer && { text: answer.text, version: answer.view.version, at: answer.view.changedAt };
    },
  });
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
