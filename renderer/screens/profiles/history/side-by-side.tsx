import { memo, useMemo } from 'react';
import { diffLines, type DiffLine } from '../../../model/line-diff.ts';
import { useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';
import { foldSame, pairLines } from './pairs.ts';

interface Side {
  readonly label: string;
  readonly text: string;
}

/** Two texts beside each other, equal stretches folded, with − and + before what differs. */
export const SideBySide = memo(function SideBySide({ before, after }: { readonly before: Side; readonly after: Side }) {
  const t = useText('profiles');
  const lines = useMemo(() => diffLines(before.text, after.text), [before.text, after.text]);
  const rows = useMemo(() => (lines ? foldSame(pairLines(lines), ({ left, right }) => left?.kind !== 'same' || right?.kind !== 'same') : []), [lines]);
  if (!lines) return <p className={styles.note}>{t('diff.too-long')}</p>;
  if (before.text === after.text) return <p className={styles.note}>{t('diff.same')}</p>;
  return (
    <div className={styles.sides} role="region" aria-label={t('diff.label')} tabIndex={0}>
      <table>
        <thead><tr><th scope="col">{before.label}</th><th scope="col">{after.label}</th></tr></thead>
        <tbody>
          {rows.map((row, index) =>
            row.kind === 'fold' ? (
              <tr key={index} className={styles.fold}><td colSpan={2}>{t('diff.equal', { count: row.count })}</td></tr>
            ) : (
              <tr key={index}><Cell line={row.row.left} /><Cell line={row.row.right} /></tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
});

function Cell({ line }: { readonly line: DiffLine | null }) {
  const sign = line?.kind === 'added' ? '+' : line?.kind === 'removed' ? '−' : '';
  return <td className={line?.kind === 'added' ? styles.added : line?.kind === 'removed' ? styles.removed : line ? '' : styles.gone}><span className={styles.mark}>{sign}</span>{line?.text ?? ''}</td>;
}
