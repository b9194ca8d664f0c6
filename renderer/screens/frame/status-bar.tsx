import type { ServerStatus } from '../../../common/values/server.ts';
import { bench } from '../../model/bench.ts';
import { useHostClock } from '../../model/clock.ts';
import { useSignal } from '../../model/signal.ts';
import { Icon, Sign, type SignName } from '../../parts/sign.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import { shownServers } from '../servers/server-words.ts';
import styles from './frame.module.css';

/** Card, servers and DHCP safety: in the frame of every screen, so that the wrong card is never hidden. */
export function StatusBar() {
  const t = useText('frame');
  const servers = useSignal(bench.servers);
  const info = useSignal(bench.info);
  if (!servers) return <footer className={styles.status} aria-label={t('status.label')} />;
  const card = servers.cards.find((each) => each.picked);
  return (
    <footer className={styles.status} aria-label={t('status.label')} data-region tabIndex={-1}>
      <span className={styles.card}>
        {card ? (
          <>
            <Icon name="card" size={15} />
            <b>{card.name}</b>
            <span className="mono">{card.address}{card.prefix === null ? '' : `/${card.prefix}`}</span>
            {card.speed === null ? null : <span className={styles.off}>{card.speed >= 1000 ? `${card.speed / 1000} Gb/s` : `${card.speed} Mb/s`}</span>}
          </>
        ) : (
          <>
            <Sign name={info?.demo ? 'on' : 'off'} size={14} />
            <b>{info?.demo ? t('status.demo') : t('status.no-card')}</b>
          </>
        )}
      </span>
      <span className={styles.rule} />
      <ul className={styles.servers}>
        {shownServers(servers.servers).map((server) => <ServerMark key={server.name} server={server} />)}
      </ul>
      <Policy />
    </footer>
  );
}

const SIGNS: Readonly<Record<ServerStatus['state'], SignName>> = {
  listening: 'on', degraded: 'attention', failed: 'attention', stopped: 'held', off: 'off', starting: 'working',
};

function ServerMark({ server }: { readonly server: ServerStatus }) {
  const t = useText('common');
  const frame = useText('frame');
  const bad = server.state === 'failed' || server.state === 'degraded';
  const port = server.port === null ? '' : String(server.port);
  const busy = server.state === 'failed' && server.error?.code.startsWith('server.port-taken') ? frame('status.busy', { port: String(server.error.params['port'] ?? port) }) : null;
  const words = busy ?? (server.state === 'listening' ? port : server.state === 'degraded' ? `${port} ${t('state.degraded')}` : t(`state.${server.state}`));
  return (
    <li className={`${styles.server} ${bad ? styles.bad : ''}`}>
      <Sign name={SIGNS[server.state]} size={14} percent={30} />
      <b>{t(`server.${server.name}`)}</b>
      <span className="visually-hidden">{t(`state.${server.state}`)}</span>
      <span className={server.state === 'off' ? styles.off : server.state === 'listening' ? styles.port : ''}>{words}</span>
    </li>
  );
}

function Policy() {
  const t = useText('frame');
  const format = useFormat();
  const servers = useSignal(bench.servers);
  const now = useHostClock();
  if (!servers) return null;
  const dhcp = servers.servers.find((server) => server.name === 'dhcp');
  if (dhcp?.state !== 'listening' && dhcp?.state !== 'degraded') {
    return <span className={styles.policy}>{servers.picked === null ? t('status.nothing-sent') : t('status.dhcp.off')}</span>;
  }
  const stopsAt = servers.dhcp.stopsAt;
  return (
    <span className={styles.policy}>
      <Icon name="shield" size={16} />
      {t(`status.dhcp.${servers.dhcp.policy}`)},{' '}
      {stopsAt === null ? t('status.dhcp.never') : <>{t('status.dhcp.stops')} <b>{format.duration(stopsAt - now)}</b></>}
    </span>
  );
}
