import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

export function BenchScreen() {
  const t = useText('bench');
  return <Page title={t('title')} />;
}
