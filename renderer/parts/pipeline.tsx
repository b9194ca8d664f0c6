import type { PhoneView, StageMark } from '../../common/contract/views/phone.ts';
import { stageRank } from '../../common/values/stage.ts';
import { formatSeconds } from '../text/format.ts';
import { useFormat } from '../text/use-format.ts';
import { useText } from '../text/i18n.ts';
import styles from './pipeline.module.css';
import { Sign, type SignName } from './sign.tsx';
import { barsOf, type Way } from './stages.ts';

const BARS = { full: styles.full, current: styles.current, 'to-come': undefined, broken: styles.broken, hollow: styles.hollow };

/** Eight bars, one for each stage. Decoration: the words beside it say the same. `--part` moves the current bar. */
export function PipelineBars({ phone, className }: { readonly phone: Way; readonly className?: string | undefined }) {
  const tone = phone.face === 'done' ? styles.done : phone.face === 'attention' ? styles.attention : phone.face === 'silent' ? styles.silent : '';
  return (
    <span className={`${styles.bars} ${tone} ${className ?? ''}`} aria-hidden="true">
      {barsOf(phone).map((bar, index) => (
        <i key={index} className={BARS[bar]} />
      ))}
    </span>
  );
}

/** The whole way with times and line counts, as the phone's page shows it. */
export function PipelineSteps({ phone, stages }: { readonly phone: PhoneView; readonly stages: readonly StageMark[] }) {
  const t = useText('phone');
  const words = useText('common');
  const format = useFormat();
  const bars = barsOf(phone);
  return (
    <ol className={styles.steps} aria-label={t('pipeline')}>
      {stages.map((mark) => {
        const bar = bars[stageRank(mark.stage)];
        const failed = bar === 'broken';
        const reached = mark.at !== null && !failed;
        // A stage without evidence is skipped; the line goes on through it.
        const passed = stageRank(mark.stage) <= stageRank(phone.stage);
        const moving = bar === 'current' && phone.moving !== null;
        const sign: SignName = failed ? 'attention' : reached ? 'done' : moving ? 'writing' : bar === 'current' ? 'working' : 'off';
        return (
          <li key={mark.stage} className={`${styles.step} ${passed ? styles.passed : ''} ${failed ? styles.failed : reached ? styles.reached : moving ? styles.moving : ''}`}>
            <span className={styles.mark}>
              <Sign name={sign} size={sign === 'off' ? 18 : 22} percent={moving ? (phone.moving?.percent ?? 0) : 25} />
            </span>
            <b>{words(`stage.${mark.stage}`)}</b>
            <span className={`${styles.small} mono`}>
              {mark.at === null ? <><span className="visually-hidden">{t('not-reached')}</span><span aria-hidden="true">–</span></> : formatSeconds(mark.at)}
            </span>
            <span className={styles.small}>
              {moving && phone.moving?.percent != null ? format.percent(phone.moving.percent) : mark.lines > 0 ? t('lines', { count: mark.lines }) : ''}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
