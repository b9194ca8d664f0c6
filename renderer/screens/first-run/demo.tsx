import { useEffect, useState } from 'react';
import type { DemoStatus } from '../../../common/contract/views/workspace.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';
import { useKeys } from '../../model/keys.ts';
import { router } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './first-run.module.css';

const PHONES = 6;

/** The way in without a phone. The host moves this window to the demo's own bench; the page reconnects by itself. */
export function DemoCard() {
  const t = useText('firstRun');
  const { run, busy, failure } = useCall();
  const info = useSignal(bench.info);
  const runs = info?.demo === true;
  const start = () => {
    if (busy || runs) return;
    void run(() => host.demo.start({ count: PHONES })).then((status) => status && router.go({ name: 'bench' }));
  };
  useKeys({ d: start });
  return (
    <Card icon="play" title={t(runs ? 'demo.runs' : 'demo.title')}>
      <div className={styles.demo}>
        <p>{t(runs ? 'demo.runs.text' : 'demo.text')}</p>
        {runs ? null : (
          <>
            <Button size="large" shortcut="D" working={busy} onClick={start}>{t('demo.start')}</Button>
            <p className={styles.fine}>{t('demo.note')}</p>
          </>
        )}
        {failure ? <Failure text={failure} /> : null}
      </div>
    </Card>
  );
}

/** In the frame while a demo runs, so that nobody takes a virtual phone for a real one. */
export function DemoMark() {
  const t = useText('firstRun');
  const { run, busy, failure } = useCall();
  const info = useSignal(bench.info);
  const [status, setStatus] = useState<DemoStatus | null>(null);
  const demo = info?.demo === true;
  useEffect(() => {
    let gone = false;
    if (demo) host.demo.status().then((value) => { if (!gone) setStatus(value); }, () => undefined);
    else setStatus(null);
    return () => { gone = true; };
  }, [demo]);
  if (!demo) return null;
  return (
    <div className={styles.demoMark}>
      <Badge tone="moving">{t('demo.mark')}</Badge>
      {status?.ends ? <Button size="small" working={busy} onClick={() => void run(() => host.demo.stop())}>{t('demo.end')}</Button> : null}
      {failure ? <Failure text={failure} /> : null}
    </div>
  );
}
