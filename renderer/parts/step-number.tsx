import styles from './step-number.module.css';

/** The number of a step in its ring; the list that it stands in counts for screen readers. */
export function StepNumber({ number }: { readonly number: number }) {
  return <span className={styles.number} aria-hidden="true">{number}</span>;
}
