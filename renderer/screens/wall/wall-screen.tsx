import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

export function WallScreen() {
  const t = useText('wall');
  return <Page title={t('title')} />;
}
