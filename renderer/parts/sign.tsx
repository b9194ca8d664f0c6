import type { CSSProperties } from 'react';
import styles from './sign.module.css';
import type { ICONS } from './sign-sheet.tsx';

export type SignName = 'expected' | 'working' | 'writing' | 'attention' | 'done' | 'held' | 'off' | 'on' | 'error' | 'silent' | 'stranger';
export type IconName = keyof typeof ICONS;

/** A silent phone wears the dotted ring, a stranger the empty one. */
const SHAPES: Partial<Record<SignName, string>> = { silent: 'expected', stranger: 'off' };

/** Silhouette of a state. Words carry the meaning beside it, so it is hidden from screen readers. */
export function Sign({ name, size = 24, percent, className }: {
  readonly name: SignName;
  readonly size?: number;
  /** How far a ring is, 0–100. */
  readonly percent?: number;
  readonly className?: string | undefined;
}) {
  const style = percent === undefined ? undefined : ({ '--ring': Math.round(percent) } as CSSProperties);
  return (
    <svg className={`${styles.sign} ${styles[name]} ${className ?? ''}`} width={size} height={size} aria-hidden="true" focusable="false" style={style}>
      <use href={`#sign-${SHAPES[name] ?? name}`} />
    </svg>
  );
}

export function Icon({ name, size = 18, className }: { readonly name: IconName; readonly size?: number; readonly className?: string }) {
  return (
    <svg className={`${styles.icon} ${className ?? ''}`} width={size} height={size} aria-hidden="true" focusable="false">
      <use href={`#icon-${name}`} />
    </svg>
  );
}

/** A ring that shows how far, with its words beside it. */
export function Ring({ percent, size = 16 }: { readonly percent: number; readonly size?: number }) {
  return <Sign name="working" size={size} percent={percent} />;
}
