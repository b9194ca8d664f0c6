import styles from './failure.module.css';
import { Sign } from './sign.tsx';

/** What went wrong with the last action, beside its button. */
export function Failure({ text }: { readonly text: string }) {
  return (
    <p className={styles.line} role="alert">
      <Sign name="attention" size={16} />
      <span>{text}</span>
    </p>
  );
}
