import { useMemo } from 'react';
import type { ImportReport, ImportRow } from '../../../common/contract/views/workspace.ts';
import { macForEyes, parseMac } from '../../../common/values/mac.ts';
import { Badge, type Tone } from '../../parts/badge.tsx';
import { EmptyPanel } from '../../parts/card.tsx';
import { Sign } from '../../parts/sign.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import styles from './import.module.css';
import { variableColumns, type RowFilter } from './report.ts';

const TONES: Readonly<Record<ImportRow['verdict'], Tone>> = {
  new: 'ok',
  changed: 'moving',
  same: 'quiet',
  rejected: 'attention',
};

/** What would happen to each row, before it happens. */
export function ImportRows({ report, filter }: { readonly report: ImportReport; readonly filter: RowFilter }) {
  const t = useText('import');
  const say = useSentence();
  const rows = useMemo(
    () => (filter === 'all' ? report.rows : report.rows.filter((row) => row.verdict === filter)),
    [report, filter],
  );
  const columns = useMemo<readonly Column<ImportRow>[]>(() => {
    const reason: Column<ImportRow> = {
      id: 'reason',
      title: t('col.reason'),
      width: 'minmax(320px, 3fr)',
      cell: (row) =>
        row.reason === null ? null : (
          <span
            className={`${styles.reason} ${row.verdict === 'rejected' ? styles.bad : ''}`}
            title={say(row.reason.code, row.reason.params)}
          >
            {row.verdict === 'rejected' ? <Sign name="attention" size={14} /> : null}
            {say(row.reason.code, row.reason.params)}
          </span>
        ),
    };
    return [
      {
        id: 'line',
        title: t('col.line'),
        width: '64px',
        align: 'right',
        cell: (row) => <span className={styles.pale}>{row.line}</span>,
      },
      {
        id: 'verdict',
        title: t('col.verdict'),
        width: '116px',
        cell: (row) => <Badge tone={TONES[row.verdict]}>{t(`verdict.${row.verdict}`)}</Badge>,
      },
      { id: 'mac', title: t('col.mac'), width: '148px', mono: true, cell: (row) => eyes(row.mac) },
      ...(report.rows.some((row) => row.reason !== null) ? [reason] : []),
      { id: 'model', title: t('col.model'), width: '112px', mono: true, cell: (row) => row.model ?? '' },
      { id: 'serial', title: t('col.serial'), width: '104px', mono: true, cell: (row) => row.serial ?? '' },
      { id: 'name', title: t('col.name'), width: 'minmax(110px, 1fr)', cell: (row) => row.name ?? '' },
      ...variableColumns(report).map((column): Column<ImportRow> => ({
        id: `variable ${column}`,
        title: column,
        width: 'minmax(84px, 1fr)',
        mono: true,
        cell: (row) => row.variables[column] ?? '',
      })),
    ];
  }, [t, say, report]);
  if (report.rows.length === 0)
    return (
      <EmptyPanel sign="off" title={t('empty.title')}>
        <p>{t('empty.text')}</p>
      </EmptyPanel>
    );
  if (rows.length === 0) return <EmptyPanel sign="off" title={t('none.title')} />;
  return (
    <Table
      bare
      label={t('table.label')}
      columns={columns}
      rows={rows}
      rowKey={lineOf}
      rowLabel={(row) =>
        [
          t('row.label', { line: row.line, verdict: t(`verdict.${row.verdict}`), mac: eyes(row.mac) }),
          row.reason ? say(row.reason.code, row.reason.params) : '',
        ]
          .filter(Boolean)
          .join('. ')
      }
      tone={(row) => (row.verdict === 'rejected' ? 'attention' : 'quiet')}
    />
  );
}

function lineOf(row: ImportRow): number {
  return row.line;
}

/** A MAC in pairs; what is no MAC stays as it was typed. */
function eyes(text: string): string {
  const mac = parseMac(text);
  return mac ? macForEyes(mac) : text;
}
