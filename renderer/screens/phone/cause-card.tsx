import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PhonePage, PhoneView, ProfileView, TimelineRow } from '../../../common/contract/views/phone.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';
import { useHostClock } from '../../model/clock.ts';
import { useSignal } from '../../model/signal.ts';
import { Badge, EvidenceBadge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import type { SignName } from '../../parts/sign.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import { withoutSpeaker } from '../activity/row-words.ts';
import styles from './phone.module.css';

/** First what is wrong, then what it rests on, then the action; or what the phone waits for, or that nothing is wrong. */
export function CauseCard(props: {
  readonly page: PhonePage;
  readonly phone: PhoneView;
  readonly profile: ProfileView | undefined;
  readonly rows: readonly TimelineRow[];
  readonly onEvidence: (seq: number) => void;
}) {
  const { page, phone } = props;
  if (phone.face === 'attention' && page.causes.length > 0) return <Wrong {...props} />;
  if (phone.face === 'expected') return <NothingHeard />;
  if (phone.face === 'stranger') return <Stranger phone={phone} />;
  return <Quiet phone={phone} nextTryAt={page.nextTryAt} />;
}

function Wrong({ page, rows, onEvidence }: Parameters<typeof CauseCard>[0]) {
  const t = useText('phone');
  const say = useSentence();
  const format = useFormat();
  const now = useHostClock();
  const [first, ...others] = page.causes;
  if (!first) return null;
  const sentences = say(first.code, first.params).split(/(?<=[\p{L}\d)»”]\.)\s/u);
  return (
    <Card title={t('cause.title')} sign="attention" tone="attention" aside={<Badge tone="attention">{t('cause.rank', { rank: 1, count: page.causes.length, strength: t(`cause.${first.strength}`) })}</Badge>}>
      <div className={styles.body}>
        <h3>{sentences[0]}</h3>
        {sentences.length > 1 ? <p>{sentences.slice(1).join(' ')}</p> : null}
        {first.evidence.length > 0 ? (
          <ul className={styles.evidence} aria-label={t('cause.evidence')}>
            {first.evidence.toReversed().map((seq, index) => (
              <li key={seq}>
                <UnstyledButton className={styles.link} onClick={() => onEvidence(seq)}>
                  <EvidenceBadge number={index + 1} label={t('timeline.evidence', { number: index + 1 })} />
                  <span className="cut-off">{evidenceText(rows, seq)}</span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        ) : null}
        {page.nextTryAt !== null && page.nextTryAt > now ? <p className={styles.note}>{t('cause.by-itself', { time: format.moment(page.nextTryAt, now) })}</p> : null}
      </div>
      {others.length > 0 ? (
        <ol className={styles.others} aria-label={t('cause.others')} start={2}>
          {others.map((cause, index) => (
            <li key={`${cause.code} ${index}`}>
              <b>{index + 2}</b>
              <span>{say(cause.code, cause.params)}</span>
              <span>{t(`cause.${cause.strength}`)}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </Card>
  );
}

function evidenceText(rows: readonly TimelineRow[], seq: number): string {
  const row = rows.find((each) => each.kind === 'wire' && each.seq === seq);
  if (!row) return '';
  return row.server === 'syslog' ? `syslog: ${withoutSpeaker(row.what)}` : [row.asked, row.what, row.answer].filter(Boolean).join(' ');
}

function NothingHeard() {
  const t = useText('phone');
  const servers = useSignal(bench.servers);
  useSignal(bench.shapes);
  const heard = bench.all().filter((phone) => phone.heardAt !== null).length;
  return (
    <Note sign="expected" title={t('cause.expected')}>
      <p>{t('cause.expected.text')}</p>
      <ol className={styles.reasons}>
        <li>{t('cause.expected.1')}</li>
        <li>{t('cause.expected.2', { card: servers?.picked ?? t('cause.expected.no-card') })}</li>
        <li>{t('cause.expected.3')}</li>
      </ol>
      <p className={styles.note}>{heard === 0 ? t('cause.expected.none') : t('cause.expected.heard', { count: heard })}</p>
    </Note>
  );
}

function Stranger({ phone }: { readonly phone: PhoneView }) {
  const t = useText('phone');
  const call = useCall();
  return (
    <Note sign="stranger" title={t('cause.stranger')}>
      <p>{t('cause.stranger.text')}</p>
      <div className={styles.buttons}>
        <Button kind="primary" working={call.busy} onClick={() => void call.run(() => host.phones.enrol({ macs: [phone.mac] }))}>{t('cause.enrol')}</Button>
      </div>
      {call.failure ? <p className={styles.failure} role="alert">{call.failure}</p> : null}
    </Note>
  );
}

function Quiet({ phone, nextTryAt }: { readonly phone: PhoneView; readonly nextTryAt: number | null }) {
  const t = useText('phone');
  const words = useText('common');
  const format = useFormat();
  const now = useHostClock();
  const reached = { stage: words(`stage.${phone.stage}`), time: format.moment(phone.stageAt, now) };
  const next = nextTryAt !== null && nextTryAt > now ? format.moment(nextTryAt, now) : null;
  if (phone.face === 'done') {
    return (
      <Note sign="done" title={t('cause.none')}>
        <p>{t('cause.none.text', reached)}</p>
        {next ? <p className={styles.note}>{t('cause.none.next', { time: next })}</p> : null}
      </Note>
    );
  }
  if (phone.face === 'silent' && phone.heardAt !== null) {
    return (
      <Note sign="silent" title={t('cause.silent', { time: format.duration(now - phone.heardAt) })}>
        <p>{t('cause.silent.text', { time: format.moment(phone.heardAt, now) })}</p>
        {next ? <p className={styles.note}>{t('cause.by-itself', { time: next })}</p> : null}
      </Note>
    );
  }
  return (
    <Note sign={phone.face} title={t('cause.working')}>
      <p>{phone.moving ? t('cause.working.moving', { file: phone.moving.file }) : t('cause.working.text', reached)}</p>
      {next ? <p className={styles.note}>{t('cause.working.next', { time: next })}</p> : null}
    </Note>
  );
}

function Note({ sign, title, children }: { readonly sign: SignName; readonly title: string; readonly children: ReactNode }) {
  return (
    <Card sign={sign} title={title}>
      <div className={styles.body}>{children}</div>
    </Card>
  );
}
