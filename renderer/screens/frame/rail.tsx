import { UnstyledButton } from '@mantine/core';
import { bench } from '../../model/bench.ts';
import { router, type Screen } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { Icon, type IconName } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import styles from './frame.module.css';
import { Logo } from './logo.tsx';
import { overlay } from './overlay.ts';

/** Which item of the rail a screen belongs to. */
const HOME: Readonly<Record<Screen['name'], string>> = {
  bench: 'bench', phone: 'bench', 'first-run': 'bench', import: 'bench', profiles: 'profiles', firmware: 'firmware', servers: 'servers', activity: 'activity', wall: 'wall', settings: 'settings', doctor: 'profiles', rule: 'profiles',
};

export function Rail({ screen }: { readonly screen: Screen }) {
  const t = useText('frame');
  const counts = useSignal(bench.counts);
  const needs = counts?.attention ?? 0;
  const here = HOME[screen.name];
  return (
    <nav className={styles.rail} aria-label={t('nav.label')} data-region>
      <div className={styles.logo}><Logo /></div>
      <RailItem icon="bench" name={t('nav.bench')} shortcut="1" current={here === 'bench'} needs={needs} go={() => router.go({ name: 'bench' })} />
      <RailItem icon="file" name={t('nav.profiles')} shortcut="2" current={here === 'profiles'} go={() => router.go({ name: 'profiles' })} />
      <RailItem icon="chip" name={t('nav.firmware')} shortcut="3" current={here === 'firmware'} go={() => router.go({ name: 'firmware' })} />
      <RailItem icon="servers" name={t('nav.servers')} shortcut="4" current={here === 'servers'} go={() => router.go({ name: 'servers' })} />
      <RailItem icon="activity" name={t('nav.activity')} shortcut="5" current={here === 'activity'} go={() => router.go({ name: 'activity' })} />
      <span className={styles.gap} />
      <RailItem icon="wall" name={t('nav.wall')} shortcut="W" current={false} go={() => router.go({ name: 'wall' })} />
      <RailItem icon="help" name={t('nav.help')} shortcut="?" current={false} go={() => overlay.set('keys')} />
      <RailItem icon="settings" name={t('nav.settings')} current={here === 'settings'} go={() => router.go({ name: 'settings' })} />
    </nav>
  );
}

function RailItem({ icon, name, shortcut, current, needs = 0, go }: {
  readonly icon: IconName;
  readonly name: string;
  readonly shortcut?: string;
  readonly current: boolean;
  readonly needs?: number;
  readonly go: () => void;
}) {
  const t = useText('frame');
  return (
    <UnstyledButton className={styles.nav} aria-current={current ? 'page' : undefined} aria-keyshortcuts={shortcut} onClick={go} title={shortcut ? `${name} (${shortcut})` : name}>
      <Icon name={icon} size={21} />
      <span>{name}</span>
      {needs > 0 ? (
        <>
          <em className={styles.needs} aria-hidden="true" style={{ fontStyle: 'normal' }}>{needs > 99 ? '99+' : needs}</em>
          <span className="visually-hidden">{t('nav.needs', { count: needs })}</span>
        </>
      ) : null}
    </UnstyledButton>
  );
}
