import { useState } from 'react';
import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import type { CertificateFacts } from '../../../common/values/certificate.ts';
import { host } from '../../api/host.ts';
import { useHostClock } from '../../model/clock.ts';
import { showToast } from '../../model/toasts.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { useCopy } from '../../parts/copy.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { ChainDialog, RenewDialog, RequestDialog } from './certificate-dialogs.tsx';
import { ClientPart, FloorPart, HandshakesPart } from './certificate-parts.tsx';
import styles from './certificate.module.css';
import { daysBack, nameWanted, shortFingerprint, signerName, validity } from './certificate-words.ts';
import { Failure } from '../../parts/failure.tsx';
import type { Certificates } from './use-certificates.ts';

type Asks = 'renew' | 'chain' | 'request' | null;

/** What phones must trust before they come over HTTPS, and why some of them did not. */
export function CertificateCard({ certificates }: { readonly certificates: Certificates }) {
  const t = useText('certificates');
  const { view, unread, act, busy, failure } = certificates;
  const [asks, setAsks] = useState<Asks>(null);
  const close = () => setAsks(null);
  if (!view) {
    return (
      <Card icon="certificate" title={t('title')}>
        {unread ? <EmptyPanel title={t('unread')}><p>{unread}</p></EmptyPanel> : <div className={styles.loading}><Skeleton width="80%" /><Skeleton width="64%" /><Skeleton width="72%" /></div>}
      </Card>
    );
  }
  return (
    <Card icon="certificate" title={t('title')} aside={<ValidBadge view={view} />}>
      <RemarkPart view={view} certificates={certificates} />
      {view.server ? <FactsPart view={view} server={view.server} /> : <EmptyPanel title={t('none')}><p>{t('none.text')}</p></EmptyPanel>}
      <div className={styles.acts}>
        <Button size="small" onClick={() => setAsks('chain')}>{t('chain')}</Button>
        <Button size="small" onClick={() => setAsks('request')}>{t('request')}</Button>
        {view.origin === 'customer' ? (
          <Button size="small" working={busy} onClick={() => void act(() => host.certificates.useOwn()).then((done) => done && showToast(t('said.own')))}>{t('own')}</Button>
        ) : (
          <Button size="small" onClick={() => setAsks('renew')}>{t(view.server ? 'renew' : 'make')}</Button>
        )}
      </div>
      {failure && asks === null ? <div className={styles.failed}><Failure text={failure} /></div> : null}
      <ClientPart view={view} certificates={certificates} />
      <FloorPart view={view} certificates={certificates} />
      <HandshakesPart failed={view.failed} />
      {asks === 'renew' ? <RenewDialog view={view} certificates={certificates} onClose={close} /> : null}
      {asks === 'chain' ? <ChainDialog certificates={certificates} onClose={close} /> : null}
      {asks === 'request' ? <RequestDialog view={view} onClose={close} /> : null}
    </Card>
  );
}

function ValidBadge({ view }: { readonly view: CertificatesView }) {
  const t = useText('certificates');
  const now = useHostClock();
  if (!view.server) return <Badge>{t('badge.none')}</Badge>;
  const { state, days } = validity(view.server, now);
  return (
    <Badge tone={state === 'valid' ? 'ok' : 'attention'}>
      <Sign name={state === 'valid' ? 'on' : 'attention'} size={10} />
      {t(`badge.${state}`, { count: days })}
    </Badge>
  );
}

function FactsPart({ view, server }: { readonly view: CertificatesView; readonly server: CertificateFacts }) {
  const t = useText('certificates');
  const format = useFormat();
  const now = useHostClock();
  const copy = useCopy();
  return (
    <dl className={styles.facts}>
      <dt>{t('names')}</dt>
      <dd><b>{server.names.join(', ')}</b></dd>
      <dt>{t('signed')}</dt>
      <dd><b title={server.issuer}>{signerName(server.issuer)}</b>{view.origin === 'customer' ? <> <span>{t('signed.customer')}</span></> : null}</dd>
      <dt>{t('fingerprint')}</dt>
      <dd>
        <button type="button" className={styles.fingerprint} title={server.fingerprint} aria-label={t('fingerprint.copy', { fingerprint: server.fingerprint })} onClick={() => copy(server.fingerprint)}>
          <code>{shortFingerprint(server.fingerprint)}</code>
        </button>
      </dd>
      <dt>{t('starts')}</dt>
      <dd><b>{t('starts.back', { count: daysBack(server, now) })}</b> <span>{t('starts.why')}</span></dd>
      <dt>{t('hold')}</dt>
      <dd>
        <b>{t('hold.count', { holding: format.count(view.phonesHolding), phones: format.count(view.phones) })}</b> <span>{view.origin === 'customer' ? t('hold.customer') : t('hold.how', { path: view.authorityPath })}</span>
      </dd>
    </dl>
  );
}

function RemarkPart({ view, certificates }: { readonly view: CertificatesView; readonly certificates: Certificates }) {
  const t = useText('certificates');
  const say = useSentence();
  if (!view.remark) return null;
  const wanted = nameWanted(view);
  return (
    <div className={styles.remark}>
      <Sign name="attention" size={18} />
      <div>
        <p>{say(view.remark.code, view.remark.params)}</p>
        {wanted ? (
          <Button size="small" kind="primary" working={certificates.busy} onClick={() => void certificates.act(() => host.certificates.renew({ names: [wanted] })).then((done) => done && showToast(t('said.renewed')))}>
            {t('remark.renew', { name: wanted })}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
