import { Button } from '../../parts/button.tsx';
import { EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';

/** The shape of the screen before its script and its first answer, or why there is none. */
export function ProfilesWaiting({ failure = null, again }: { readonly failure?: string | null; readonly again?: () => void }) {
  const t = useText('profiles');
  if (failure !== null) {
    return (
      <Page title={t('title')}>
        <EmptyPanel boxed sign="attention" title={t('unread')} actions={again ? <Button onClick={again}>{t('again')}</Button> : null}><p role="alert">{failure}</p></EmptyPanel>
      </Page>
    );
  }
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
