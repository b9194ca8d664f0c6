import { Fragment } from 'react';
import type { NextTry } from '../../../../common/values/rule.ts';
import { useSentence, useText } from '../../../text/i18n.ts';
import styles from './debugger.module.css';
import { OUTCOMES, waitUnit } from './rule-parts.ts';

/** When the phone comes again: one column for each outcome of the request. */
export function NextTries({ next, wide }: { readonly next: readonly NextTry[]; readonly wide: boolean }) {
  const t = useText('debugger');
  const id = 'next-tries';
  const shown = OUTCOMES.flatMap((outcome) => next.find((each) => each.outcome === outcome) ?? []);
  if (shown.length === 0) return null;
  return (
    <section className={styles.nexts} aria-labelledby={id}>
      <h3 id={id}>{t('next')}</h3>
      <dl>
        {shown.map((each) => <Outcome key={each.outcome} next={each} wide={wide} />)}
      </dl>
    </section>
  );
}

function Outcome({ next, wide }: { readonly next: NextTry; readonly wide: boolean }) {
  const t = useText('debugger');
  const say = useSentence();
  const wait = (seconds: number) => {
    const { value, unit } = waitUnit(seconds);
    return t(`wait.${unit}`, { value });
  };
  const first = next.from === null ? null : next.to !== null && next.to > next.from ? (next.from === 0 ? t('next.within', { time: wait(next.to) }) : t('next.spread', { from: wait(next.from), more: wait(next.to - next.from) })) : wait(next.from);
  // The list doubles: its first step and its end say it all. The debugger on its own page has room for every step.
  const later = wide || next.then.length <= 3 ? next.then.map(wait) : [`${wait(next.then[0] ?? 0)} … ${wait(next.then.at(-1) ?? 0)}`];
  const times = first === null ? null : later.length > 0 ? t('next.then', { first, later: later.join(', ') }) : first;
  const note = next.note === null ? null : say(next.note, { parameter: next.because });
  return (
    <div>
      <dt>{t(`outcome.${next.outcome}`)}</dt>
      <dd>{[times, note].filter(Boolean).join('. ') || t('next.unknown')}</dd>
      {next.because === '' ? null : <dd className={wide ? styles.because : 'visually-hidden'}><code>{next.because.split(/(?<=_)/).map((part, index) => <Fragment key={index}>{part}<wbr /></Fragment>)}</code></dd>}
    </div>
  );
}
