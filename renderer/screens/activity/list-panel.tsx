import type { ReactNode } from 'react';
import { useFailureText } from '../../api/use-call.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import styles from './activity.module.css';
import type { PagedList } from './paged-list.ts';

export interface ListPanelProps<Row> {
  readonly title: ReactNode;
  readonly label: string;
  readonly aside: ReactNode;
  readonly list: PagedList<Row>;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string | number;
  readonly rowLabel: (row: Row) => string;
  readonly headless?: boolean;
  readonly selected: string | number | null;
  readonly toTop: number;
  /** What stands in place of an empty list. */
  readonly empty: ReactNode;
  readonly foot?: ReactNode;
  readonly onSelect: (row: Row) => void;
  readonly onOpen: (row: Row) => void;
  readonly onAway: (away: boolean) => void;
  readonly onFollow: () => void;
}

/** One of the two lists: head, rows, what came while it was held, and its states. */
export function ListPanel<Row>(props: ListPanelProps<Row>) {
  const { list } = props;
  const t = useText('activity');
  const format = useFormat();
  const tell = useFailureText();
  const view = useSignal(list.live.view);
  const state = useSignal(list.state);
  const empty = view.rows.length === 0;
  const n = format.count(view.missed);
  const news =
    view.missed > 0 ? (
      <Button size="small" kind="primary" className={styles.pill} label={t('new.label', { count: view.missed, n })} onClick={props.onFollow}>
        {t('new', { count: view.missed, n })}
      </Button>
    ) : null;
  return (
    <Card className={styles.panel} title={props.title} aside={<>{news}{props.aside}</>} foot={list.full ? t('foot.full', { n: format.count(view.rows.length) }) : props.foot}>
      <div className={styles.rows}>
        {!empty ? (
          <Table
            bare
            headless={props.headless ?? false}
            label={props.label}
            columns={props.columns}
            rows={view.rows}
            rowKey={props.rowKey}
            rowLabel={props.rowLabel}
            rowHeight={29}
            selected={props.selected}
            toTop={props.toTop}
            onSelect={props.onSelect}
            onOpen={props.onOpen}
            onAway={props.onAway}
            onEnd={() => void list.older()}
          />
        ) : state.failure !== null ? (
          <EmptyPanel sign="attention" title={t('failed.title')} actions={<Button size="small" onClick={() => void list.reload()}>{t('failed.again')}</Button>}>
            <p>{tell(state.failure)}</p>
          </EmptyPanel>
        ) : state.loading ? (
          <div className={styles.loading}>
            <Skeleton width="62%" /><Skeleton width="71%" /><Skeleton width="54%" />
            <p>{t('loading')}</p>
          </div>
        ) : props.empty}
      </div>
    </Card>
  );
}
