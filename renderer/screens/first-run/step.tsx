import type { ReactNode } from 'react';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import styles from './first-run.module.css';

/** One of the three steps: a number that becomes a tick, a question, and what to do where it is the turn of this one. */
export function Step({ number, title, text, state, summary, onChange, children }: {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly state: 'done' | 'now' | 'later';
  /** What was decided; stands in place of the controls once the step is done. */
  readonly summary?: ReactNode;
  readonly onChange?: (() => void) | undefined;
  readonly children?: ReactNode;
}) {
  const t = useText('firstRun');
  return (
    <li className={`${styles.step} ${styles[state]}`} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={styles.mark} aria-hidden="true">{state === 'done' ? <Icon name="check" size={18} /> : number}</span>
      <div>
        <h2>{title}{state === 'done' ? <span className="visually-hidden">, {t('step.done')}</span> : null}</h2>
        {state === 'done' ? (
          <div className={styles.summary}>
            {summary}
            {onChange ? <Button size="small" kind="quiet" label={`${title} ${t('step.change')}`} onClick={onChange}>{t('step.change')}</Button> : null}
          </div>
        ) : (
          <p className={styles.text}>{text}</p>
        )}
        {children}
      </div>
    </li>
  );
}
