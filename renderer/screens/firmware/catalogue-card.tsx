import { useMemo, useState } from 'react';
import type { FirmwareView } from '../../../common/contract/views/firmware.ts';
import type { FirmwareFile } from '../../../common/values/firmware.ts';
import { waves } from '../../model/wave-store.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import { AddedPanel, OnTheWayPanel } from './added-panel.tsx';
import styles from './firmware.module.css';
import { rolesOf } from './firmware-words.ts';
import { LoadItem } from './load-item.tsx';
import { RemoveDialog } from './remove-dialog.tsx';

/** Every load with its completeness, and what was or is being added. */
export function CatalogueCard({ view, verified, onAdd, onTarget, onChanged }: {
  readonly view: FirmwareView | undefined;
  /** Files that the last look at every byte found changed; null before one. */
  readonly verified: readonly FirmwareFile[] | null;
  readonly onAdd: () => void;
  readonly onTarget: (load: string) => void;
  readonly onChanged: () => void;
}) {
  const t = useText('firmware');
  const format = useFormat();
  const [open, setOpen] = useState<string | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const keys = useSignal(waves.keys);
  const heads = useSignal(waves.waves);
  useSignal(waves.shapes);
  const running = heads.some(({ state }) => state !== 'ended');
  const roles = rolesOf(running ? keys.flatMap((key) => waves.row(key)?.phone ?? []) : []);
  const loads = useMemo(() => view?.loads.toSorted((a, b) => a.family.localeCompare(b.family) || b.version.localeCompare(a.version, 'en', { numeric: true })), [view]);
  const progress = view?.progress;
  return (
    <Card
      className={styles.catalogue}
      title={t('catalogue.title')}
      aside={progress ? <span className={styles.reading}>{t('reading', { name: progress.name, percent: format.percent(progress.total > 0 ? (100 * progress.bytes) / progress.total : 0) })}</span> : null}
      foot={t('catalogue.foot')}
    >
      <div className={styles.scroll} tabIndex={-1}>
        <OnTheWayPanel />
        <AddedPanel />
        {verified ? <p className={styles.verified} role="status">{verified.length === 0 ? t('verified.all') : t('verified.changed', { count: verified.length, names: verified.map(({ name }) => name).join(', ') })}</p> : null}
        {loads === undefined ? <div className={styles.skeletons}>{[260, 220, 240].map((width) => <Skeleton key={width} width={width} height={34} />)}</div> : null}
        {loads?.length === 0 && view?.loose.length === 0 ? (
          <EmptyPanel icon="chip" title={t('empty.title')} actions={<Button kind="primary" icon="plus" onClick={onAdd}>{t('add')}</Button>}>
            <p>{t('empty.text')}</p>
            <p>{t('empty.sample')}</p>
          </EmptyPanel>
        ) : null}
        {loads && loads.length > 0 ? (
          <ul aria-label={t('catalogue.title')}>
            {loads.map((load) => (
              <LoadItem
                key={load.name}
                load={load}
                role={roles.get(load.name) ?? null}
                open={open === load.name}
                onOpen={() => setOpen(open === load.name ? null : load.name)}
                onAdd={onAdd}
                onTarget={() => onTarget(load.name)}
                onRemove={() => setRemoving(load.name)}
              />
            ))}
          </ul>
        ) : null}
        {view && view.loose.length > 0 ? (
          <section className={styles.loose} aria-label={t('loose.title')}>
            <h3>{t('loose.title')}</h3>
            <p>{t('loose.text')}</p>
            <ul>
              {view.loose.map((file) => (
                <li key={file.name}>
                  <span className="mono cut-off" title={file.name}>{file.name}</span>
                  <span className={styles.size}>{format.size(file.bytes)}</span>
                  <Button size="small" label={t('remove.label', { name: file.name })} onClick={() => setRemoving(file.name)}>{t('remove')}</Button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </div>
      {removing ? <RemoveDialog name={removing} onClose={() => setRemoving(null)} onRemoved={onChanged} /> : null}
    </Card>
  );
}
