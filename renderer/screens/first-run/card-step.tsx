import { useEffect, useRef, useState } from 'react';
import type { ServersView } from '../../../common/contract/views/servers.ts';
import { router } from '../../model/router.ts';
import { Button } from '../../parts/button.tsx';
import { useText } from '../../text/i18n.ts';
import { CardPicker } from '../servers/card-picker.tsx';
import { DhcpTrouble, ProbePart } from '../servers/dhcp-safety.tsx';
import styles from './first-run.module.css';
import { Step } from './step.tsx';

/** Step 1: the card, and at once what its probe for another DHCP server found. */
export function CardStep({ view, done }: { readonly view: ServersView; readonly done: boolean }) {
  const t = useText('firstRun');
  const [again, setAgain] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const card = view.cards.find((each) => each.picked);
  // The first thing to do has the keyboard when the page opens; a focus that is in use stays where it is.
  useEffect(() => {
    const here = document.activeElement;
    if (here === null || here === document.body || here.tagName === 'MAIN') body.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  }, []);
  const open = !done || again;
  const { probe } = view.dhcp;
  return (
    <Step
      number={1}
      title={t('card.title')}
      text={t('card.text')}
      state={done ? 'done' : 'now'}
      summary={<span>{card ? t('card.done', { card: card.name, address: card.address ?? '' }) : view.picked}</span>}
      onChange={again ? undefined : () => setAgain(true)}
    >
      <div ref={body}>
        {open ? <CardPicker view={view} roomy onPicked={() => setAgain(false)} /> : null}
        {done && probe === 'listening' ? <div className={styles.probe}><ProbePart view={view} /></div> : null}
        {done && probe === 'quiet' ? <p className={styles.text}>{t('card.safe')}</p> : null}
        {done && probe === 'idle' ? (
          <div className={styles.row}>
            <p className={styles.text}>{t('card.dhcp-off')}</p>
            <Button size="small" onClick={() => router.go({ name: 'servers' })}>{t('card.servers')}</Button>
          </div>
        ) : null}
        {probe === 'conflict' || probe === 'deaf' ? <div className={styles.trouble}><DhcpTrouble view={view} /></div> : null}
      </div>
    </Step>
  );
}
