import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

export function SettingsScreen() {
  const t = useText('settings');
  return <Page title={t('title')} />;
}
