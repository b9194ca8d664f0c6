import { useState } from 'react';
import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import type { ServersView } from '../../../common/contract/views/servers.ts';
import type { ServerName, ServerStatus } from '../../../common/values/server.ts';
import { host } from '../../api/host.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Sign, type SignName } from '../../parts/sign.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { Failure } from '../../parts/failure.tsx';
import { cutSentence } from '../../model/sentence-parts.ts';
import { CommandButton } from './command-button.tsx';
import { PortDialog } from './port-dialog.tsx';
import styles from './server-rows.module.css';
import { figuresOf, isTrouble, isUp, placeOf, portWords, shownServers, stateCounts, type Figure } from './server-words.ts';
import { useServerCall } from './use-servers.ts';

const SIGNS: Readonly<Record<ServerStatus['state'], SignName>> = { listening: 'on', degraded: 'attention', failed: 'attention', stopped: 'off', off: 'off', starting: 'working' };

/** What runs: every server of this version with its port, its state, its figures, and the fix where it does not run. */
export function ServerRows({ view, certificates }: { readonly view: ServersView; readonly certificates: CertificatesView | null }) {
  const t = useText('servers');
  const servers = shownServers(view.servers);
  const place = placeOf(view);
  const says = useRowWords(view, certificates);
  return (
    <Card
      icon="servers"
      title={place === null ? t('runs.title.none') : t('runs.title', { where: place })}
      aside={stateCounts(servers).map(({ state, count }) => t(`runs.${state}`, { count })).join(' · ')}
      foot={place === null ? t('runs.no-card') : undefined}
    >
      <ul className={styles.list}>
        {servers.map((server) => <ServerRow key={server.name} server={server} says={isUp(server.state) ? says(server.name) : null} picked={view.picked !== null} />)}
      </ul>
    </Card>
  );
}

function ServerRow({ server, says, picked }: { readonly server: ServerStatus; readonly says: string | null; readonly picked: boolean }) {
  const t = useText('servers');
  const names = useText('common');
  const say = useSentence();
  const { act, busy, failure } = useServerCall();
  const [asksPort, setAsksPort] = useState(false);
  const name = names(`server.${server.name}`);
  const bad = isTrouble(server);
  const running = isUp(server.state) || server.state === 'starting';
  // Stopping is never queued behind starting, so it is offered meanwhile too.
  const cannot = server.name === 'dhcp' && !picked && !running ? say('dhcp.no-card') : null;
  return (
    <li className={`${styles.row} ${bad ? styles.bad : ''}`} aria-label={`${name}, ${t(`state.${server.state}`)}`}>
      <Sign name={bad ? 'attention' : SIGNS[server.state]} size={15} percent={30} />
      <b>{name}</b>
      <span className={`${styles.port} mono`}>{portWords(server)}</span>
      <span className={`${styles.state} ${isUp(server.state) && !bad ? styles.up : ''}`}>{t(`state.${server.state}`)}</span>
      <div className={styles.words}>
        {says ? <span>{says}</span> : null}
        {server.error ? <Why error={server.error} command={bad} /> : <Figures figures={figuresOf(server)} />}
        {server.error && isUp(server.state) ? <Figures figures={figuresOf(server)} /> : null}
        {failure ? <Failure text={failure} /> : null}
      </div>
      <div className={styles.acts}>
        {running ? (
          <Button size="small" label={t('stop.named', { server: name })} working={busy && isUp(server.state)} onClick={() => void act(() => host.servers.stop({ server: server.name }))}>{t('stop')}</Button>
        ) : (
          <Button
            size="small"
            kind={server.state === 'failed' ? 'primary' : 'plain'}
            label={t(server.state === 'failed' ? 'try-again.named' : 'start.named', { server: name })}
            working={busy}
            cannot={cannot}
            onClick={() => void act(() => host.servers.start({ server: server.name }))}
          >
            {t(server.state === 'failed' ? 'try-again' : 'start')}
          </Button>
        )}
        <Button size="small" kind="quiet" label={t('port.named', { server: name })} onClick={() => setAsksPort(true)}>{t('port')}</Button>
      </div>
      {asksPort ? <PortDialog server={server} onClose={() => setAsksPort(false)} /> : null}
    </li>
  );
}

/** What a server does for phones, beside its figures: the name it carries, the name it answers, the clock it gives. */
function useRowWords(view: ServersView, certificates: CertificatesView | null): (server: ServerName) => string | null {
  const t = useText('certificates');
  const name = view.dhcp.told.find(({ option }) => option === '15')?.value ?? null;
  return (server) => {
    if (server === 'sntp') return t('row.sntp');
    if (server === 'dns') return name === null ? null : t('row.dns', { name });
    if (server !== 'https' || !certificates?.server) return null;
    return [certificates.server.names[0], t(certificates.origin === 'customer' ? 'row.customer' : 'row.own'), t(`row.client.${certificates.clientCertificates}`)].filter(Boolean).join(', ');
  };
}

function Why({ error, command }: { readonly error: NonNullable<ServerStatus['error']>; readonly command: boolean }) {
  const say = useSentence();
  const { what, fix } = cutSentence(say(error.code, error.params));
  return (
    <>
      <span className={styles.what}>{what}</span>
      {fix ? <span className={styles.fix}>{fix}</span> : null}
      {command ? <span className={styles.command}><CommandButton params={error.params} /></span> : null}
    </>
  );
}

function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  const t = useText('servers');
  const format = useFormat();
  const words = figures.map(({ word, count, of }) =>
    word === 'rate' ? t('fig.rate', { size: format.size(count) }) : t(`fig.${word}`, { count, n: format.count(count), of: format.count(of ?? 0) }),
  );
  return <span>{words.join(', ')}</span>;
}
