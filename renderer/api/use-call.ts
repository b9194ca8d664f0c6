import { useCallback, useState } from 'react';
import { useFormat } from '../text/use-format.ts';
import { useSentence, useText } from '../text/i18n.ts';
import { failureOf, NoAnswerError } from './host.ts';

export interface Calls {
  /** True while an action is on its way. */
  readonly busy: boolean;
  /** Sentence of the last failure, in the reader's language; null after a success. */
  readonly failure: string | null;
  /** Runs one action; a second is refused while the first is on its way. Resolves to undefined when it failed. */
  run<T>(action: () => Promise<T>): Promise<T | undefined>;
  clear(): void;
}

/** An action on the host with its working state and its failure in words, to be shown beside the button. */
export function useCall(): Calls {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const tell = useFailureText();
  const run = useCallback(
    async <T,>(action: () => Promise<T>): Promise<T | undefined> => {
      setBusy(true);
      try {
        const value = await action();
        setFailure(null);
        return value;
      } catch (error) {
        setFailure(tell(error));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [tell],
  );
  return { busy, failure, run, clear: useCallback(() => setFailure(null), []) };
}

/** The sentence for anything that a call can throw. */
export function useFailureText(): (error: unknown) => string {
  const t = useText('common');
  const say = useSentence();
  const format = useFormat();
  return useCallback(
    (error) => {
      const failure = failureOf(error);
      if (failure) return say(failure.code, failure.params);
      if (error instanceof NoAnswerError) return error.limitMs === null ? t('failed.lost') : t('failed.slow', { time: format.duration(error.limitMs) });
      return `${t('failed.title')}: ${error instanceof Error ? error.message : String(error)}`;
    },
    [t, say, format],
  );
}
