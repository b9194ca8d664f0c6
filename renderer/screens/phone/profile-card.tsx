import { Tabs } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import type { ProfileView } from '../../../common/contract/views/phone.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { useHostClock } from '../../model/clock.ts';
import { diffLines, type DiffLine } from '../../model/line-diff.ts';
import { MASK } from '../../model/xml-tokens.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { Code } from '../../parts/code.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import styles from './phone.module.css';
import { Reported } from './reported.tsx';

type Tab = 'template' | 'filled' | 'served' | 'reported';

/** The profile in its forms: the template, filled for this phone, what it really got, and what it says it holds. */
export function ProfileCard({ mac, profile, onStarter }: { readonly mac: Mac; readonly profile: ProfileView | undefined; readonly onStarter: () => void }) {
  const t = useText('phone');
  const [picked, setPicked] = useState<Tab | null>(null);
  const tab: Tab = picked ?? (profile?.served ? 'served' : profile?.filled ? 'filled' : 'template');
  const text = profile?.[tab]?.text ?? null;
  const sha = tab === 'filled' ? profile?.filled?.sha256 : tab === 'served' ? profile?.served?.sha256 : undefined;
  return (
    <Card
      title={t('profile.title')}
      aside={sha ? <span className={styles.sha} title={sha}>{t('profile.sha', { sha: `${sha.slice(0, 4)}…${sha.slice(-2)}` })}</span> : profile?.template && tab === 'template' ? <span className={styles.sha}>{profile.template.name}</span> : undefined}
      foot={text === null ? undefined : (
        <>
          {text.includes(MASK) ? <span>{t('profile.secrets')}</span> : null}
          <CopyButton text={text}>{t('profile.copy')}</CopyButton>
        </>
      )}
    >
      <Tabs value={tab} onChange={(value) => setPicked(value as Tab)} classNames={{ root: styles.tabsRoot ?? '', list: styles.tabs ?? '', tab: styles.tab ?? '', panel: styles.panel ?? '' }} unstyled keepMounted={false}>
        <Tabs.List aria-label={t('profile.title')}>
          {(['template', 'filled', 'served', 'reported'] as const).map((each) => <Tabs.Tab key={each} value={each}>{t(`profile.${each}`)}</Tabs.Tab>)}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          {profile === undefined ? <div style={{ padding: 14, display: 'grid', gap: 8 }}><Skeleton width="80%" /><Skeleton width="95%" /><Skeleton width="60%" /></div> : <Form mac={mac} profile={profile} tab={tab} onStarter={onStarter} />}
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}

function Form({ mac, profile, tab, onStarter }: { readonly mac: Mac; readonly profile: ProfileView; readonly tab: Tab; readonly onStarter: () => void }): ReactNode {
  const t = useText('phone');
  const say = useSentence();
  if (tab === 'reported') return <Reported mac={mac} profile={profile} />;
  if (tab === 'served') return profile.served ? <Served served={profile.served} filled={profile.filled?.text ?? null} /> : <EmptyPanel icon="file" title={t('profile.none.served')}><p>{t('profile.none.served.text')}</p></EmptyPanel>;
  if (tab === 'filled' && !profile.filled && profile.template) {
    return <EmptyPanel sign="attention" title={t('profile.none.filled')}><p>{profile.failure ? say(profile.failure.code, profile.failure.params) : ''}</p></EmptyPanel>;
  }
  const text = profile[tab]?.text;
  return text === undefined ? <NoTemplate onStarter={onStarter} /> : <Code lines={plainLines(text)} label={t(`profile.${tab}`)} />;
}

function Served({ served, filled }: { readonly served: NonNullable<ProfileView['served']>; readonly filled: string | null }) {
  const t = useText('phone');
  const format = useFormat();
  const now = useHostClock();
  const lines = useMemo(() => (filled === null ? null : diffLines(served.text, filled)), [served.text, filled]);
  const added = lines?.filter((line) => line.kind === 'added').length ?? 0;
  const removed = lines?.filter((line) => line.kind === 'removed').length ?? 0;
  return (
    <>
      <div className={styles.compare}>
        <span>{t('profile.at', { time: format.moment(served.at, now) })} {filled === null ? '' : added + removed === 0 ? t('profile.same') : t('profile.differs')}</span>
        {added > 0 ? <Badge tone="ok">+ {added}</Badge> : null}
        {removed > 0 ? <Badge tone="attention">− {removed}</Badge> : null}
      </div>
      <Code lines={lines ?? plainLines(served.text)} label={t('profile.served')} />
    </>
  );
}

function NoTemplate({ onStarter }: { readonly onStarter: () => void }) {
  const t = useText('phone');
  const call = useCall();
  return (
    <EmptyPanel icon="file" title={t('profile.none.template')} actions={<Button working={call.busy} onClick={() => void call.run(() => host.profiles.useStarter()).then(onStarter)}>{t('profile.starter')}</Button>}>
      <p>{t('profile.none.template.text')}</p>
      {call.failure ? <p className={styles.failure} role="alert">{call.failure}</p> : null}
    </EmptyPanel>
  );
}

function plainLines(text: string): readonly DiffLine[] {
  return text.split(/\r?\n/).map((line, index) => ({ kind: 'same', text: line, line: index + 1 }));
}
