import { useState } from 'react';
import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import type { FailedHandshake, TlsFloor } from '../../../common/values/certificate.ts';
import { host } from '../../api/host.ts';
import { useHostClock } from '../../model/clock.ts';
import { Button } from '../../parts/button.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import styles from './certificate.module.css';
import { cutSentence } from '../../model/sentence-parts.ts';
import type { Certificates } from './use-certificates.ts';

interface Part {
  readonly view: CertificatesView;
  readonly certificates: Certificates;
}

const FLOORS: readonly TlsFloor[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
/** So many failures stand open; the others come on request. */
const SHOWN = 2;

/** Whether phones must show the certificate that Cisco gave them. */
export function ClientPart({ view, certificates }: Part) {
  const t = useText('certificates');
  return (
    <div className={styles.setting}>
      <h3>{t('client')}</h3>
      <Segmented
        small
        label={t('client')}
        value={view.clientCertificates}
        choices={(['off', 'asked', 'required'] as const).map((mode) => ({ value: mode, label: t(`client.${mode}`) }))}
        onChange={(mode) => void certificates.act(() => host.certificates.clientCertificates({ mode }))}
      />
      <p>{t(`client.${view.clientCertificates}.text`)}</p>
    </div>
  );
}

/** The oldest TLS that the bench still speaks. */
export function FloorPart({ view, certificates }: Part) {
  const t = useText('certificates');
  const say = useSentence();
  const weak = view.tlsFloor === 'TLSv1' || view.tlsFloor === 'TLSv1.1';
  return (
    <div className={styles.setting}>
      <h3>{t('floor')}</h3>
      <Segmented
        small
        label={t('floor')}
        value={view.tlsFloor}
        choices={FLOORS.map((floor) => ({ value: floor, label: floor === 'TLSv1' ? '1.0' : floor.slice(4) }))}
        onChange={(floor) => void certificates.act(() => host.certificates.tlsFloor({ floor }))}
      />
      {weak ? <p>{say('tls.weak-floor')}</p> : null}
    </div>
  );
}

/** The handshakes that failed last, newest first: who, when, why, and what helps. */
export function HandshakesPart({ failed }: { readonly failed: readonly FailedHandshake[] }) {
  const t = useText('certificates');
  const say = useSentence();
  const format = useFormat();
  const now = useHostClock();
  const [all, setAll] = useState(false);
  return (
    <div className={styles.failures}>
      <h3>{t('failed')}</h3>
      {failed.length === 0 ? <p>{t('failed.none')}</p> : (
        <ul aria-label={t('failed')}>
          {failed.slice(0, all ? failed.length : SHOWN).map((each) => {
            const { what, fix } = cutSentence(say(each.code, each.params));
            return (
              <li key={`${each.at} ${each.peer} ${each.code}`}>
                <span className={styles.when}>{format.when(each.at, now)} <code>{each.peer}</code></span>
                <span className={styles.what}>{what}</span>
                {fix ? <span>{fix}</span> : null}
              </li>
            );
          })}
        </ul>
      )}
      {failed.length > SHOWN ? <Button size="small" kind="quiet" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('failed.fewer') : t('failed.all', { count: failed.length })}</Button> : null}
    </div>
  );
}
