import { useEffect, useRef, useState } from 'react';
import { Segmented } from '../../../parts/segmented.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';
import type { ControlProps } from './field-row.tsx';
import { periodOf, secondsOf, UNITS, type PeriodUnit } from './period.ts';

/**
 * Seconds as hours, minutes or seconds, whichever says them whole. Number and unit are one value: it is written when both
 * are left, so that a number that is typed before its unit is picked never stands in the text with the wrong one.
 */
export function PeriodField({ id, described, wrong, field, edits }: ControlProps) {
  const t = useText('profiles');
  const { name } = field;
  const value = field.intent === 'value' ? field.value ?? '' : '';
  const [chosen, setChosen] = useState<PeriodUnit | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const both = useRef<HTMLSpanElement>(null);
  const period = periodOf(value, chosen);
  const unit = typed !== null && chosen !== null ? chosen : period.unit;
  const text = typed ?? period.text;
  useEffect(() => () => void edits.now(name), [edits, name]);
  const edit = (number: string, of: PeriodUnit) => {
    const seconds = secondsOf(number, of);
    return { name, intent: seconds === '' ? 'omitted' : 'value', value: seconds } as const;
  };
  const leave = () => {
    setTyped(null);
    void edits.now(name);
  };
  return (
    <span
      ref={both}
      className={`${styles.input} ${styles.period}`}
      // The pointer on the unit takes the focus off the number without leaving the field.
      onMouseDown={(event) => {
        if (event.target !== both.current?.querySelector('input[type="text"]')) event.preventDefault();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) leave();
      }}
    >
      <input
        id={id}
        type="text"
        value={text}
        placeholder={field.intent === 'value' ? '' : t(`intent.${field.intent}.short`)}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={described}
        aria-invalid={wrong || undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(unit);
          edits.type(edit(event.currentTarget.value, unit), { rest: false });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) leave();
        }}
      />
      <Segmented
        small
        label={t('unit')}
        value={unit}
        choices={UNITS.map((each) => ({ value: each, label: t(`unit.${each}`) }))}
        onChange={(next) => {
          setChosen(next);
          setTyped(null);
          if (text !== '') edits.put(edit(text, next));
        }}
      />
    </span>
  );
}
