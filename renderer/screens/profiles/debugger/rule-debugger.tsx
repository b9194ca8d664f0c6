import { useId, useRef, useState } from 'react';
import type { RuleKind } from '../../../../common/contract/views/profiles.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import type { TextSpan } from '../../../../common/values/text-span.ts';
import { usePhone } from '../../../model/bench.ts';
import { Button } from '../../../parts/button.tsx';
import { Card, Skeleton } from '../../../parts/card.tsx';
import { Segmented } from '../../../parts/segmented.tsx';
import { formatNumber } from '../../../text/format.ts';
import { useText } from '../../../text/i18n.ts';
import { Failure } from '../../../parts/failure.tsx';
import styles from './debugger.module.css';
import { FactsFold } from './facts-fold.tsx';
import { NextTries } from './next-tries.tsx';
import { RuleField } from './rule-field.tsx';
import { StepList } from './step-list.tsx';
import { factsWith, type FactChanges } from './trial-facts.ts';
import { useKnownFacts, useTrace, type Trial } from './use-trace.ts';

export interface RuleDebuggerProps {
  /** What the rule is read as: each kind has its own options. */
  readonly kind: RuleKind;
  /** The rule as it stands in the file. What is typed here is a trial and changes nothing there. */
  readonly rule: string;
  /** The phone whose facts it is read with; null for a factory-fresh one. */
  readonly mac: Mac | null;
  /** A trial that was begun elsewhere, null for none. */
  readonly begun?: string | null;
  /** Over the whole page: what is typed stands left, what comes of it right. */
  readonly wide?: boolean;
  /** Gets the trial, null where the rule stands as it is. */
  readonly onWide?: (typed: string | null) => void;
}

const NOBODY = '' as Mac;
const NOTHING: FactChanges = {};

/** How a phone reads a rule, step by step: which alternative wins, what it asks, and when it comes again. */
export function RuleDebugger({ kind, rule, mac, begun = null, wide = false, onWide }: RuleDebuggerProps) {
  const t = useText('debugger');
  const id = useId();
  const phone = usePhone(mac ?? NOBODY);
  const known = useKnownFacts(mac);
  const [entry, setEntry] = useState<Trial['entry']>('rule');
  const [typed, setTyped] = useState<Readonly<Record<Trial['entry'], string | null>>>({ rule: begun, keypad: null });
  // A trial belongs to one phone: what is changed of its facts is not carried to another; the typed rule is.
  const [changed, setChanged] = useState<{ readonly mac: Mac | null; readonly facts: FactChanges }>({ mac, facts: NOTHING });
  const changes = changed.mac === mac ? changed.facts : NOTHING;
  const setChanges = (facts: FactChanges) => setChanged({ mac, facts });
  const [lit, setLit] = useState<TextSpan | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  const text = (entry === 'rule' ? typed.rule ?? rule : typed.keypad) ?? '';
  const trial = entry === 'keypad' || text !== rule || Object.keys(changes).length > 0;
  const facts = known.facts ? factsWith(known.facts, changes) : null;
  const traced = useTrace(mac, facts && (entry === 'rule' || text !== '') ? { entry, kind, text, facts } : null);
  const fits = traced.of === text;
  const type = (next: string) => {
    setLit(null);
    setTyped((last) => ({ ...last, [entry]: entry === 'rule' && next === rule ? null : next }));
  };
  const select = (span: TextSpan) => {
    field.current?.focus();
    field.current?.setSelectionRange(span.from, span.to);
  };
  const who = phone?.number == null ? null : formatNumber(phone.number);
  const failure = known.failure ?? traced.failure;
  return (
    <Card
      icon="key"
      // Its own page has said so above.
      title={t(wide ? 'field.rule' : 'title')}
      className={wide ? styles.wide : styles.card}
      aside={<span className={styles.trial}>{t(trial ? (who ? 'trial.phone' : 'trial') : who ? 'file.phone' : 'file', { number: who ?? '' })}</span>}
    >
      <div className={styles.entry}>
        <div className={styles.bar}>
          <Segmented small label={t('entry')} value={entry} choices={[{ value: 'rule', label: t('entry.rule') }, { value: 'keypad', label: t('entry.keypad') }]} onChange={(next) => { setLit(null); setEntry(next); }} />
          {trial && entry === 'rule' ? <Button size="small" kind="quiet" icon="undo" onClick={() => { setTyped({ rule: null, keypad: null }); setChanges(NOTHING); }}>{t('back')}</Button> : null}
          {onWide ? <Button size="small" kind="quiet" className={styles.open} onClick={() => onWide(typed.rule)}>{t('wide')}</Button> : null}
        </div>
        <RuleField ref={field} id={id} label={t(`field.${entry}`)} placeholder={entry === 'keypad' ? 'http://10.20.0.1/8841-3PCC.xml' : ''} text={text} trace={fits ? traced.trace : null} lit={fits ? lit : null} onChange={type} />
        {entry === 'keypad' ? <p className={styles.hint}>{t('keypad.hint')}</p> : null}
        {facts ? <FactsFold facts={facts} changes={changes} rule={text} open={wide} onChange={setChanges} /> : null}
      </div>
      {failure ? <div className={styles.failure}><Failure text={failure} /></div> : null}
      <div className={styles.outcome}>
        {traced.trace && (entry === 'rule' || text !== '') ? (
          <>
            <StepList trace={traced.trace} text={traced.of} current={fits} onLit={setLit} onSelect={select} />
            <NextTries next={traced.trace.next} wide={wide} />
          </>
        ) : failure ? null : entry === 'keypad' ? <p className={styles.none}>{t('keypad.none')}</p> : (
          <div role="status" className={styles.waiting} aria-label={t('waiting')}><Skeleton width="70%" /><Skeleton width="88%" /><Skeleton width="60%" /></div>
        )}
      </div>
    </Card>
  );
}
