import { useEffect, useId, useRef, useState } from 'react';
import type { FormField } from '../../../../common/contract/views/profiles.ts';
import { ChoiceMenu } from '../../../parts/choice-menu.tsx';
import { Icon, Sign } from '../../../parts/sign.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';
import { PeriodField } from './period-field.tsx';
import { labelOf } from './labels.ts';

const INTENTS = ['value', 'omitted', 'reset', 'empty'] as const;
/** A hand that types pauses longer than this at the end of a value. */
const PAUSE_MS = 400;

/** One parameter: its words, its name, its value, and what "nothing" shall mean. */
export function FieldRow({ field, error, onEdit }: {
  readonly field: FormField;
  readonly error: string | null;
  readonly onEdit: (intent: FormField['intent'], value: string) => void;
}) {
  const t = useText('profiles');
  const id = useId();
  const label = labelOf(field.name, t);
  const described = error ? `${id}-error` : undefined;
  const control = { id, described, wrong: error !== null };
  return (
    <div className={styles.field} data-wrong={error !== null || undefined}>
      <label htmlFor={id}>
        {label}
        <code>{field.name}</code>
      </label>
      <div className={styles.control}>
        {field.options.length > 0 ? <OptionControl field={field} {...control} onEdit={onEdit} /> : /^Resync_Periodic$/.test(field.name) ? <PeriodField field={field} {...control} onEdit={onEdit} /> : <TextControl field={field} {...control} onEdit={onEdit} />}
        <ChoiceMenu
          value={field.intent}
          choices={INTENTS.map((value) => ({ value, label: t(`intent.${value}`) }))}
          onChange={(intent) => onEdit(intent, intent === 'value' ? field.value ?? '' : '')}
        >
          <button type="button" className={styles.intent} aria-label={t('intent.choose', { label, intent: t(`intent.${field.intent}`) })} title={t(`intent.${field.intent}`)}>
            <Icon name="down" size={14} />
          </button>
        </ChoiceMenu>
      </div>
      {error ? <p id={`${id}-error`} className={styles.fieldError}><Sign name="error" size={14} /><span>{error}</span></p> : null}
    </div>
  );
}

interface ControlProps {
  readonly id: string;
  readonly described: string | undefined;
  readonly wrong: boolean;
  readonly field: FormField;
  readonly onEdit: (intent: FormField['intent'], value: string) => void;
}

/** Written into the text once the hand rests, and when the field is left. */
function TextControl({ id, described, wrong, field, onEdit }: ControlProps) {
  const t = useText('profiles');
  const shown = field.intent === 'value' ? field.value ?? '' : '';
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(onEdit);
  useEffect(() => {
    latest.current = onEdit;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const write = (value: string) => {
    clearTimeout(timer.current);
    if (value !== shown) latest.current(value === '' ? 'omitted' : 'value', value);
  };
  // A place is no secret, only its name is seen; a secret that stands in the file itself is shown as dots.
  const secret = field.secret && !/^\{\{[^{}]*\}\}$/.test(typed ?? shown);
  return (
    <span className={styles.input}>
      <input
        id={id}
        type={secret && (typed ?? shown) !== '' ? 'password' : 'text'}
        value={typed ?? shown}
        placeholder={field.intent === 'value' ? '' : t(`intent.${field.intent}.short`)}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={described}
        aria-invalid={wrong || undefined}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyped(value);
          clearTimeout(timer.current);
          // An emptied field waits until it is left: its element shall not vanish while it is typed anew.
          if (value !== '') timer.current = setTimeout(() => write(value), PAUSE_MS);
        }}
        onBlur={() => {
          if (typed !== null) write(typed);
          setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && typed !== null && !event.nativeEvent.isComposing) write(typed);
        }}
      />
      {field.secret ? <Icon name="lock" size={14} /> : null}
    </span>
  );
}

function OptionControl({ id, described, wrong, field, onEdit }: ControlProps) {
  const t = useText('profiles');
  const value = field.intent === 'value' ? field.value ?? '' : '';
  const options = field.options.includes(value) || value === '' ? field.options : [...field.options, value];
  return (
    <span className={styles.input}>
      <select id={id} value={value} aria-describedby={described} aria-invalid={wrong || undefined} onChange={(event) => onEdit(event.currentTarget.value === '' ? 'omitted' : 'value', event.currentTarget.value)}>
        <option value="">{field.intent === 'value' ? t('intent.omitted.short') : t(`intent.${field.intent}.short`)}</option>
        {options.map((option) => <option key={option} value={option}>{option}</option>)}
      </select>
    </span>
  );
}
