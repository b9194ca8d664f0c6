import { useState } from 'react';
import type { ComparedParameter } from '../../../common/values/report.ts';
import { MASK } from '../../model/xml-tokens.ts';
import { EmptyPanel } from '../../parts/card.tsx';
import { Icon, Sign } from '../../parts/sign.tsx';
import { Switch } from '../../parts/switch.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { isDifference, verdictCounts, type Verdict } from './compare-rows.ts';
import styles from './reported.module.css';

/** Parameter by parameter: what was served, and what the phone says it holds. */
export function ComparePart({ rows, served }: { readonly rows: readonly ComparedParameter[]; readonly served: boolean }) {
  const t = useText('reports');
  const format = useFormat();
  const [only, setOnly] = useState(true);
  if (!served) return <EmptyPanel title={t('not-served')}><p>{t('not-served.text')}</p></EmptyPanel>;
  const shown = only ? rows.filter(isDifference) : rows;
  return (
    <>
      <div className={styles.counts}>
        <p>{verdictCounts(rows).map(({ verdict, count }) => t(`count.${verdict}`, { count, n: format.count(count) })).join(', ')}</p>
        <Switch label={t('only')} on={only} onChange={setOnly} />
      </div>
      {shown.length === 0 ? (
        <EmptyPanel sign={rows.some((row) => row.verdict === 'same') ? 'done' : 'off'} title={t(rows.some((row) => row.verdict === 'same') ? 'all-same' : 'nothing-told')}>
          {rows.some((row) => row.verdict === 'hidden') ? <p>{t('hidden.text')}</p> : null}
        </EmptyPanel>
      ) : (
        <ul className={styles.rows} aria-label={t('way.compare')} tabIndex={0}>
          {shown.map((row) => <CompareRow key={row.name} row={row} />)}
        </ul>
      )}
    </>
  );
}

function CompareRow({ row }: { readonly row: ComparedParameter }) {
  const t = useText('reports');
  return (
    <li className={`${styles.row} ${isDifference(row) ? styles.differs : ''}`}>
      <VerdictSign verdict={row.verdict} />
      <div>
        <b className="mono">{row.name}</b>
        <span className={styles.verdict}>{t(`verdict.${row.verdict}`)}</span>
        {row.verdict === 'same' ? <Value text={row.reported} /> : row.verdict === 'unasked' ? <Value word={t('reported')} text={row.reported} /> : (
          <>
            <Value word={t('served')} text={row.served} sign="−" />
            {row.verdict === 'different' ? <Value word={t('reported')} text={row.reported} sign="+" /> : null}
          </>
        )}
      </div>
    </li>
  );
}

function Value({ word, text, sign }: { readonly word?: string; readonly text: string | null; readonly sign?: string }) {
  const t = useText('reports');
  const phone = useText('phone');
  return (
    <span className={`${styles.value} ${sign === '+' ? styles.plus : sign === '−' ? styles.minus : ''}`}>
      {sign ? <i aria-hidden="true">{sign}</i> : null}
      {word ? <small>{word}</small> : null}
      {text === null ? <em>{t('absent')}</em> : text === '' ? <em>{t('blank')}</em> : text.includes(MASK) ? <em><Icon name="lock" size={12} />{phone('profile.secret')}</em> : <code>{text}</code>}
    </span>
  );
}

function VerdictSign({ verdict }: { readonly verdict: Verdict }) {
  if (verdict === 'hidden') return <Icon name="lock" size={16} />;
  return <Sign name={verdict === 'same' ? 'done' : verdict === 'unasked' ? 'off' : 'attention'} size={16} />;
}
