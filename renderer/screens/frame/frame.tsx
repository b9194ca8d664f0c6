import { useEffect, useRef } from 'react';
import { macForEyes } from '../../../common/values/mac.ts';
import { connection, host } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import { useKeys } from '../../model/keys.ts';
import { router, useScreen } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { useFailureText } from '../../api/use-call.ts';
import { useText } from '../../text/i18n.ts';
import { screenOf } from '../screens.tsx';
import { WallScreen } from '../wall/wall-screen.tsx';
import styles from './frame.module.css';
import { LostBar, RefusedBar } from './lost-bar.tsx';
import { Rail } from './rail.tsx';
import { moveRegion } from './regions.ts';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { NotReached } from './not-reached.tsx';
import { overlay } from './overlay.ts';
import { Overlays } from './overlays.tsx';

/** The word of the rail that names a screen in the window's title. */
const RAIL_NAME = { bench: 'bench', profiles: 'profiles', firmware: 'firmware', servers: 'servers', activity: 'activity', wall: 'wall', 'first-run': 'bench', import: 'bench', settings: 'settings', doctor: 'doctor', rule: 'rule' } as const;

/** Rail, top, main and status around the screen; the wall fills the window. */
export function Frame() {
  const t = useText('frame');
  const tell = useFailureText();
  const screen = useScreen();
  const state = useSignal(connection.state);
  const info = useSignal(bench.info);
  const main = useRef<HTMLElement>(null);

  useKeys({
    '1': () => router.go({ name: 'bench' }),
    '2': () => router.go({ name: 'profiles' }),
    '3': () => router.go({ name: 'firmware' }),
    '4': () => router.go({ name: 'servers' }),
    '5': () => router.go({ name: 'activity' }),
    w: () => (router.screen.get().name === 'wall' ? router.back() : router.go({ name: 'wall' })),
    '?': () => overlay.set('keys'),
    'mod+k': () => overlay.set('find'),
    F6: () => moveRegion(1),
    'shift+F6': () => moveRegion(-1),
    Escape: () => {
      if (router.screen.get().name !== 'bench') router.back();
    },
    'ctrl+.': () => {
      host.servers.stop({ server: 'dhcp' }).then(
        () => showToast(t('said.dhcp-stopped')),
        (error: unknown) => showToast(tell(error), { tone: 'attention' }),
      );
    },
  });

  // A new screen begins at its top for the keyboard; the rail keeps the focus when it was used to get there.
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) main.current?.focus({ preventScroll: true });
  }, [screen]);

  const name = screen.name === 'phone' ? macForEyes(screen.mac) : t(`nav.${RAIL_NAME[screen.name]}`);
  useEffect(() => {
    document.title = info ? `${name} · ${info.name} · Dialbench` : 'Dialbench';
  }, [name, info]);

  if (!info) return <NotReached />;
  if (screen.name === 'wall') return <><WallScreen /><Overlays /></>;
  return (
    <div className={styles.app}>
      <Rail screen={screen} />
      <TopBar />
      {state.kind === 'lost' ? <LostBar state={state} /> : state.kind === 'refused' ? <RefusedBar /> : null}
      <main ref={main} className={styles.main} aria-label={t('main.label')} tabIndex={-1} data-region>
        {screenOf(screen)}
      </main>
      <StatusBar />
      <Overlays />
    </div>
  );
}
