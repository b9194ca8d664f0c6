import type { CSSProperties, ReactNode } from 'react';
import { useId } from 'react';
import styles from './card.module.css';
import { Icon, Sign, type IconName, type SignName } from './sign.tsx';

/** A panel with a head, its content and a foot; a region of its own for screen readers. */
export function Card({ title, icon, sign, aside, foot, tone = 'quiet', className, children }: {
  readonly title: ReactNode;
  readonly icon?: IconName;
  readonly sign?: SignName;
  readonly aside?: ReactNode;
  readonly foot?: ReactNode;
  readonly tone?: 'quiet' | 'attention';
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`${styles.card} ${tone === 'attention' ? styles.attention : ''} ${className ?? ''}`}>
      <header className={styles.head}>
        {icon ? <Icon name={icon} size={18} /> : null}
        {sign ? <Sign name={sign} size={18} /> : null}
        <h2 id={id} className={styles.title}>{title}</h2>
        {aside ? <div className={styles.aside}>{aside}</div> : null}
      </header>
      {children}
      {foot ? <footer className={styles.foot}>{foot}</footer> : null}
    </section>
  );
}

/** What an empty list says: what would be here, and the next step. */
export function EmptyPanel({ title, icon, sign, boxed = false, actions, children }: {
  readonly title: ReactNode;
  readonly icon?: IconName;
  readonly sign?: SignName;
  readonly boxed?: boolean;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className={`${styles.empty} ${boxed ? styles.boxed : ''}`}>
      {icon ? <Icon name={icon} size={22} /> : null}
      {sign ? <Sign name={sign} size={22} /> : null}
      <h2>{title}</h2>
      {children}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}

/** The shape before the data; it stands still. Width in any CSS length. */
export function Skeleton({ width = '100%', height = 12 }: { readonly width?: string | number; readonly height?: number }) {
  const style: CSSProperties = { width, height };
  return <span className={styles.skeleton} style={style} aria-hidden="true" />;
}
