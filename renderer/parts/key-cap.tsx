import styles from './key-cap.module.css';

/** A key where its action stands. Hidden from screen readers: `aria-keyshortcuts` of the control tells them. */
export function KeyCap({ children }: { readonly children: string }) {
  return (
    <kbd className={styles.cap} aria-hidden="true">
      {children}
    </kbd>
  );
}
