import { useId, type ReactNode } from 'react';
import styles from './switch.module.css';

/** On or off at once, with the words beside it; a line below says what it means. */
export function Switch({ label, hint, on, onChange, disabled = false }: {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className={styles.line}>
      <label className={styles.label}>
        <input type="checkbox" role="switch" checked={on} disabled={disabled} aria-describedby={hint ? id : undefined} onChange={(event) => onChange(event.currentTarget.checked)} />
        <span className={styles.track} aria-hidden="true" />
        <b>{label}</b>
      </label>
      {hint ? <p id={id} className={styles.hint}>{hint}</p> : null}
    </div>
  );
}
