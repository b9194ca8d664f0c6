import { Modal } from '@mantine/core';
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { macForEyes } from '../../../common/values/mac.ts';
import { host } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import { useKeys } from '../../model/keys.ts';
import { matches } from '../../model/phone-filter.ts';
import { router } from '../../model/router.ts';
import { showToast } from '../../model/toasts.ts';
import { useFailureText } from '../../api/use-call.ts';
import dialog from '../../parts/dialog.module.css';
import { Field } from '../../parts/field.tsx';
import { Icon, type IconName } from '../../parts/sign.tsx';
import { formatNumber } from '../../text/format.ts';
import { useText } from '../../text/i18n.ts';
import { askToAdd } from '../firmware/adding.ts';
import styles from './finder.module.css';
import { overlay } from './overlay.ts';

interface Found {
  readonly id: string;
  readonly icon: IconName;
  readonly words: string;
  readonly aside: string;
  readonly act: () => void;
}

const MOST = 30;

/** Ctrl K: any phone, screen or action by a few letters. */
export function Finder({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useText('frame');
  useKeys({ Escape: onClose }, { active: opened, dialog: true });
  if (!opened) return null;
  return (
    <Modal.Root opened closeOnEscape={false} onClose={onClose} size={620} yOffset={90}>
      <Modal.Overlay className={dialog.overlay} />
      <Modal.Content className={dialog.content} aria-label={t('find.label')}>
        <Modal.Body className={styles.body}><FinderBody onClose={onClose} /></Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function FinderBody({ onClose }: { readonly onClose: () => void }) {
  const t = useText('frame');
  const tell = useFailureText();
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const actions = useMemo<readonly Found[]>(() => {
    const go = (name: 'bench' | 'profiles' | 'firmware' | 'servers' | 'activity' | 'wall' | 'settings', icon: IconName, key: string): Found => ({
      id: name, icon, words: t('find.go', { screen: t(`nav.${name}`) }), aside: key, act: () => router.go({ name }),
    });
    return [
      go('bench', 'bench', '1'), go('profiles', 'file', '2'), go('firmware', 'chip', '3'), go('servers', 'servers', '4'), go('activity', 'activity', '5'), go('wall', 'wall', 'W'), go('settings', 'settings', ''),
      { id: 'import', icon: 'list', words: t('find.import'), aside: '', act: () => router.go({ name: 'import' }) },
      { id: 'add-firmware', icon: 'plus', words: t('find.add-firmware'), aside: 'A', act: askToAdd },
      { id: 'first-run', icon: 'card', words: t('find.first-run'), aside: '', act: () => router.go({ name: 'first-run' }) },
      {
        id: 'stop-dhcp', icon: 'stop', words: t('find.stop-dhcp'), aside: 'Ctrl .',
        act: () => void host.servers.stop({ server: 'dhcp' }).then(() => showToast(t('said.dhcp-stopped')), (error: unknown) => showToast(tell(error), { tone: 'attention' })),
      },
      { id: 'doctor', icon: 'key', words: t('find.go', { screen: t('nav.doctor') }), aside: '', act: () => router.go({ name: 'doctor' }) },
      { id: 'rule', icon: 'key', words: t('find.go', { screen: t('nav.rule') }), aside: '', act: () => router.go({ name: 'rule', kind: 'profile', rule: '/$PSN.xml', typed: null, mac: null }) },
      { id: 'keys', icon: 'help', words: t('find.keys'), aside: '?', act: () => overlay.set('keys') },
    ];
  }, [t, tell]);
  const wanted = text.trim().toLowerCase();
  const found = useMemo<readonly Found[]>(() => {
    const phones = wanted === '' ? [] : bench.all().filter((phone) => matches(phone, wanted)).slice(0, MOST);
    return [
      ...actions.filter((action) => action.words.toLowerCase().includes(wanted)),
      ...phones.map((phone): Found => ({
        id: phone.mac, icon: 'tiles', aside: [phone.model, phone.name].filter(Boolean).join(', '),
        words: phone.number === null ? t('find.stranger', { mac: macForEyes(phone.mac) }) : t('find.phone', { number: formatNumber(phone.number), mac: macForEyes(phone.mac) }),
        act: () => router.go({ name: 'phone', mac: phone.mac }),
      })),
    ];
  }, [actions, wanted, t]);
  const chosen = Math.min(at, found.length - 1);
  const take = (index: number) => {
    onClose();
    found[index]?.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((chosen + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      take(chosen);
    }
  };
  return (
    <div onKeyDown={onKeyDown}>
      <Field label={t('find.field')} hideLabel placeholder={t('find.field')} icon="search" value={text} autoFocus onChange={(next) => { setText(next); setAt(0); }} list={list} active={found[chosen] ? `${list}-${found[chosen].id}` : undefined} />
      <div className="visually-hidden" aria-live="polite">{t('find.results', { count: found.length })}</div>
      {found.length === 0 ? <p className={styles.none}>{t('find.none', { text })}</p> : null}
      <ul id={list} role="listbox" aria-label={t('find.label')} className={styles.list}>
        {found.map((each, index) => (
          <li key={each.id} id={`${list}-${each.id}`} role="option" aria-selected={index === chosen} className={styles.item} onClick={() => take(index)} onMouseMove={() => setAt(index)}>
            <Icon name={each.icon} size={18} />
            {each.words}
            <small>{each.aside}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
