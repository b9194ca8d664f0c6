import { useEffect, useId, useState } from 'react';
import type { FormField } from '../../../../common/contract/views/profiles.ts';
import { ChoiceMenu } from '../../../parts/choice-menu.tsx';
import { Icon, Sign } from '../../../parts/sign.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';
import type { FormEdits } from './form-edits.ts';
import { PeriodField } from './period-field.tsx';
import { labelOf } from './labels.ts';

const INTENTS = ['value', 'omitted', 'reset', 'empty'] as const;

/** What the lint says of a parameter. */
export interface FieldProblem {
  readonly severity: 'error' | 'warning';
  readonly sentence: string;
}

/** One parameter: its words, its name, its value, and what "nothing" shall mean. */
export function FieldRow({ field, problem, edits }: {
  readonly field: FormField;
  readonly problem: FieldProblem | null;
  readonly edits: FormEdits;
}) {
  const t = useText('profiles');
  const id = useId();
  const label = labelOf(field.name, t);
  const described = problem ? `${id}-problem` : undefined;
  const wrong = problem?.severity === 'error';
  const control = { id, described, wrong, field, edits };
  return (
    <div className={styles.field} data-wrong={wrong || undefined}>
      <label htmlFor={id}>
        {label}
        <code>{field.name}</code>
      </label>
      <div className={styles.control}>
        {field.options.length > 0 ? <OptionControl {...control} /> : /^Resync_Periodic$/.test(field.name) ? <PeriodField {...control} /> : <TextControl {...control} />}
        <ChoiceMenu
          value={field.intent}
          choices={INTENTS.map((value) => ({ value, label: t(`intent.${value}`) }))}
          onChange={(intent) => edits.put({ name: field.name, intent, value: intent === 'value' ? field.value ?? '' : '' })}
        >
          <button type="button" className={styles.intent} aria-label={t('intent.choose', { label, intent: t(`intent.${field.intent}`) })} title={t(`intent.${field.intent}`)}>
            <Icon name="down" size={14} />
          </button>
        </ChoiceMenu>
      </div>
      {problem ? <p id={`${id}-problem`} className={styles.fieldProblem}><Sign name={wrong ? 'error' : 'attention'} size={14} /><span>{problem.sentence}</span></p> : null}
    </div>
  );
}

export interface ControlProps {
  readonly id: string;
  readonly described: string | undefined;
  readonly wrong: boolean;
  readonly field: FormField;
  readonly edits: FormEdits;
}

/** Written into the text once the hand rests, and when the field is left. */
function TextControl({ id, described, wrong, field, edits }: ControlProps) {
  const t = useText('profiles');
  const { name } = field;
  const shown = field.intent === 'value' ? field.value ?? '' : '';
  // What stands in the field under the hand; the text may spell it in another way.
  const [typed, setTyped] = useState<string | null>(null);
  // A field may leave the screen without being left.
  useEffect(() => () => void edits.now(name), [edits, name]);
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
          // An emptied field waits until it is left: its element shall not vanish while it is typed anew.
          edits.type({ name, intent: value === '' ? 'omitted' : 'value', value }, { rest: value !== '' });
        }}
        onBlur={() => {
          void edits.now(name);
          setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) void edits.now(name);
        }}
      />
      {field.secret ? <Icon name="lock" size={14} /> : null}
    </span>
  );
}

function OptionControl({ id, described, wrong, field, edits }: ControlProps) {
  const t = useText('profiles');
  const value = field.intent === 'value' ? field.value ?? '' : '';
  const options = field.options.includes(value) || value === '' ? field.options : [...field.options, value];
  return (
    <span className={styles.input}>
      <select id={id} value={value} aria-describedby={described} aria-invalid={wrong || undefined} onChange={(event) => edits.put({ name: field.name, intent: event.currentTarget.value === '' ? 'omitted' : 'value', value: event.currentTarget.value })}>
        <option value="">{field.intent === 'value' ? t('intent.omitted.short') : t(`intent.${field.intent}.short`)}</option>
        {options.map((option) => <option key={option} value={option}>{option}</option>)}
      </select>
    </span>
  );
}
