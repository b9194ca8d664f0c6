import { useEffect, useRef, useState, type DragEvent } from 'react';
import type { FirmwareFile } from '../../../common/values/firmware.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { useWaves } from '../../api/waves.ts';
import { bench } from '../../model/bench.ts';
import { useKeys } from '../../model/keys.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { Page } from '../../parts/page.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import { AddDialog, dropped } from './add-dialog.tsx';
import { addDropped, added, dialogAsked, onTheWay } from './adding.ts';
import { CatalogueCard } from './catalogue-card.tsx';
import styles from './firmware.module.css';
import { likelyTarget } from './firmware-words.ts';
import { PlanCard } from './plan-card.tsx';
import { useFirmware } from './use-firmware.ts';
import { chooseTarget, choice, suggestTarget } from './use-plan.ts';
import { WaveCard } from './wave-card.tsx';

/** The loads that lie here, the way of the phones to one of them, and the wave that leads them there. */
export function FirmwareScreen() {
  const t = useText('firmware');
  const format = useFormat();
  useWaves();
  const { view, refresh } = useFirmware();
  const { run, busy, failure } = useCall();
  const asked = useSignal(dialogAsked);
  const report = useSignal(added);
  const coming = useSignal(onTheWay) !== null;
  const [over, setOver] = useState(false);
  const [verified, setVerified] = useState<readonly FirmwareFile[] | null>(null);
  const reading = useRef<AbortController | null>(null);
  const loads = view?.loads ?? [];
  useKeys({ a: () => dialogAsked.set(true) }, { active: !asked });
  useEffect(() => () => reading.current?.abort(), []);
  // What was just added shows at once. Loads come one after the other: the target follows them until somebody chooses.
  const suggestedOf = useRef('');
  useEffect(() => void refresh(), [report, refresh]);
  const wish = useSignal(choice);
  const macs = useSignal(bench.macs);
  useEffect(() => {
    if (view === undefined) return;
    const complete = view.loads.filter((load) => load.complete).map(({ name }) => name).join();
    const stands = wish.target !== null && view.loads.some(({ name }) => name === wish.target);
    if (stands && (wish.touched || complete === suggestedOf.current)) return;
    suggestedOf.current = complete;
    suggestTarget(likelyTarget(view.loads, bench.all()));
  }, [view, wish, macs]);
  const verify = () => {
    if (busy) return;
    const { signal } = (reading.current = new AbortController());
    setVerified(null);
    void run(() => host.firmware.verify(undefined, { signal })).then((files) => {
      if (files) setVerified(files);
      return refresh();
    });
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void addDropped(dropped(event)).then((taken) => {
      if (!taken) showToast(t('add.busy'), { tone: 'attention' });
    });
  };
  return (
    <Page
      title={t('title')}
      lead={view ? t('lead', { count: loads.length, size: format.size(view.bytes) }) : undefined}
      actions={
        <>
          {failure ? <Failure text={failure} /> : null}
          <Button icon="plus" shortcut="A" cannot={coming ? t('add.busy') : null} onClick={() => dialogAsked.set(true)}>{t('add')}</Button>
          <Button icon="check" working={busy} cannot={loads.length === 0 && view?.loose.length === 0 ? t('verify.none') : null} onClick={verify}>{t('verify')}</Button>
        </>
      }
    >
      <div className={`${styles.grid} ${over ? styles.over : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); }} onDrop={onDrop}>
        <CatalogueCard view={view} verified={verified} onAdd={() => dialogAsked.set(true)} onTarget={chooseTarget} onChanged={() => void refresh()} />
        <div className={styles.right}>
          <PlanCard loads={loads} />
          <WaveCard />
        </div>
      </div>
      {asked ? <AddDialog onClose={() => dialogAsked.set(false)} /> : null}
    </Page>
  );
}
