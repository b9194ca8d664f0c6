import styles from './key-cap.module.css';

/** A key where its action stands. Hidden from screen readers, whom `aria-keyshortcuts` of the control tells; `spoken` where nothing else does. */
export function KeyCap({ children, spoken = false }: { readonly children: string; readonly spoken?: boolean }) {
  return (
    <kbd className={styles.cap} aria-hidden={!spoken || undefined}>
      {children}
    </kbd>
  );
}
