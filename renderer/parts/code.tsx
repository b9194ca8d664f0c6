import { memo } from 'react';
import type { DiffLine } from '../model/line-diff.ts';
import { xmlTokens } from '../model/xml-tokens.ts';
import { useText } from '../text/i18n.ts';
import styles from './code.module.css';
import { Icon } from './sign.tsx';

/** Profile text with numbers, colours and, where it is compared, + and − in front. */
export const Code = memo(function Code({ lines, label }: { readonly lines: readonly DiffLine[]; readonly label: string }) {
  return (
    <div className={styles.code} role="region" aria-label={label} tabIndex={0}>
      {lines.map((line, index) => <CodeLine key={index} line={line} />)}
    </div>
  );
});

/** One line of it. */
export const CodeLine = memo(function CodeLine({ line }: { readonly line: DiffLine }) {
  const t = useText('phone');
  return (
    <div className={`${styles.line} ${line.kind === 'added' ? styles.added : line.kind === 'removed' ? styles.removed : ''}`}>
      <span className={styles.number} aria-hidden="true">{line.line ?? ''}</span>
      <span className={styles.sign}>{line.kind === 'added' ? '+' : line.kind === 'removed' ? '−' : ''}</span>
      <span className={styles.text}>
        {xmlTokens(line.text).map((token, at) =>
          token.kind === 'text' ? token.text : token.kind === 'secret' ? (
            <span key={at} className={styles.secret}><Icon name="lock" size={12} />{t('profile.secret')}</span>
          ) : (
            <span key={at} className={styles[token.kind]}>{token.text}</span>
          ),
        )}
      </span>
    </div>
  );
});
