import { UnstyledButton } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { Counts } from '../../common/contract/views/bench.ts';
import { isAtLeast, STAGES, type Stage } from '../../common/values/stage.ts';
import { useFormat } from '../text/use-format.ts';
import { useText } from '../text/i18n.ts';
import { Sign } from './sign.tsx';
import styles from './stage-strip.module.css';

export type StageFilter = Stage | 'all' | 'attention' | 'strangers';

/** Count for each stage; each cell is a filter. The one that needs a hand is always last. */
export function StageStrip({ counts, doneStage, value, onChange }: {
  readonly counts: Counts;
  readonly doneStage: Stage;
  readonly value: StageFilter;
  readonly onChange: (filter: StageFilter) => void;
}) {
  const t = useText('bench');
  const common = useText('common');
  const format = useFormat();
  const cells: readonly StageFilter[] = ['all', ...STAGES, ...(counts.strangers > 0 ? (['strangers'] as const) : []), 'attention'];
  const most = Math.max(1, ...STAGES.map((stage) => counts[stage]));
  return (
    <div role="group" aria-label={t('strip.label')} className={styles.strip}>
      {cells.map((cell) => {
        const stage = STAGES.find((each) => each === cell);
        const count = counts[cell];
        const tone = cell === 'attention' ? styles.attention : stage && isAtLeast(stage, doneStage) ? styles.done : '';
        const name = stage ? common(`stage.${stage}`) : cell === 'all' ? t('strip.all') : cell === 'strangers' ? t('strip.strangers') : t('strip.attention');
        const share = { '--share': stage ? count / most : 0 } as CSSProperties;
        return (
          <UnstyledButton
            key={cell}
            className={`${styles.cell} ${tone} ${count === 0 && cell !== 'all' ? styles.zero : ''}`}
            aria-pressed={cell === value}
            onClick={() => onChange(cell === value ? 'all' : cell)}
          >
            <b>
              {cell === 'attention' && count > 0 ? <Sign name="attention" size={17} /> : null}
              {format.count(count)}
            </b>
            <span>{name}</span>
            {stage && cell !== value && count > 0 ? <i className={styles.bar} style={share} /> : null}
          </UnstyledButton>
        );
      })}
    </div>
  );
}
