import { useCallback, useState } from 'react';
import { useFormat } from '../text/use-format.ts';
import { useSentence, useText } from '../text/i18n.ts';
import { failureOf, NoAnswerError } from './host.ts';

export interface Calls {
  /** True while any action is on its way. */
  readonly busy: boolean;
  /** Sentence of the last failure, in the reader's language; null after a success. */
  readonly failure: string | null;
  /** Runs an action; resolves to undefined when it failed. What must not run twice looks at `busy` first, as a button does. */
  run<T>(action: () => Promise<T>): Promise<T | undefined>;
  clear(): void;
}

/** An action on the host with its working state and its failure in words, to be shown beside the button. */
export function useCall(): Calls {
  const [running, setRunning] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const tell = useFailureText();
  const run = useCallback(
    async <T,>(action: () => Promise<T>): Promise<T | undefined> => {
      setRunning((count) => count + 1);
      try {
        const value = await action();
        setFailure(null);
        return value;
      } catch (error) {
        setFailure(tell(error));
        return undefined;
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [tell],
  );
  return { busy: running > 0, failure, run, clear: useCallback(() => setFailure(null), []) };
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
