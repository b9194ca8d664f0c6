import type { RefObject } from 'react';
import { connection } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import type { Order } from '../../model/phone-filter.ts';
import { benchLayout, shown } from '../../model/shown.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { ChoiceMenu } from '../../parts/choice-menu.tsx';
import { Field } from '../../parts/field.tsx';
import { KeyCap } from '../../parts/key-cap.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Icon } from '../../parts/sign.tsx';
import { formatTime } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import styles from './bench.module.css';

const ORDERS = ['number', 'state', 'model', 'name', 'heard'] as const satisfies readonly Order[];
const NAMED = ['resynced', 'reported', 'proved'] as const;

export function BenchHead({ search }: { readonly search: RefObject<HTMLInputElement | null> }) {
  const t = useText('bench');
  const wish = useSignal(shown.wish);
  const layout = useSignal(benchLayout);
  const order = ORDERS.find((each) => each === wish.order) ?? 'number';
  return (
    <div className={styles.head}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <BenchCounts />
      <div className={styles.tools}>
        <Field
          ref={search}
          label={t('search.label')}
          hideLabel
          placeholder={t('search')}
          icon="search"
          className={styles.search}
          inputMode="search"
          value={wish.text}
          onChange={(text) => shown.change({ text })}
          right={wish.text === '' ? <KeyCap>/</KeyCap> : undefined}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            event.stopPropagation();
            if (wish.text === '') search.current?.blur();
            else shown.change({ text: '' });
          }}
        />
        <ChoiceMenu value={order} choices={ORDERS.map((value) => ({ value, label: t(`sort.${value}`) }))} onChange={(value) => shown.change({ order: value, direction: 'up' })}>
          <Button label={`${t('sort.label')}: ${t(`sort.${order}`)}`}>
            {t(`sort.${order}`)}
            <Icon name="down" size={14} />
          </Button>
        </ChoiceMenu>
        <Segmented
          label={t('view.label')}
          value={layout}
          onChange={(next) => benchLayout.set(next)}
          choices={[{ value: 'tiles', label: <span className={styles.view}>{t('tiles')}</span>, icon: 'tiles' }, { value: 'table', label: <span className={styles.view}>{t('table')}</span>, icon: 'table' }]}
        />
      </div>
    </div>
  );
}

/** How many are done, and when the rest will be. */
function BenchCounts() {
  const t = useText('bench');
  const format = useFormat();
  const counts = useSignal(bench.counts);
  const finish = useSignal(bench.finish);
  const info = useSignal(bench.info);
  const alive = useSignal(connection.state).kind === 'open';
  const stage = NAMED.find((each) => each === info?.doneStage) ?? 'other';
  return (
    <>
      <div className={styles.big}>
        <b className={styles.done}>{format.count(counts?.done ?? 0)}</b>
        <span>{t(`count.done.${stage}`, { all: format.count(counts?.all ?? 0) })}</span>
      </div>
      {finish ? (
        <div className={styles.big} title={t('finish.for')}>
          <b className={alive ? '' : styles.stale}>{formatTime(finish.at)}</b>
          <span>{t('finish.error', { time: format.duration(Math.max(60_000, finish.errorMs)) })}</span>
        </div>
      ) : null}
    </>
  );
}
