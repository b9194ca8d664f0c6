import { UnstyledButton } from '@mantine/core';
import { host } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import { changeSettings, useSettings } from '../../model/settings.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { useFailureText } from '../../api/use-call.ts';
import type { Settings } from '../../../common/contract/views/workspace.ts';
import { ChoiceMenu } from '../../parts/choice-menu.tsx';
import { KeyCap } from '../../parts/key-cap.tsx';
import menu from '../../parts/menu.module.css';
import { Icon } from '../../parts/sign.tsx';
import { useLanguage, useText } from '../../text/i18n.ts';
import { DemoMark } from '../first-run/demo.tsx';
import styles from './frame.module.css';
import { overlay } from './overlay.ts';

const LANGUAGES = ['system', 'en', 'fr'] as const;
const THEMES = ['system', 'light', 'dark'] as const;

export function TopBar() {
  const t = useText('frame');
  const info = useSignal(bench.info);
  const settings = useSettings();
  const language = useLanguage();
  const tell = useFailureText();
  const change = (part: Partial<Settings>) =>
    void changeSettings(host, part).catch((error: unknown) => showToast(tell(error), { tone: 'attention' }));
  return (
    <header className={styles.top} aria-label={t('top.label')} data-region>
      <div className={styles.place}>
        <b className="cut-off">{info?.name}</b>
        <small className="cut-off">{info?.demo ? t('top.demo') : t('top.workspace', { folder: info?.folder ?? '' })}</small>
      </div>
      <DemoMark />
      <span className={styles.gap} />
      <UnstyledButton className={styles.tool} onClick={() => overlay.set('find')} aria-keyshortcuts="Control+K">
        <Icon name="search" size={18} />
        {t('top.find')} <KeyCap>Ctrl K</KeyCap>
      </UnstyledButton>
      <ChoiceMenu value={settings.language} choices={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))} onChange={(value) => change({ language: value })}>
        <UnstyledButton className={styles.tool} aria-label={`${t('top.language')}: ${t(`language.${settings.language}`)}`}>{language.toUpperCase()}</UnstyledButton>
      </ChoiceMenu>
      <ChoiceMenu value={settings.theme} choices={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))} onChange={(value) => change({ theme: value })}>
        <UnstyledButton className={styles.tool} aria-label={`${t('top.theme')}: ${t(`theme.${settings.theme}`)}`}>
          <ThemeIcon />
        </UnstyledButton>
      </ChoiceMenu>
    </header>
  );
}

function ThemeIcon() {
  return (
    <>
      <span className={menu.whenLight}><Icon name="sun" size={18} /></span>
      <span className={menu.whenDark}><Icon name="moon" size={18} /></span>
    </>
  );
}
