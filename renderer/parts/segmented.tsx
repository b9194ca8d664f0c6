import { useId, type ReactNode } from 'react';
import styles from './segmented.module.css';
import { Icon, type IconName } from './sign.tsx';

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  readonly icon?: IconName;
}

/** One of a few: a radio group, so that arrows move and screen readers count. */
export function Segmented<V extends string>({ label, value, choices, onChange, small = false }: {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onChange: (value: V) => void;
  readonly small?: boolean;
}) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={`${styles.group} ${small ? styles.small : ''}`}>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          {choice.icon ? <Icon name={choice.icon} size={16} /> : null}
          {choice.label}
        </label>
      ))}
    </div>
  );
}
