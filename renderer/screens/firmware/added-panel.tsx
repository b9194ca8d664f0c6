import type { AddedFirmware } from '../../../common/values/firmware.ts';
import { useSignal } from '../../model/signal.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import { addFiles, added, onTheWay, stopAdding } from './adding.ts';
import styles from './firmware.module.css';

const VERDICTS = ['added', 'same', 'skipped', 'refused'] as const satisfies readonly AddedFirmware['verdict'][];

/** How far the file is that comes in now, and the way to stop it. */
export function OnTheWayPanel() {
  const t = useText('firmware');
  const format = useFormat();
  const moving = useSignal(onTheWay);
  if (!moving) return null;
  const percent = moving.total > 0 ? Math.floor((100 * moving.bytes) / moving.total) : 100;
  const sent = moving.bytes >= moving.total;
  return (
    <section className={styles.coming} aria-label={t('adding.label')}>
      <div className={styles.comingLine}>
        <b className="cut-off" title={moving.name}>{moving.name}</b>
        <span>{t('adding.of', { number: moving.number, of: moving.of })}</span>
      </div>
      <div className={styles.bar} role="progressbar" aria-label={moving.name} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
        <i style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      <div className={styles.comingLine}>
        <span>{sent ? t('adding.reading') : moving.bytes === 0 ? t('adding.begins') : t('adding.bytes', { done: format.size(moving.bytes), all: format.size(moving.total) })}</span>
        <Button size="small" icon="close" onClick={stopAdding}>{t('adding.stop')}</Button>
      </div>
    </section>
  );
}

/** What became of every file that was chosen: what was refused stands first, with its cause. */
export function AddedPanel() {
  const t = useText('firmware');
  const say = useSentence();
  const format = useFormat();
  const report = useSignal(added);
  if (!report) return null;
  const counts = VERDICTS.flatMap((verdict) => {
    const count = report.files.filter((file) => file.verdict === verdict).length;
    return count > 0 ? [t(`added.${verdict}`, { count })] : [];
  });
  const refused = report.files.filter(({ verdict }) => verdict === 'refused');
  const others = report.files.filter(({ verdict }) => verdict !== 'refused');
  return (
    <section className={`${styles.report} ${refused.length > 0 ? styles.trouble : ''}`} role="status" aria-label={t('added.label')}>
      <header>
        <Sign name={refused.length > 0 ? 'attention' : 'done'} size={18} />
        <b>{counts.length > 0 ? counts.join(', ') : t('added.nothing')}</b>
        <IconButton icon="close" size="small" label={t('added.close')} onClick={() => added.set(null)} />
      </header>
      <ul>
        {refused.map((file, index) => (
          <li key={`${file.name} ${index}`}>
            <span className="mono cut-off" title={file.name}>{file.name}</span>
            <p>{file.failure ? say(file.failure.code, file.failure.params) : ''}</p>
          </li>
        ))}
      </ul>
      {report.differing.length > 0 ? <Button size="small" onClick={() => void addFiles(report.differing, true)}>{t('added.replace', { count: report.differing.length })}</Button> : null}
      {others.length > 0 ? (
        <details>
          <summary>{t('added.all', { count: others.length })}</summary>
          <ul className={styles.plain}>
            {others.map((file, index) => (
              <li key={`${file.name} ${index}`}>
                <span className="mono cut-off" title={file.name}>{file.name}</span>
                <span>{t(`verdict.${file.verdict}`)}</span>
                <span className={styles.size}>{format.size(file.bytes)}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}
