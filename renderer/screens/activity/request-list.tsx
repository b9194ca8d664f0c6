import { useMemo } from 'react';
import type { RequestRow } from '../../../common/contract/views/activity.ts';
import { NumberBadge, ProtocolBadge } from '../../parts/badge.tsx';
import { macEnd } from '../../parts/mac-words.ts';
import { causeWords } from '../../parts/phone-words.ts';
import { Icon, Sign } from '../../parts/sign.tsx';
import type { Column } from '../../parts/table.tsx';
import { formatMillis, formatNumber } from '../../text/format.ts';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { useWords } from '../../parts/use-words.ts';
import styles from './activity.module.css';
import { answerKey, detailOf } from './row-words.ts';

/** Columns of the requests; `narrow` while the detail stands beside them and says the rest. */
export function useRequestColumns(narrow: boolean): readonly Column<RequestRow>[] {
  const t = useText('activity');
  const common = useText('common');
  return useMemo(() => {
    const all: readonly Column<RequestRow>[] = [
      { id: 'time', title: t('col.time'), width: '112px', mono: true, cell: (row) => <span className={styles.pale}>{formatMillis(row.at)}</span> },
      { id: 'server', title: t('col.server'), width: '72px', cell: (row) => <ProtocolBadge>{common(`server.${row.server}`)}</ProtocolBadge> },
      { id: 'phone', title: t('col.phone'), width: '138px', cell: (row) => <PhoneCell mac={row.mac} number={row.number} peer={row.peer} /> },
      { id: 'asked', title: t('col.asked'), width: '104px', mono: true, cell: (row) => row.asked },
      { id: 'what', title: t('col.what'), width: 'minmax(170px, 2fr)', mono: true, cell: (row) => row.what },
      { id: 'answer', title: t('col.answer'), width: '136px', cell: (row) => <Answer row={row} /> },
      { id: 'detail', title: t('col.detail'), width: 'minmax(150px, 1fr)', cell: (row) => <Detail row={row} /> },
      { id: 'took', title: t('col.took'), width: '84px', align: 'right', cell: (row) => <Took row={row} /> },
    ];
    return narrow ? all.filter(({ id }) => id !== 'detail' && id !== 'took') : all;
  }, [narrow, t, common]);
}

/** Who asked: number and end of the MAC, or where a stranger asked from. */
export function PhoneCell({ mac, number, peer }: { readonly mac: RequestRow['mac']; readonly number: number | null; readonly peer: string }) {
  const t = useText('activity');
  return (
    <span className={styles.phone}>
      <NumberBadge number={number} small />
      {mac === null ? <span className={styles.pale}>{withoutPort(peer)}</span> : number === null ? <span className={styles.pale}>{t('stranger')}</span> : <span className="mono">{macEnd(mac)}</span>}
    </span>
  );
}

export function Answer({ row }: { readonly row: RequestRow }) {
  const t = useText('activity');
  const key = answerKey(row.answer);
  const tone = { ok: styles.ok, moving: styles.moving, attention: styles.attention, quiet: styles.pale }[row.tone];
  return (
    <span className={`${styles.answer} ${tone}`}>
      {row.tone === 'ok' ? <Icon name="check" size={14} /> : row.tone === 'moving' ? <Sign name="working" size={14} percent={30} /> : <Sign name={row.tone === 'attention' ? 'attention' : 'off'} size={14} />}
      <span className="cut-off">{key ? t(key) : row.answer}</span>
    </span>
  );
}

function Detail({ row }: { readonly row: RequestRow }) {
  const t = useText('activity');
  const format = useFormat();
  const all = useWords();
  const words = detailOf(row).slice(0, 2).map((part) => {
    switch (part.kind) {
      case 'code': return causeWords({ code: part.code, params: plainParams(row.detail) }, 'tile', all);
      case 'bytes': return format.size(part.bytes);
      case 'blocks': return t('detail.blocks', { size: part.size, window: part.window });
      case 'lease': return t('detail.lease', { time: format.duration(part.seconds * 1000) });
    }
  });
  return <span className={styles.soft}>{words.join(', ')}</span>;
}

function Took({ row }: { readonly row: RequestRow }) {
  const format = useFormat();
  return <span className={styles.soft}>{row.tookMs === null ? '' : format.took(row.tookMs)}</span>;
}

/** What a screen reader is told of a row: who asked for what, and what it got. */
export function useRequestLabel(): (row: RequestRow) => string {
  const t = useText('activity');
  const common = useText('common');
  return useMemo(() => (row) => {
    const key = answerKey(row.answer);
    const who = row.number === null ? t('stranger') : `${t('col.phone')} ${formatNumber(row.number)}`;
    return [formatMillis(row.at), common(`server.${row.server}`), who, row.asked, row.what, key ? t(key) : row.answer].filter(Boolean).join(', ');
  }, [t, common]);
}

/** The small facts of a row as places of a sentence. */
export function plainParams(detail: RequestRow['detail']): Readonly<Record<string, string | number>> {
  return Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]));
}

/** `10.20.0.107:51034` without its port; an IPv6 address keeps its colons. */
export function withoutPort(peer: string): string {
  return peer.replace(/:\d+$/, '');
}
