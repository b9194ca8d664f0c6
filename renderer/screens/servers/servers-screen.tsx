import { host } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { Page } from '../../parts/page.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import type { ServersView } from '../../../common/contract/views/servers.ts';
import { CertificateCard } from './certificate-card.tsx';
import { CardPicker } from './card-picker.tsx';
import { DhcpSafetyCard, DhcpTrouble } from './dhcp-safety.tsx';
import { Failure } from '../../parts/failure.tsx';
import { CommandButton } from './command-button.tsx';
import { OtherBenches } from './other-benches.tsx';
import { ServerRows } from './server-rows.tsx';
import { isUp } from './server-words.ts';
import styles from './servers.module.css';
import { useCertificates } from './use-certificates.ts';
import { useServerCall } from './use-servers.ts';

/** The card, what runs on it, whether DHCP is safe, and who else is there. */
export function ServersScreen() {
  const t = useText('servers');
  const view = useSignal(bench.servers);
  const demo = useSignal(bench.info)?.demo === true;
  const { act, busy, failure } = useServerCall();
  const certificates = useCertificates();
  if (!view) {
    return (
      <Page title={t('title')}>
        <EmptyPanel boxed title={t('card.title')}><Skeleton width={300} /><Skeleton width={260} /></EmptyPanel>
      </Page>
    );
  }
  const runs = view.servers.some((server) => isUp(server.state) || server.state === 'starting');
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          {failure ? <Failure text={failure} /> : null}
          <Button icon="stop" working={busy} cannot={runs ? null : t('stop-all.none')} onClick={() => void act(() => host.servers.stopAll()).then((done) => done && showToast(t('said.all-stopped')))}>
            {t('stop-all')}
          </Button>
        </>
      }
    >
      <div className={styles.grid}>
        <div className={styles.column}>
          <Card icon="card" title={t('card.title')}><CardPicker view={view} /></Card>
          <ServerRows view={view} certificates={certificates.view} />
          <Remarks remarks={view.remarks} />
        </div>
        <div className={styles.column}>
          <DhcpTrouble view={view} />
          <DhcpSafetyCard view={view} />
          <CertificateCard certificates={certificates} />
          {demo ? null : <OtherBenches view={view} />}
        </div>
      </div>
    </Page>
  );
}

function Remarks({ remarks }: { readonly remarks: ServersView['remarks'] }) {
  const t = useText('servers');
  const say = useSentence();
  if (remarks.length === 0) return null;
  return (
    <Card title={t('remarks.title')} sign="attention">
      <ul className={styles.remarks}>
        {remarks.map((remark) => (
          <li key={remark.code}>
            <Sign name="attention" size={15} />
            <span>{say(remark.code, remark.params)}</span>
            <CommandButton params={remark.params} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
