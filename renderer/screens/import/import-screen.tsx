import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

export function ImportScreen() {
  const t = useText('import');
  return <Page title={t('title')} />;
}
