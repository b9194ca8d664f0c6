import type { ReactNode } from 'react';
import type { RequestRow, SyslogRow } from '../../../common/contract/views/activity.ts';
import { macForEyes, type Mac } from '../../../common/values/mac.ts';
import { router } from '../../model/router.ts';
import { NumberBadge, ProtocolBadge } from '../../parts/badge.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { MacAddress } from '../../parts/mac.tsx';
import { formatMillis } from '../../text/format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import styles from './activity.module.css';
import { Answer, plainParams } from './request-list.tsx';
import { Severity } from './syslog-list.tsx';

export type Chosen = { readonly kind: 'request'; readonly row: RequestRow } | { readonly kind: 'line'; readonly row: SyslogRow };

/** Everything that is known of the chosen row. It stays while the lists go on. */
export function RowDetail({ chosen, onClose, onOnly }: { readonly chosen: Chosen; readonly onClose: () => void; readonly onOnly: (mac: Mac) => void }) {
  const t = useText('activity');
  const { row } = chosen;
  const mac = row.mac;
  return (
    <Card
      className={styles.show}
      title={t(chosen.kind === 'request' ? 'show.title.request' : 'show.title.line')}
      aside={<IconButton icon="close" size="small" label={t('show.close')} onClick={onClose} />}
    >
      <div className={styles.facts}>
        {chosen.kind === 'line' ? <p className={styles.raw}>{chosen.row.text}</p> : null}
        <dl>
          <Fact name={t('show.time')}><span className="mono">{formatMillis(row.at)}</span></Fact>
          {mac === null ? null : (
            <Fact name={t('show.phone')}><span className={styles.phone}><NumberBadge number={row.number} small /><MacAddress mac={mac} /></span></Fact>
          )}
          <Fact name={t('show.from')}><span className="mono">{row.peer}</span></Fact>
          {chosen.kind === 'request' ? <RequestFacts row={chosen.row} /> : <Fact name={t('show.severity')}><Severity severity={chosen.row.severity} /></Fact>}
        </dl>
        {mac === null ? null : (
          <div className={styles.acts}>
            <Button size="small" label={`${t('show.open')}: ${macForEyes(mac)}`} onClick={() => router.go({ name: 'phone', mac })}>{t('show.open')}</Button>
            <Button size="small" kind="quiet" onClick={() => onOnly(mac)}>{t('show.only')}</Button>
          </div>
        )}
      </div>
    </Card>
  );
}

function RequestFacts({ row }: { readonly row: RequestRow }) {
  const t = useText('activity');
  const common = useText('common');
  const say = useSentence();
  const format = useFormat();
  return (
    <>
      <Fact name={t('show.server')}><ProtocolBadge>{common(`server.${row.server}`)}</ProtocolBadge></Fact>
      <Fact name={t('show.asked')}><span className="mono">{row.asked}</span></Fact>
      {row.what === '' ? null : <Fact name={t('show.what')}><span className="mono">{row.what}</span></Fact>}
      <Fact name={t('show.answer')}><Answer row={row} /></Fact>
      {row.code === null ? null : <Fact name={t('show.why')}>{say(row.code, plainParams(row.detail))}</Fact>}
      {row.bytes === null ? null : <Fact name={t('show.bytes')}>{format.size(row.bytes)}</Fact>}
      {row.tookMs === null ? null : <Fact name={t('show.took')}>{format.took(row.tookMs)}</Fact>}
      {Object.entries(row.detail).map(([name, value]) => <Fact key={name} name={<span className="mono">{name}</span>}><span className="mono">{String(value)}</span></Fact>)}
      <Fact name={t('show.row')}><span className="mono">{row.seq}</span></Fact>
    </>
  );
}

function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
