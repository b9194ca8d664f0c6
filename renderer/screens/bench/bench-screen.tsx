import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Mac } from '../../../common/values/mac.ts';
import { bench } from '../../model/bench.ts';
import { useKeys } from '../../model/keys.ts';
import { router } from '../../model/router.ts';
import { ALL } from '../../model/shown-list.ts';
import { benchLayout, focusedPhone, shown } from '../../model/shown.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyPanel } from '../../parts/card.tsx';
import dialog from '../../parts/dialog.module.css';
import { StageStrip } from '../../parts/stage-strip.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import { FirstRunScreen } from '../first-run/first-run-screen.tsx';
import { BenchHead } from './bench-head.tsx';
import styles from './bench.module.css';
import { PhoneTable } from './phone-table.tsx';
import { TileGrid } from './tile-grid.tsx';
import { Worklist } from './worklist.tsx';

/** Every phone at a glance, and what to do next. Without an enrolled phone it is the first run, which names strangers too. */
export function BenchScreen() {
  const none = useSyncExternalStore(bench.counts.subscribe, () => (bench.counts.get()?.all ?? 0) === 0);
  return none ? <FirstRunScreen /> : <FullBench />;
}

function FullBench() {
  const macs = useSignal(shown.macs);
  const layout = useSignal(benchLayout);
  const wide = useMediaQuery('(min-width: 1280px)', true, { getInitialValueInEffect: false });
  const [drawer, setDrawer] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const reveal = useRef<(mac: Mac) => void>(() => undefined);
  const control = useCallback((way: (mac: Mac) => void) => {
    reveal.current = way;
  }, []);

  useKeys({
    '/': () => search.current?.focus(),
    v: () => benchLayout.set(benchLayout.get() === 'tiles' ? 'table' : 'tiles'),
    n: () => (wide ? needsNext(1) : setDrawer(true)),
    'shift+N': () => needsNext(-1),
    Escape: () => clearFilter(),
  });

  useKeys({ Escape: () => setDrawer(false), n: () => needsNext(1), 'shift+N': () => needsNext(-1) }, { active: drawer, dialog: true });

  function needsNext(step: 1 | -1): void {
    setDrawer(false);
    const next = nextNeeding(macs, step);
    if (next) reveal.current(next);
  }

  // Coming back from a phone's page finds the keyboard where it was.
  useEffect(() => {
    const before = focusedPhone.get();
    if (before === null || document.activeElement?.closest('nav')) return undefined;
    const frame = requestAnimationFrame(() => reveal.current(before as Mac));
    return () => cancelAnimationFrame(frame);
  }, []);

  return (
    <div className={`${styles.bench} ${wide ? '' : styles.alone}`}>
      <div className={styles.side}>
        <BenchHead search={search} />
        <Strip />
        <Shown count={macs.length} narrow={!wide} onWork={() => setDrawer(true)} />
        {macs.length === 0 ? <NoneShown /> : layout === 'tiles' ? <TileGrid macs={macs} onOpen={openPhone} control={control} /> : <PhoneTable macs={macs} onOpen={openPhone} control={control} />}
      </div>
      {wide ? (
        <Worklist onOpen={openPhone} />
      ) : (
        <WorklistDrawer opened={drawer} onClose={() => setDrawer(false)} />
      )}
    </div>
  );
}

function WorklistDrawer({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useText('bench');
  const common = useText('common');
  if (!opened) return null;
  return (
    <Drawer.Root opened closeOnEscape={false} onClose={onClose} position="right" size={320}>
      <Drawer.Overlay className={dialog.overlay} />
      <Drawer.Content className={dialog.content}>
        <div className={dialog.header}>
          <Drawer.Title className={styles.drawerTitle}>{t('work.label')}</Drawer.Title>
          <Drawer.CloseButton aria-label={common('close')} />
        </div>
        <Worklist landmark={false} onOpen={openPhone} />
      </Drawer.Content>
    </Drawer.Root>
  );
}

function openPhone(mac: Mac): void {
  focusedPhone.set(mac);
  router.go({ name: 'phone', mac });
}

function clearFilter(): void {
  const { order, direction } = shown.wish.get();
  shown.wish.set({ ...ALL, order, direction });
}

/** The next phone of the list that needs a hand, from where the keyboard is, around the end. */
function nextNeeding(macs: readonly Mac[], step: 1 | -1): Mac | null {
  const from = macs.findIndex((mac) => mac === focusedPhone.get());
  for (let far = 1; far <= macs.length; far += 1) {
    const mac = macs[(((from < 0 && step < 0 ? 0 : from) + step * far) % macs.length + macs.length) % macs.length];
    if (mac !== undefined && bench.phone(mac)?.face === 'attention') return mac;
  }
  return null;
}

function Strip() {
  const counts = useSignal(bench.counts);
  const info = useSignal(bench.info);
  const wish = useSignal(shown.wish);
  if (!counts || !info) return null;
  return <StageStrip counts={counts} doneStage={info.doneStage} value={wish.filter} onChange={(filter) => shown.change({ filter, only: null })} />;
}

/** "48 phones, 3 shown" with the way back, and on small windows the way to the worklist. */
function Shown({ count, narrow, onWork }: { readonly count: number; readonly narrow: boolean; readonly onWork: () => void }) {
  const t = useText('bench');
  const format = useFormat();
  const wish = useSignal(shown.wish);
  const counts = useSignal(bench.counts);
  const filtered = wish.filter !== 'all' || wish.text !== '' || wish.only !== null;
  if (!filtered && !narrow) return null;
  return (
    <div className={styles.shown}>
      {filtered ? (
        <>
          <span role="status">{t('shown', { count, all: format.count(counts?.all ?? 0) })}</span>
          <Button size="small" onClick={clearFilter} shortcut="Esc">{t('clear')}</Button>
        </>
      ) : null}
      {narrow ? <span style={{ marginLeft: 'auto' }}><Button size="small" onClick={onWork} shortcut="N">{t('work.button', { count: format.count(counts?.attention ?? 0) })}</Button></span> : null}
    </div>
  );
}

function NoneShown() {
  const t = useText('bench');
  const wish = useSignal(shown.wish);
  const counts = useSignal(bench.counts);
  return (
    <div className={styles.empty}>
      <EmptyPanel boxed sign="off" title={wish.text === '' ? t('none-here') : t('none-match', { text: wish.text })} actions={<Button onClick={clearFilter} shortcut="Esc">{t('clear-filter')}</Button>}>
        <p>{t('none-match.text', { count: counts?.all ?? 0 })}</p>
      </EmptyPanel>
    </div>
  );
}
