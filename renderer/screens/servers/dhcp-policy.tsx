import { useState } from 'react';
import type { ServersView } from '../../../common/contract/views/servers.ts';
import { macForEyes, parseMac, type Mac } from '../../../common/values/mac.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import styles from './dhcp-safety.module.css';
import { Failure } from '../../parts/failure.tsx';
import { placeOf } from './server-words.ts';
import { useServerCall } from './use-servers.ts';

const POLICIES = ['phones', 'enrolled', 'all'] as const;
/** More strangers than this are counted: the panel is not the place to read a network. */
const SHOWN = 4;

/** Who is answered. Everyone is asked about first, because on a shared network it does harm. */
export function DhcpPolicyPart({ view }: { readonly view: ServersView }) {
  const t = useText('servers');
  const format = useFormat();
  const { act, busy, failure } = useServerCall();
  const [asks, setAsks] = useState(false);
  const { policy, answered, ignored } = view.dhcp;
  const put = (next: (typeof POLICIES)[number]) => act(() => host.servers.dhcpPolicy({ policy: next }));
  return (
    <div className={styles.part}>
      <Sign name={policy === 'all' ? 'attention' : 'done'} size={22} />
      <div>
        <b>{t(`policy.${policy}.title`)}</b>
        <p>{t('policy.answered', { count: answered, n: format.count(answered) })}, {t('policy.ignored', { count: ignored.length, n: format.count(ignored.length) })}.</p>
        <div className={styles.acts}>
          <Segmented
            small
            label={t('policy.label')}
            value={policy}
            choices={POLICIES.map((value) => ({ value, label: t(`policy.${value}`) }))}
            onChange={(next) => (next === 'all' ? setAsks(true) : void put(next))}
          />
        </div>
        {failure && !asks ? <Failure text={failure} /> : null}
        <Strangers ignored={ignored} />
      </div>
      {asks ? (
        <Dialog
          opened
          title={t('policy.ask', { card: placeOf(view) ?? '' })}
          onClose={() => setAsks(false)}
          width={460}
          confirm={{ label: t('policy.ask.confirm'), working: busy, act: () => void put('all').then((done) => done && setAsks(false)) }}
          failure={failure}
        >
          <div className={styles.ask}>
            <p>{t('policy.ask.text')}</p>
            <p>{t('policy.ask.why')}</p>
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}

function Strangers({ ignored }: { readonly ignored: ServersView['dhcp']['ignored'] }) {
  const t = useText('servers');
  if (ignored.length === 0) return null;
  return (
    <>
      <ul className={styles.strangers} aria-label={t('ignored.label')}>
        {ignored.slice(0, SHOWN).map((stranger) => <Stranger key={stranger.mac} {...stranger} />)}
      </ul>
      {ignored.length > SHOWN ? <p>{t('ignored.more', { count: ignored.length - SHOWN })}</p> : null}
    </>
  );
}

function Stranger({ mac, vendorClass }: { readonly mac: string; readonly vendorClass: string }) {
  const t = useText('servers');
  const { run, busy, failure } = useCall();
  const known: Mac | null = parseMac(mac);
  const eyes = known ? macForEyes(known) : mac;
  return (
    <li>
      <span className={styles.stranger}>
        <span className="mono">{eyes}</span>
        <span className="cut-off" title={vendorClass}>{vendorClass === '' ? t('ignored.no-class') : vendorClass}</span>
      </span>
      {known ? (
        <Button size="small" working={busy} label={t('ignored.answer.named', { mac: eyes })} onClick={() => void run(() => host.phones.enrol({ macs: [known] })).then((done) => done && showToast(t('said.answered', { mac: eyes })))}>
          {t('ignored.answer')}
        </Button>
      ) : null}
      {failure ? <Failure text={failure} /> : null}
    </li>
  );
}
