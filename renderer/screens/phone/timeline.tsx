import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Cause, TimelineRow } from '../../../common/contract/views/phone.ts';
import { STAGES } from '../../../common/values/stage.ts';
import { useHostClock } from '../../model/clock.ts';
import { foldRounds, type Folded } from '../../model/fold.ts';
import { useKeys } from '../../model/keys.ts';
import { EvidenceBadge, ProtocolBadge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { moveFocus } from '../../parts/roving.ts';
import { Segmented } from '../../parts/segmented.tsx';
import { Icon, Sign } from '../../parts/sign.tsx';
import { formatMillis, formatSeconds } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import { withoutSpeaker } from '../activity/row-words.ts';
import styles from './phone.module.css';
import type { PhoneData } from './use-phone-page.ts';

type Filter = 'all' | 'dhcp' | 'files' | 'syslog';

const PASSES: Readonly<Record<Filter, (server: string | null) => boolean>> = {
  all: () => true,
  dhcp: (server) => server === 'dhcp' || server === null,
  files: (server) => server === 'tftp' || server === 'http' || server === 'https' || server === null,
  syslog: (server) => server === 'syslog' || server === null,
};

/** What the phone asked and what it got, oldest first; it follows the newest row while nobody reads further up. */
export function Timeline({ data, causes, chosen, onChoose, nextTryAt }: {
  readonly data: PhoneData;
  readonly causes: readonly Cause[];
  /** `seq` of the row whose detail is open. */
  readonly chosen: number | null;
  readonly onChoose: (seq: number | null) => void;
  readonly nextTryAt: number | null;
}) {
  const t = useText('phone');
  const format = useFormat();
  const now = useHostClock();
  const [filter, setFilter] = useState<Filter>('all');
  const { timeline, hold } = data;
  const rows = useMemo(() => timeline.rows.filter((row) => PASSES[filter](row.server)).toReversed(), [timeline.rows, filter]);
  const folded = useMemo(() => foldRounds(rows), [rows]);
  const evidence = useMemo(() => new Map((causes[0]?.evidence ?? []).toReversed().map((seq, index) => [seq, index + 1])), [causes]);
  const open = chosen === null ? undefined : timeline.rows.find((row) => row.kind === 'wire' && row.seq === chosen);
  useKeys({ ' ': () => hold(!timeline.held) });

  const filters = (['all', 'dhcp', 'files', 'syslog'] as const).map((value) => ({ value, label: t(`timeline.${value}`) }));
  return (
    <Card
      title={t('timeline.title')}
      aside={<Segmented small label={t('timeline.filter')} value={filter} choices={filters} onChange={setFilter} />}
      foot={
        <>
          <Sign name={timeline.held ? 'held' : 'on'} size={14} />
          {timeline.held ? (
            <Button size="small" icon="play" shortcut="Space" onClick={() => hold(false)}>{t('timeline.held', { count: timeline.missed })}</Button>
          ) : nextTryAt !== null && nextTryAt > now ? t('timeline.next', { time: format.moment(nextTryAt, now) }) : t('timeline.live')}
          <span style={{ marginLeft: 'auto' }}>{t('timeline.rows', { count: rows.length })}</span>
        </>
      }
    >
      {rows.length === 0 ? (
        <div className={styles.rows}>
          <EmptyPanel icon="activity" title={t('timeline.none')}><p>{t('timeline.none.text')}</p></EmptyPanel>
        </div>
      ) : (
        <Rows folded={folded} more={data.more} older={data.older} evidence={evidence} chosen={chosen} onChoose={onChoose} />
      )}
      {open ? <Detail row={open} evidence={evidence.get(open.seq) ?? null} /> : null}
    </Card>
  );
}

function Rows({ folded, more, older, evidence, chosen, onChoose }: {
  readonly folded: readonly Folded[];
  readonly more: boolean;
  readonly older: () => void;
  readonly evidence: ReadonlyMap<number, number>;
  readonly chosen: number | null;
  readonly onChoose: (seq: number | null) => void;
}) {
  const t = useText('phone');
  const frame = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const wires = folded.flatMap((each) => (each.kind === 'row' && each.row.kind === 'wire' ? [each.row.seq] : []));
  const stop = Math.max(0, chosen === null ? wires.length - 1 : wires.indexOf(chosen));

  useEffect(() => {
    const list = frame.current;
    if (list && follows.current) list.scrollTop = list.scrollHeight;
  }, [folded]);
  useEffect(() => {
    if (chosen !== null) frame.current?.querySelector(`[data-seq="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveFocus(event, stop, { count: wires.length, columns: 1, page: 8 });
    const seq = next === null ? undefined : wires[next];
    if (seq === undefined) return;
    event.preventDefault();
    onChoose(seq);
    frame.current?.querySelector<HTMLElement>(`[data-seq="${seq}"]`)?.focus();
  };
  return (
    <div
      ref={frame}
      className={styles.rows}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        follows.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {more ? <div style={{ padding: '6px 14px' }}><Button size="small" onClick={older}>{t('timeline.older')}</Button></div> : null}
      <div role="listbox" aria-label={t('timeline.title')} onKeyDown={onKeyDown}>
        {folded.map((each) =>
          each.kind === 'again' ? (
            <div key={each.key} role="option" aria-selected="false" aria-disabled="true" className={`${styles.row} ${styles.again}`}>
              <span className={`${styles.time} mono`}>{formatMillis(each.lastAt)}</span>
              <ProtocolBadge>↻ {each.times}</ProtocolBadge>
              <span>{each.length === 1 ? t('timeline.repeat', { count: each.times }) : t('timeline.round', { count: each.times, rows: each.length })}</span>
            </div>
          ) : each.row.kind === 'wire' ? (
            <WireRow key={`w${each.row.seq}`} row={each.row} evidence={evidence.get(each.row.seq) ?? null} chosen={each.row.seq === chosen} stop={each.row.seq === wires[stop]} onChoose={onChoose} />
          ) : (
            <StageRow key={`s${each.row.what} ${each.row.at}`} row={each.row} />
          ),
        )}
      </div>
    </div>
  );
}

function WireRow({ row, evidence, chosen, stop, onChoose }: {
  readonly row: TimelineRow;
  readonly evidence: number | null;
  readonly chosen: boolean;
  readonly stop: boolean;
  readonly onChoose: (seq: number | null) => void;
}) {
  const t = useText('phone');
  const words = useText('common');
  const format = useFormat();
  return (
    <div
      role="option"
      aria-selected={chosen}
      tabIndex={stop ? 0 : -1}
      data-seq={row.seq}
      className={`${styles.row} ${row.tone === 'attention' ? styles.bad : ''}`}
      onClick={() => onChoose(chosen ? null : row.seq)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        onChoose(chosen ? null : row.seq);
      }}
    >
      <span className={`${styles.time} mono`}>{formatMillis(row.at)}</span>
      <ProtocolBadge>{serverWord(row.server, words)}</ProtocolBadge>
      <span className={styles.what}>
        <b className="cut-off">{row.server === 'syslog' ? withoutSpeaker(row.what) : [row.asked, row.what].filter(Boolean).join(' ')}</b>
        {row.answer ? <span>→ {row.answer}</span> : null}
      </span>
      <span className={styles.took}>{row.tookMs === null ? '' : format.took(row.tookMs)}</span>
      {evidence === null ? <span /> : <EvidenceBadge number={evidence} label={t('timeline.evidence', { number: evidence })} />}
    </div>
  );
}

function StageRow({ row }: { readonly row: TimelineRow }) {
  const words = useText('common');
  const say = useSentence();
  const stage = STAGES.find((each) => each === row.what);
  return (
    <div role="option" aria-selected="false" aria-disabled="true" className={`${styles.row} ${styles.stage} ${row.kind === 'attention' ? styles.bad : ''}`}>
      <span className={`${styles.time} mono`}>{formatSeconds(row.at)}</span>
      <Sign name={row.kind === 'attention' ? 'attention' : 'done'} size={18} />
      <b>{row.kind === 'attention' ? words('face.attention') : stage ? words(`stage.${stage}`) : row.what}</b>
      <span className="cut-off">{row.kind === 'attention' ? say(row.what, row.detail as Record<string, string | number>) : ''}</span>
    </div>
  );
}

function Detail({ row, evidence }: { readonly row: TimelineRow; readonly evidence: number | null }) {
  const t = useText('phone');
  const words = useText('common');
  const say = useSentence();
  const { code, ...rest } = row.detail;
  const lines = [
    row.server === 'syslog' ? [t('detail.line'), row.what] : [t('detail.asked'), [row.asked, row.what].filter(Boolean).join(' ')],
    ...(row.answer ? [[t('detail.answer'), row.answer]] : []),
    ...Object.entries(rest).map(([name, value]) => [name, String(value)]),
  ];
  const text = lines.map(([name, value]) => `${name}: ${value}`).join('\n');
  return (
    <div className={styles.detail}>
      <header>
        {evidence === null ? <Icon name="file" size={16} /> : <EvidenceBadge number={evidence} label={t('timeline.evidence', { number: evidence })} />}
        <b>{t('detail.title', { seq: row.seq })}</b>
        <span>{serverWord(row.server, words)}{row.peer ? `, ${t('detail.peer', { peer: row.peer })}` : ''}</span>
        <CopyButton text={text} kind="quiet" />
      </header>
      {typeof code === 'string' ? <p>{say(code, rest as Record<string, string | number>)}</p> : null}
      <div className={styles.raw} tabIndex={0} role="region" aria-label={t('detail.title', { seq: row.seq })}>{text}</div>
    </div>
  );
}

const SERVERS = ['dhcp', 'tftp', 'http', 'https', 'syslog', 'dns', 'sntp', 'cwmp'] as const;

function serverWord(server: string | null, words: ReturnType<typeof useText<'common'>>): string {
  const known = SERVERS.find((each) => each === server);
  return known ? words(`server.${known}`) : (server ?? '');
}
