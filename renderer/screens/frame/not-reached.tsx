import { connection } from '../../api/host.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { useText } from '../../text/i18n.ts';
import styles from './frame.module.css';

/** Before the first snapshot: reaching, refused, or nobody there. */
export function NotReached() {
  const t = useText('frame');
  const state = useSignal(connection.state);
  return (
    <main className={styles.full} aria-label={t('main.label')}>
      <h1 className="visually-hidden">Dialbench</h1>
      {state.kind === 'refused' ? (
        <EmptyPanel boxed sign="attention" title={t('refused.title')}>
          <p>{t('refused.text')}</p>
          <p>{t('refused.next')}</p>
        </EmptyPanel>
      ) : state.kind === 'lost' ? (
        <EmptyPanel boxed sign="attention" title={t('lost.title')} actions={<Button onClick={() => connection.tryNow()}>{t('lost.now')}</Button>}>
          <p>{t('waiting.text')}</p>
        </EmptyPanel>
      ) : (
        <EmptyPanel boxed title={t('waiting.title')}>
          <Skeleton width={300} />
          <Skeleton width={340} />
          <Skeleton width={210} />
        </EmptyPanel>
      )}
    </main>
  );
}
