import { EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

/** The shape of the screen before its script and its first answer. */
export function ProfilesWaiting() {
  const t = useText('profiles');
  return (
    <Page title={t('title')}>
      <EmptyPanel boxed title={t('loading')}>
        <Skeleton width={340} />
        <Skeleton width={280} />
        <Skeleton width={310} />
      </EmptyPanel>
    </Page>
  );
}
