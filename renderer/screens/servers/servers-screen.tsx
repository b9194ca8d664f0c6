import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

export function ServersScreen() {
  const t = useText('servers');
  return <Page title={t('title')} />;
}
