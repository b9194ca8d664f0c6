import { useMemo } from 'react';
import type { SyslogRow } from '../../../common/contract/views/activity.ts';
import { Sign, type SignName } from '../../parts/sign.tsx';
import type { Column } from '../../parts/table.tsx';
import { formatMillis, formatNumber } from '../../text/format.ts';
import { useText } from '../../text/i18n.ts';
import type { activityEn } from '../../text/en/activity.ts';
import styles from './activity.module.css';
import { PhoneCell } from './request-list.tsx';
import { cutVerb, withoutSpeaker } from './row-words.ts';

export function useSyslogColumns(): readonly Column<SyslogRow>[] {
  const t = useText('activity');
  return useMemo(() => [
    { id: 'time', title: t('col.time'), width: '112px', mono: true, cell: (row: SyslogRow) => <span className={styles.pale}>{formatMillis(row.at)}</span> },
    { id: 'severity', title: t('col.severity'), width: '104px', cell: (row: SyslogRow) => <Severity severity={row.severity} /> },
    { id: 'phone', title: t('col.phone'), width: '138px', cell: (row: SyslogRow) => <PhoneCell mac={row.mac} number={row.number} peer={row.peer} /> },
    { id: 'text', title: t('col.text'), width: 'minmax(300px, 1fr)', mono: true, cell: (row: SyslogRow) => <Line text={row.mac === null ? row.text : withoutSpeaker(row.text)} /> },
  ], [t]);
}

/** 0–3 are errors, 4 a warning (RFC 5424 §6.2.1). */
export function Severity({ severity }: { readonly severity: number }) {
  const t = useText('activity');
  const sign: SignName = severity <= 3 ? 'error' : severity === 4 ? 'attention' : 'off';
  return (
    <span className={`${styles.answer} ${severity <= 4 ? styles.attention : styles.pale}`}>
      <Sign name={sign} size={14} />
      {t(severityKey(severity))}
    </span>
  );
}

export function severityKey(severity: number): Extract<keyof typeof activityEn, `severity.${number}`> {
  const known = ([0, 1, 2, 3, 4, 5, 6, 7] as const).find((each) => each === severity) ?? 7;
  return `severity.${known}`;
}

function Line({ text }: { readonly text: string }) {
  const { before, verb, after } = cutVerb(text);
  return <>{before}{verb ? <b className={styles.verb}>{verb}</b> : null}{after}</>;
}

export function useSyslogLabel(): (row: SyslogRow) => string {
  const t = useText('activity');
  return useMemo(() => (row) => {
    const who = row.number === null ? t('stranger') : `${t('col.phone')} ${formatNumber(row.number)}`;
    return [formatMillis(row.at), t(severityKey(row.severity)), who, row.text].join(', ');
  }, [t]);
}
