import { useCallback, useEffect, useRef, useState } from 'react';
import type { RequestRow, SyslogRow } from '../../../common/contract/views/activity.ts';
import { host } from '../../api/host.ts';
import { useKeys } from '../../model/keys.ts';
import { router } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { EmptyPanel } from '../../parts/card.tsx';
import { Field } from '../../parts/field.tsx';
import { KeyCap } from '../../parts/key-cap.tsx';
import { Page } from '../../parts/page.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import styles from './activity.module.css';
import { ActivityFeed, type Query } from './activity-feed.ts';
import { ListPanel } from './list-panel.tsx';
import { useRequestColumns, useRequestLabel } from './request-list.tsx';
import { RowDetail, type Chosen } from './row-detail.tsx';
import { isRefused, type RequestFilter } from './search-words.ts';
import { perMinute, perSecond } from './spark.ts';
import { Rate } from './sparkline.tsx';
import { useSyslogColumns, useSyslogLabel } from './syslog-list.tsx';

const PAUSE_MS = 200;
const FILTERS: readonly RequestFilter[] = ['all', 'dhcp', 'tftp', 'http', 'refused'];
const EVERYTHING: Query = { text: '', filter: 'all', warnings: false };

/** Requests above, syslog below, one search over both. */
export function ActivityScreen() {
  const t = useText('activity');
  const common = useText('common');
  const format = useFormat();
  const [feed] = useState(() => new ActivityFeed(host));
  const [query, setQuery] = useState<Query>(EVERYTHING);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [held, setHeld] = useState<'no' | 'hand' | 'scroll'>('no');
  const [toTop, setToTop] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const rates = useSignal(feed.rates);
  const total = useSignal(feed.total);
  const requests = useSignal(feed.requests.live.view);
  const requestColumns = useRequestColumns(chosen !== null);
  const syslogColumns = useSyslogColumns();
  const requestLabel = useRequestLabel();
  const syslogLabel = useSyslogLabel();

  useEffect(() => {
    feed.start();
    return () => feed.stop();
  }, [feed]);
  useEffect(() => {
    const timer = setTimeout(() => feed.ask(query), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [feed, query]);
  useEffect(() => feed.hold(held !== 'no'), [feed, held]);

  const follow = useCallback(() => {
    setHeld('no');
    setToTop((before) => before + 1);
  }, []);
  // A list that is read stands still: scrolling away holds it, coming back to the top lets it go again.
  const onAway = useCallback((away: boolean) => setHeld((now) => (away ? (now === 'no' ? 'scroll' : now) : now === 'scroll' ? 'no' : now)), []);
  const pick = (next: Chosen) => {
    setChosen(next);
    setHeld('hand');
  };
  const clear = () => setQuery(EVERYTHING);
  useKeys({
    '/': () => field.current?.focus(),
    ' ': () => (held === 'no' ? setHeld('hand') : follow()),
    ...(chosen ? { Escape: () => setChosen(null) } : query.text !== '' ? { Escape: () => setQuery({ ...query, text: '' }) } : {}),
  });

  const refused = requests.rows.reduce((sum, row) => sum + (isRefused(row) ? 1 : 0), 0);
  const filterWords = (filter: RequestFilter) =>
    filter === 'all' ? t('filter.all') : filter !== 'refused' ? common(`server.${filter}`) : refused > 0 ? t('filter.refused-count', { n: format.count(refused) }) : t('filter.refused');
  const narrowed = query.text.trim() !== '' || query.filter !== 'all' || query.warnings;
  const emptyOf = (list: 'requests' | 'syslog') =>
    narrowed ? (
      <EmptyPanel sign="off" title={t(`none.${list}`)} actions={<Button size="small" onClick={clear} shortcut="Esc">{t('search.clear')}</Button>}>
        <p>{list === 'requests' && query.filter === 'refused' ? t('none.refused') : t('none.text')}</p>
      </EmptyPanel>
    ) : (
      <EmptyPanel icon="activity" title={t(`empty.${list}`)} actions={<Button size="small" onClick={() => router.go({ name: 'servers' })}>{t('empty.servers')}</Button>}>
        <p>{t(`empty.${list}.text`)}</p>
      </EmptyPanel>
    );

  return (
    <Page
      title={t('title')}
      lead={
        <span className={styles.rates}>
          <Rate name={t('rate.requests')} value={t('rate.per-second', { value: format.count(perSecond(rates.requests)) })} history={rates.requests} />
          <Rate name={t('rate.served')} value={t('rate.per-second', { value: format.size(perSecond(rates.bytes)) })} history={rates.bytes} />
          <Rate name={t('rate.refused')} value={t('rate.per-minute', { value: format.count(perMinute(rates.refused)) })} history={rates.refused} tone="attention" />
        </span>
      }
      actions={
        <>
          <Field
            ref={field}
            label={t('search.label')}
            hideLabel
            placeholder={t('search')}
            icon="search"
            inputMode="search"
            className={styles.search}
            value={query.text}
            onChange={(text) => setQuery({ ...query, text })}
            right={query.text === '' ? <KeyCap>/</KeyCap> : <IconButton icon="close" size="small" label={t('search.clear')} onClick={() => { setQuery({ ...query, text: '' }); field.current?.focus(); }} />}
          />
          <Button icon={held === 'no' ? 'pause' : 'play'} shortcut="Space" onClick={() => (held === 'no' ? setHeld('hand') : follow())}>{t(held === 'no' ? 'hold' : 'follow')}</Button>
        </>
      }
    >
      <div className={`${styles.grid} ${chosen ? styles.withDetail : ''}`}>
        <div className={styles.lists}>
          <ListPanel
            title={t('requests.title')}
            label={t('requests.label')}
            aside={<Segmented small label={t('filter.label')} value={query.filter} choices={FILTERS.map((value) => ({ value, label: filterWords(value) }))} onChange={(filter) => setQuery({ ...query, filter })} />}
            list={feed.requests}
            columns={requestColumns}
            rowKey={requestKey}
            rowLabel={requestLabel}
            selected={chosen?.kind === 'request' ? requestKey(chosen.row) : null}
            toTop={toTop}
            empty={emptyOf('requests')}
            onSelect={(row) => pick({ kind: 'request', row })}
            onOpen={openPhone}
            onAway={onAway}
            onFollow={follow}
          />
          <ListPanel
            title={<>{t('syslog.title')} <span className={styles.kept}>{total === null ? '' : t('syslog.kept', { count: total, n: format.count(total) })}</span></>}
            label={t('syslog.label')}
            aside={
              <Segmented
                small
                label={t('severity.label')}
                value={query.warnings ? 'warning' : 'all'}
                choices={[{ value: 'all', label: t('severity.all') }, { value: 'warning', label: t('severity.warning') }]}
                onChange={(value) => setQuery({ ...query, warnings: value === 'warning' })}
              />
            }
            list={feed.lines}
            columns={syslogColumns}
            rowKey={lineKey}
            rowLabel={syslogLabel}
            headless
            selected={chosen?.kind === 'line' ? chosen.row.id : null}
            toTop={toTop}
            empty={emptyOf('syslog')}
            foot={
              <>
                <Sign name={held === 'no' ? 'on' : 'held'} size={13} />
                <span>{t(held === 'no' ? 'foot.following' : 'foot.held')}</span>
                <span className={styles.last}>{t('foot.lines', { count: perMinute(rates.lines), n: format.count(perMinute(rates.lines)) })}</span>
              </>
            }
            onSelect={(row) => pick({ kind: 'line', row })}
            onOpen={openPhone}
            onAway={onAway}
            onFollow={follow}
          />
        </div>
        {chosen ? <RowDetail chosen={chosen} onClose={() => setChosen(null)} onOnly={(mac) => { setQuery({ ...query, text: `phone:${mac}` }); follow(); }} /> : null}
      </div>
    </Page>
  );
}

function requestKey(row: RequestRow): string | number {
  return row.exchange === null ? row.seq : `${row.peer} ${row.exchange}`;
}

function lineKey(row: SyslogRow): number {
  return row.id;
}

function openPhone(row: RequestRow | SyslogRow): void {
  if (row.mac !== null) router.go({ name: 'phone', mac: row.mac });
}
