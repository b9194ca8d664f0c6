import { memo, useMemo, type Ref } from 'react';
import type { RuleTrace } from '../../../../common/contract/views/profiles.ts';
import type { TextSpan } from '../../../../common/values/text-span.ts';
import { Sign, type SignName } from '../../../parts/sign.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from './debugger.module.css';
import { ruleParts, type Verdict } from './rule-parts.ts';

const VERDICT_SIGNS: Readonly<Record<Verdict, SignName>> = { wins: 'done', false: 'off', 'not-reached': 'expected', unreadable: 'error' };
/** More alternatives than this are told by the steps alone. */
const MOST = 8;

/**
 * The rule, typed and coloured in one: the letters that are seen stand in a layer below, those of the field itself are
 * transparent and lie on them exactly, so that the caret, selection, undo and paste are the browser's own.
 */
export const RuleField = memo(function RuleField({ ref, id, label, placeholder, text, trace, lit, onChange }: {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly trace: RuleTrace | null;
  readonly lit: TextSpan | null;
  readonly onChange: (text: string) => void;
}) {
  const t = useText('debugger');
  const parts = useMemo(() => ruleParts(text, trace, lit), [text, trace, lit]);
  const alternatives = trace?.alternatives ?? [];
  return (
    <>
      <div className={styles.field}>
        <div className={styles.seen} aria-hidden="true">
          {parts.map((part, index) => (
            <span key={index} className={[part.verdict ? styles[part.verdict] : '', part.macro ? styles.macro : '', part.problem ? styles[part.problem] : '', part.lit ? styles.lit : ''].filter(Boolean).join(' ')}>{part.text}</span>
          ))}
          {'\u200b'}
        </div>
        <textarea ref={ref} id={id} className={styles.typed} aria-label={label} aria-describedby={`${id}-alternatives`} value={text} placeholder={placeholder} spellCheck={false} autoComplete="off" maxLength={100_000} rows={1} onChange={(event) => onChange(event.currentTarget.value)} />
      </div>
      <ul id={`${id}-alternatives`} className={styles.alternatives} aria-label={t('alternatives')}>
        {alternatives.length < 2 ? null : alternatives.slice(0, MOST).map((each, index) => (
          <li key={index}>
            <Sign name={VERDICT_SIGNS[each.verdict]} size={13} />
            <b>{index + 1}</b> {t(`verdict.${each.verdict}`)}
          </li>
        ))}
        {alternatives.length > MOST ? <li>{t('alternatives.more', { count: alternatives.length - MOST })}</li> : null}
      </ul>
    </>
  );
});
