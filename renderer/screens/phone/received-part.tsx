import { UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReportView } from '../../../common/contract/views/profiles.ts';
import { host } from '../../api/host.ts';
import { useFailureText } from '../../api/use-call.ts';
import { useHostClock } from '../../model/clock.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/card.tsx';
import { Code } from '../../parts/code.tsx';
import { Icon } from '../../parts/sign.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './reported.module.css';
import type { Reports } from './use-reports.ts';

/** Everything that the phone sent of itself: reports and the bodies of `--post` rules. One of them is open at a time. */
export function ReceivedPart({ reports }: { readonly reports: Reports }) {
  const t = useText('reports');
  const [open, setOpen] = useState<number | null>(null);
  const rows = reports.rows ?? [];
  return (
    <div className={styles.received}>
      <ul aria-label={t('way.received')}>
        {rows.map((row) => <ReceivedRow key={row.id} row={row} open={open === row.id} onOpen={() => setOpen(open === row.id ? null : row.id)} />)}
      </ul>
      {reports.more ? <Button size="small" kind="quiet" onClick={reports.older}>{t('older')}</Button> : null}
    </div>
  );
}

function ReceivedRow({ row, open, onOpen }: { readonly row: ReportView; readonly open: boolean; readonly onOpen: () => void }) {
  const t = useText('reports');
  const say = useSentence();
  const format = useFormat();
  const now = useHostClock();
  const facts = [
    format.when(row.at, now),
    format.size(row.bytes),
    row.parameters > 0 ? t('parameters', { count: row.parameters, n: format.count(row.parameters) }) : null,
    row.encrypted === null ? null : t(`encrypted.${row.encrypted}`),
  ];
  return (
    <li>
      <UnstyledButton className={styles.receivedHead} aria-expanded={open} onClick={onOpen}>
        <Icon name={open ? 'down' : 'right'} size={13} />
        <span>
          <b>{t(`kind.${row.kind}`)}</b> <code>{row.path}</code>
          <small>{facts.filter(Boolean).join(', ')}</small>
        </span>
      </UnstyledButton>
      {row.failure ? <div className={styles.pad}><Failure text={say(row.failure.code, row.failure.params)} /></div> : null}
      {open ? <ReceivedText id={row.id} /> : null}
    </li>
  );
}

function ReceivedText({ id }: { readonly id: number }) {
  const t = useText('reports');
  const tell = useFailureText();
  const [answer, setAnswer] = useState<{ readonly text: string | null } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let newest = true;
    host.reports.text({ id }).then(
      (got) => { if (newest) setAnswer({ text: got?.text ?? null }); },
      (error: unknown) => { if (newest) setFailure(tell(error)); },
    );
    return () => {
      newest = false;
    };
  }, [id, tell]);
  if (failure) return <div className={styles.pad}><Failure text={failure} /></div>;
  if (!answer) return <div className={styles.loading}><Skeleton width="70%" /></div>;
  if (answer.text === null) return <p className={styles.noText}>{t('no-text')}</p>;
  return <div className={styles.body}><Code lines={answer.text.replace(/\r?\n$/, '').split(/\r?\n/).map((text, index) => ({ kind: 'same', text, line: index + 1 }))} label={t('body')} /></div>;
}
