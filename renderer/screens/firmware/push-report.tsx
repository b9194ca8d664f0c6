import { macForEyes } from '../../../common/values/mac.ts';
import type { PushReport } from '../../../common/contract/views/wave.ts';
import { bench } from '../../model/bench.ts';
import { Signal, useSignal } from '../../model/signal.ts';
import { IconButton } from '../../parts/button.tsx';
import { Sign } from '../../parts/sign.tsx';
import { formatRanges } from '../../text/format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import styles from './firmware.module.css';

/** What the last push said, until it is put away. */
export const pushed = new Signal<{ readonly report: PushReport; readonly version: string } | null>(null);

/** Who goes, who is there already, and who stays out with the cause; the same cause of many is one line. */
export function PushReportPanel() {
  const t = useText('firmware');
  const say = useSentence();
  const last = useSignal(pushed);
  if (!last) return null;
  const { queued, there, out } = last.report;
  const causes = Map.groupBy(out, ({ problem }) => say(problem.code, problem.params));
  const parts = [t('pushed.queued', { count: queued.length }), ...(there.length > 0 ? [t('pushed.there', { count: there.length, version: last.version })] : []), ...(out.length > 0 ? [t('pushed.out', { count: out.length })] : [])];
  return (
    <section className={`${styles.report} ${out.length > 0 ? styles.trouble : ''}`} role="status" aria-label={t('pushed.label')}>
      <header>
        <Sign name={out.length > 0 ? 'attention' : 'done'} size={18} />
        <b>{parts.join(', ')}</b>
        <IconButton icon="close" size="small" label={t('pushed.close')} onClick={() => pushed.set(null)} />
      </header>
      {out.length > 0 ? (
        <ul>
          {[...causes].map(([cause, phones]) => {
            const numbers = formatRanges(phones.flatMap(({ mac }) => bench.phone(mac)?.number ?? []), 12);
            return <li key={cause}><b>{numbers.text === '' ? phones.map(({ mac }) => macForEyes(mac)).join(', ') : t('pushed.phones', { count: phones.length, numbers: numbers.text })}</b><p>{cause}</p></li>;
          })}
        </ul>
      ) : null}
    </section>
  );
}
