import { useMemo, useState } from 'react';
import { useHostClock } from '../../../model/clock.ts';
import type { DiffLine } from '../../../model/line-diff.ts';
import { EmptyPanel } from '../../../parts/card.tsx';
import { CodeLine } from '../../../parts/code.tsx';
import { useText } from '../../../text/i18n.ts';
import { useFormat } from '../../../text/use-format.ts';
import { foldSame } from '../history/pairs.ts';
import styles from '../profiles.module.css';
import type { Comparison, Step } from './steps.ts';

/** Lines of a file that is shown whole where nothing differs; else only what differs and what surrounds it is. */
const WHOLE = 60;
/** Rows that are drawn at once; a table of thousands would stop the hand. */
const MOST = 600;

/** Lines with − and +, long equal stretches folded; a fold opens at a press. */
export function Difference({ compared, step }: { readonly compared: Comparison; readonly step: Step }) {
  const t = useText('profiles');
  const format = useFormat();
  const now = useHostClock();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const lines = useMemo(() => compared.lines ?? plainLines(compared.text ?? ''), [compared]);
  const rows = useMemo(() => (compared.changes === 0 && lines.length <= WHOLE ? lines.map((row) => ({ kind: 'row' as const, row })) : foldSame(lines, ({ kind }) => kind !== 'same')), [lines, compared]);
  if (compared.text === null) return <div className={styles.rest}><EmptyPanel icon="file" title={t(step === 'reported' ? 'preview.none-reported' : 'preview.none-served')}><p>{t(step === 'reported' ? 'preview.none-reported.text' : 'preview.none-served.text')}</p></EmptyPanel></div>;
  return (
    <>
      {compared.at === null ? null : <p className={styles.when}>{t(step === 'reported' ? 'preview.reported-at' : 'preview.served-at', { time: format.moment(compared.at, now) })} {compared.changes === 0 ? t('preview.equal') : ''}</p>}
      <div className={styles.lines} role="region" aria-label={t(`step.${step}`)} tabIndex={0}>
        {rows.slice(0, MOST).map((row, index) =>
          row.kind === 'row' ? <CodeLine key={index} line={row.row} /> : open.has(index) ? row.rows.slice(0, MOST).map((line, at) => <CodeLine key={`${index} ${at}`} line={line} />) : (
            <button key={index} type="button" className={styles.foldLine} onClick={() => setOpen(new Set([...open, index]))}>{t('diff.equal', { count: row.count })}</button>
          ),
        )}
      </div>
    </>
  );
}

function plainLines(text: string): readonly DiffLine[] {
  return text.split(/\r?\n/).map((line, index) => ({ kind: 'same', text: line, line: index + 1 }));
}
