import { Dialog } from '../../parts/dialog.tsx';
import { KeyCap } from '../../parts/key-cap.tsx';
import { useText } from '../../text/i18n.ts';
import type { keysEn } from '../../text/en/keys.ts';
import styles from './key-map.module.css';

/** Every key that acts today; one that does not work yet is not listed. */
const KEYS: readonly { readonly caps: readonly string[]; readonly does: keyof typeof keysEn }[] = [
  { caps: ['1'], does: 'screen.bench' },
  { caps: ['2'], does: 'screen.profiles' },
  { caps: ['3'], does: 'screen.firmware' },
  { caps: ['4'], does: 'screen.servers' },
  { caps: ['5'], does: 'screen.activity' },
  { caps: ['W'], does: 'wall' },
  { caps: ['Ctrl K'], does: 'find' },
  { caps: ['/'], does: 'search' },
  { caps: ['↑', '↓', '←', '→'], does: 'arrows' },
  { caps: ['Home', 'End'], does: 'ends' },
  { caps: ['PgUp', 'PgDn'], does: 'pages' },
  { caps: ['Enter'], does: 'open' },
  { caps: ['Esc'], does: 'back' },
  { caps: ['N', 'Shift N'], does: 'next' },
  { caps: ['V'], does: 'view' },
  { caps: ['Space'], does: 'hold' },
  { caps: ['Shift R'], does: 'resync' },
  { caps: ['A'], does: 'add-firmware' },
  { caps: ['Shift U'], does: 'push' },
  { caps: ['D'], does: 'demo' },
  { caps: ['Ctrl S'], does: 'save' },
  { caps: ['F8', 'Shift F8'], does: 'finding' },
  { caps: ['Ctrl Z', 'Ctrl Y'], does: 'undo' },
  { caps: ['Ctrl .'], does: 'stop-dhcp' },
  { caps: ['Ctrl Enter'], does: 'confirm' },
  { caps: ['F6', 'Shift F6'], does: 'regions' },
  { caps: ['?'], does: 'map' },
];

export function KeyMapDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useText('keys');
  return (
    <Dialog title={t('title')} opened={opened} onClose={onClose} width={520}>
      <dl className={styles.list}>
        {KEYS.map(({ caps, does }) => (
          <div key={does} className={styles.row}>
            <dt className={styles.caps}>{caps.map((cap) => <KeyCap key={cap} spoken>{cap}</KeyCap>)}</dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{t('note')}</p>
    </Dialog>
  );
}
