import { Menu, UnstyledButton } from '@mantine/core';
import { host } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import { changeSettings, useSettings } from '../../model/settings.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { useFailureText } from '../../api/use-call.ts';
import type { Settings } from '../../../common/contract/views/workspace.ts';
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
      <Menu classNames={{ dropdown: menu.list ?? '', item: menu.item ?? '' }} position="bottom-end">
        <Menu.Target>
          <UnstyledButton className={styles.tool} aria-label={`${t('top.language')}: ${t(`language.${settings.language}`)}`}>{language.toUpperCase()}</UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {LANGUAGES.map((each) => (
            <Menu.Item key={each} role="menuitemradio" aria-checked={settings.language === each} leftSection={<Mark on={settings.language === each} />} onClick={() => change({ language: each })}>
              {t(`language.${each}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu classNames={{ dropdown: menu.list ?? '', item: menu.item ?? '' }} position="bottom-end">
        <Menu.Target>
          <UnstyledButton className={styles.tool} aria-label={`${t('top.theme')}: ${t(`theme.${settings.theme}`)}`}>
            <ThemeIcon />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {THEMES.map((each) => (
            <Menu.Item key={each} role="menuitemradio" aria-checked={settings.theme === each} leftSection={<Mark on={settings.theme === each} />} onClick={() => change({ theme: each })}>
              {t(`theme.${each}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

function Mark({ on }: { readonly on: boolean }) {
  return on ? <Icon name="check" size={16} /> : <span style={{ width: 16 }} />;
}

function ThemeIcon() {
  return (
    <>
      <span className={menu.whenLight}><Icon name="sun" size={18} /></span>
      <span className={menu.whenDark}><Icon name="moon" size={18} /></span>
    </>
  );
}
