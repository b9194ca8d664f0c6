import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

export function FirstRunScreen() {
  const t = useText('firstRun');
  return <Page title={t('title')} />;
}
