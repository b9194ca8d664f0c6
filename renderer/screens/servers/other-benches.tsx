import type { ServersView } from '../../../common/contract/views/servers.ts';
import { host } from '../../api/host.ts';
import { Card } from '../../parts/card.tsx';
import { Switch } from '../../parts/switch.tsx';
import { useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './servers.module.css';
import { useServerCall } from './use-servers.ts';

/** Benches that announce themselves on the picked card, and whether this one does. */
export function OtherBenches({ view }: { readonly view: ServersView }) {
  const t = useText('servers');
  const { act, busy, failure } = useServerCall();
  return (
    <Card icon="broadcast" title={t('benches.title')}>
      <div className={styles.benches}>
        <Switch label={t('benches.show')} hint={t('benches.show.hint')} on={view.announced} disabled={busy} onChange={(on) => void act(() => host.servers.announce({ on }))} />
        {failure ? <Failure text={failure} /> : null}
        {view.otherBenches.length === 0 ? (
          <p>{t(view.picked === null ? 'benches.no-card' : 'benches.none')}</p>
        ) : (
          <ul>
            {view.otherBenches.map((other) => (
              <li key={`${other.address}:${other.port}`}>
                <b className="cut-off">{other.name}</b>
                <span className="cut-off">{other.host}</span>
                <span className="mono">{other.address}:{other.port}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
