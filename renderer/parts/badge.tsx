import type { ReactNode } from 'react';
import { formatNumber } from '../text/format.ts';
import styles from './badge.module.css';

export type Tone = 'quiet' | 'ok' | 'moving' | 'attention';

export function Badge({ tone = 'quiet', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`${styles.badge} ${tone === 'quiet' ? '' : styles[tone]}`}>{children}</span>;
}

/** Which protocol a row speaks. */
export function ProtocolBadge({ children }: { readonly children: ReactNode }) {
  return <span className={styles.protocol}>{children}</span>;
}

/** A phone's number; a stranger has a dash. */
export function NumberBadge({ number, tone = 'quiet', small = false }: { readonly number: number | null; readonly tone?: 'quiet' | 'attention'; readonly small?: boolean }) {
  return (
    <span className={`${styles.number} ${tone === 'attention' ? styles.attention : ''} ${small ? styles.smallNumber : ''}`}>{formatNumber(number)}</span>
  );
}

/** Links a sentence of the cause card with its rows of the timeline. */
export function EvidenceBadge({ number, label }: { readonly number: number; readonly label: string }) {
  return (
    <span className={styles.evidence}>
      <span className="visually-hidden">{label}</span>
      <span aria-hidden="true">{number}</span>
    </span>
  );
}
