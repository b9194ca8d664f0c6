import { useMemo, useState } from 'react';
import type { KeyView } from '../../../common/values/key.ts';
import { useHostClock } from '../../model/clock.ts';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { Field } from '../../parts/field.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './doctor.module.css';
import { PhoneKeysDialog, SharedKeyDialog, TakeKeyDialog } from './key-dialogs.tsx';
import { RemoveKeyDialog } from './remove-key.tsx';
import { keysFound, useOwnerWords } from './ring-words.ts';
import { ShowKeyDialog } from './show-key.tsx';
import type { Ring } from './use-ring.ts';

type Asks = 'phones' | 'shared' | 'take' | 'show' | 'remove' | null;
/** From here on a list is searched, not read. */
const MANY = 7;

/** The keys that this workspace keeps: whose they are, how old, and whether somebody has seen them. */
export function RingCard({ ring }: { readonly ring: Ring }) {
  const t = useText('ring');
  const words = useOwnerWords();
  const format = useFormat();
  const now = useHostClock();
  const [asks, setAsks] = useState<Asks>(null);
  const [at, setAt] = useState<string | null>(null);
  const [wanted, setWanted] = useState('');
  const keys = ring.keys ?? [];
  const shown = keysFound(keys, wanted, words);
  const chosen = shown.find((key) => key.id === at) ?? null;
  const columns = useMemo<readonly Column<KeyView>[]>(() => [
    { id: 'owner', title: t('column.owner'), width: 'minmax(180px, 1fr)', cell: (key) => <bdi title={words(key.owner)}>{words(key.owner, true)}</bdi> },
    { id: 'use', title: t('column.use'), width: '76px', cell: (key) => t(`use.${key.use}`) },
    { id: 'fingerprint', title: t('column.fingerprint'), width: '164px', mono: true, cell: (key) => key.fingerprint },
    { id: 'age', title: t('column.age'), width: '66px', cell: (key) => format.duration(now - key.createdAt) },
    { id: 'shown', title: t('column.shown'), width: '118px', cell: (key) => (key.shownAt === null ? t('never-shown') : format.when(key.shownAt, now)) },
  ], [t, words, format, now]);
  const close = () => {
    setAsks(null);
    ring.refresh();
  };
  const cannot = chosen === null ? t('cannot.none') : null;
  return (
    <Card
      icon="key"
      title={t('title')}
      className={styles.ring}
      aside={ring.keys === null ? undefined : t('count', { count: keys.length })}
      foot={
        <>
          <span className="cut-off">{chosen ? words(chosen.owner) : t('pick')}</span>
          <span className={styles.gap} />
          <Button size="small" icon="show" cannot={cannot} onClick={() => setAsks('show')}>{t(chosen?.shownAt == null ? 'show' : 'show.again')}</Button>
          <Button size="small" cannot={cannot} onClick={() => setAsks('remove')}>{t('remove')}</Button>
        </>
      }
    >
      <div className={styles.makers}>
        <Button size="small" icon="plus" onClick={() => setAsks('phones')}>{t('make.phones')}</Button>
        <Button size="small" icon="plus" onClick={() => setAsks('shared')}>{t('make.shared')}</Button>
        <Button size="small" icon="upload" onClick={() => setAsks('take')}>{t('take')}</Button>
      </div>
      {ring.failure ? <div className={styles.failed}><Failure text={ring.failure} /></div> : null}
      {keys.length > MANY ? <div className={styles.search}><Field label={t('search')} hideLabel placeholder={t('search')} icon="search" value={wanted} onChange={setWanted} /></div> : null}
      {ring.keys === null ? (
        ring.failure ? null : <div className={styles.loading}><Skeleton width="80%" /><Skeleton width="65%" /><Skeleton width="72%" /></div>
      ) : keys.length === 0 ? (
        <EmptyPanel title={t('none')}><p>{t('none.text')}</p></EmptyPanel>
      ) : shown.length === 0 ? (
        <EmptyPanel title={t('none-found', { text: wanted })} actions={<Button size="small" onClick={() => setWanted('')}>{t('clear')}</Button>} />
      ) : (
        <Table bare label={t('title')} columns={columns} rows={shown} rowKey={(key) => key.id} rowLabel={(key) => `${words(key.owner)}, ${t(`use.${key.use}`)}`} selected={at} onSelect={(key) => setAt(key.id)} onOpen={(key) => { setAt(key.id); setAsks('show'); }} />
      )}
      {asks === 'phones' ? <PhoneKeysDialog keys={keys} onClose={close} /> : null}
      {asks === 'shared' ? <SharedKeyDialog keys={keys} onClose={close} /> : null}
      {asks === 'take' ? <TakeKeyDialog keys={keys} onClose={close} /> : null}
      {asks === 'show' && chosen ? <ShowKeyDialog of={chosen} onClose={close} /> : null}
      {asks === 'remove' && chosen ? <RemoveKeyDialog of={chosen} onClose={close} /> : null}
    </Card>
  );
}
