import { useEffect, useRef } from 'react';
import type { Counts } from '../../../common/contract/views/bench.ts';
import { allDoneNow, playChord } from '../../model/chord.ts';
import { bench } from '../../model/bench.ts';
import { settings } from '../../model/settings.ts';

/** Listens for the last phone that becomes done, on every screen. */
export function DoneChord() {
  const before = useRef<Counts | null>(null);
  useEffect(
    () =>
      bench.counts.subscribe(() => {
        const after = bench.counts.get();
        if (!after) return;
        if (settings.get().sound && allDoneNow(before.current, after)) playChord();
        before.current = after;
      }),
    [],
  );
  return null;
}
