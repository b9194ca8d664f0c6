import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

export function ActivityScreen() {
  const t = useText('activity');
  return <Page title={t('title')} />;
}
