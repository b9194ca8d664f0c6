import { memo, useEffect, useRef } from 'react';
import type { Mac } from '../../../common/values/mac.ts';
import { bench, usePhone } from '../../model/bench.ts';
import { causeWords, percentWords, stateWords, tileLabel } from '../../parts/phone-words.ts';
import { PipelineBars } from '../../parts/pipeline.tsx';
import { Sign } from '../../parts/sign.tsx';
import { followProgress, progressOf } from '../../parts/tile.tsx';
import { useWords } from '../../parts/use-words.ts';
import { formatNumber } from '../../text/format.ts';
import styles from './wall.module.css';

export const WallTile = memo(function WallTile({ mac, compact }: { readonly mac: Mac; readonly compact: boolean }) {
  const phone = usePhone(mac);
  const words = useWords();
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const tile = ref.current;
    if (!tile) return undefined;
    return followProgress(tile, mac, (now) => {
      const percent = tile.querySelector('[data-percent]');
      if (percent) percent.textContent = percentWords(now, words.language);
      const label = tile.querySelector('[data-label]');
      if (label) label.textContent = tileLabel(now, bench.hostNow(), words);
    });
  }, [mac, words]);
  if (!phone) return null;
  const word = phone.face === 'attention' && phone.attention ? causeWords(phone.attention, 'wall', words) : stateWords(phone, words);
  return (
    <li ref={ref} className={`${styles.tile} ${styles[phone.face] ?? ''}`} style={progressOf(phone)}>
      <span className="visually-hidden" data-label>{tileLabel(phone, bench.hostNow(), words)}</span>
      <div className={styles.top} aria-hidden="true">
        <span className={styles.number}>{formatNumber(phone.number)}</span>
        <Sign name={phone.face} size={compact ? 26 : 44} />
      </div>
      {compact ? null : (
        <>
          <div className={styles.label} aria-hidden="true">
            <span>{word}</span>
            <span data-percent>{percentWords(phone, words.language)}</span>
          </div>
          <PipelineBars phone={phone} className={styles.bars} />
        </>
      )}
    </li>
  );
});
