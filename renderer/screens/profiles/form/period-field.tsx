import { useState } from 'react';
import type { FormField } from '../../../../common/contract/views/profiles.ts';
import { Segmented } from '../../../parts/segmented.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';
import { periodOf, secondsOf, UNITS, type PeriodUnit } from './period.ts';

/** Seconds as hours, minutes or seconds, whichever says them whole. */
export function PeriodField({ id, described, wrong, field, onEdit }: {
  readonly id: string;
  readonly described: string | undefined;
  readonly wrong: boolean;
  readonly field: FormField;
  readonly onEdit: (intent: FormField['intent'], value: string) => void;
}) {
  const t = useText('profiles');
  const value = field.intent === 'value' ? field.value ?? '' : '';
  const [chosen, setChosen] = useState<PeriodUnit | null>(null);
  const period = periodOf(value, chosen);
  const [typed, setTyped] = useState<string | null>(null);
  const put = (text: string, unit: PeriodUnit) => {
    setTyped(null);
    const seconds = secondsOf(text, unit);
    if (seconds !== value) onEdit(seconds === '' ? 'omitted' : 'value', seconds);
  };
  return (
    <span className={`${styles.input} ${styles.period}`}>
      <input
        id={id}
        type="text"
        value={typed ?? period.text}
        placeholder={field.intent === 'value' ? '' : t(`intent.${field.intent}.short`)}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={described}
        aria-invalid={wrong || undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => typed !== null && put(typed, period.unit)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && typed !== null) put(typed, period.unit);
        }}
      />
      <Segmented small label={t('unit')} value={period.unit} choices={UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) }))} onChange={(unit) => { setChosen(unit); if (typed !== null || period.text !== '') put(typed ?? period.text, unit); }} />
    </span>
  );
}
