import type { ReactNode } from 'react';
import styles from './select.module.css';

/** One of a list that is too long to stand open. Its label stands around it, or is read only. */
export function Select<V extends string>({ value, onChange, label, children }: {
  readonly value: V;
  readonly onChange: (value: V) => void;
  /** Only where no `label` element is around it. */
  readonly label?: string;
  /** The options. */
  readonly children: ReactNode;
}) {
  return <select className={styles.select} aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value as V)}>{children}</select>;
}
