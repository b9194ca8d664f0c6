import { useId } from 'react';
import styles from './settings.module.css';

/** Radio rows with a line of consequence each: for choices that deserve a sentence. */
export function Choices<V extends string>({ label, hint, value, choices, onChange }: {
  readonly label: string;
  readonly hint: string;
  readonly value: V | null;
  readonly choices: readonly { readonly value: V; readonly label: string; readonly hint: string }[];
  readonly onChange: (value: V) => void;
}) {
  const id = useId();
  return (
    <fieldset className={styles.choices} aria-describedby={`${id}-hint`}>
      <legend>{label}</legend>
      <p id={`${id}-hint`} className={styles.hint}>{hint}</p>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice}>
          <input type="radio" name={id} checked={choice.value === value} aria-describedby={`${id}-${choice.value}`} onChange={() => onChange(choice.value)} />
          <span>
            <b>{choice.label}</b>
            <span id={`${id}-${choice.value}`}>{choice.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
