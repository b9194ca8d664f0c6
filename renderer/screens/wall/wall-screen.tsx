import { useEffect, useRef, useState, type CSSProperties } from 'react';
import { connection } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import { router } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { useSize } from '../../model/use-size.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyPanel } from '../../parts/card.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import { LostBar, RefusedBar } from '../frame/lost-bar.tsx';
import { WallHead } from './wall-head.tsx';
import { wallPage, wallShape } from './wall-shape.ts';
import { WallTile } from './wall-tile.tsx';
import styles from './wall.module.css';

const TURN_MS = 12_000;

/** The bench readable from afar: no controls, number, silhouette, one word. */
export function WallScreen() {
  const t = useText('wall');
  const macs = useSignal(bench.macs);
  const info = useSignal(bench.info);
  const state = useSignal(connection.state);
  const frame = useRef<HTMLElement>(null);
  const size = useSize(frame);
  const [turn, setTurn] = useState(0);
  const enrolled = macs.filter((mac) => bench.phone(mac)?.enrolled);
  const { shown, page, pages } = wallPage(enrolled, (mac) => bench.phone(mac)?.face === 'attention', turn);
  const shape = wallShape(shown.length, size?.width ?? 1408, size?.height ?? 740);
  useEffect(() => {
    if (pages === 1) return undefined;
    const timer = setInterval(() => setTurn((before) => before + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [pages]);
  return (
    <div className={styles.wall}>
      {state.kind === 'lost' ? <LostBar state={state} /> : state.kind === 'refused' ? <RefusedBar /> : <WallHead />}
      <main ref={frame} className={shape.compact ? styles.compact : ''} style={{ minHeight: 0, minWidth: 0 }} aria-label={t('title')} tabIndex={-1}>
        <h1 className="visually-hidden">{t('title')}</h1>
        {shown.length === 0 ? (
          <div className={styles.empty}><EmptyPanel boxed sign="expected" title={t('none')}><p>{t('none.text')}</p></EmptyPanel></div>
        ) : (
          <ul className={styles.grid} style={{ height: '100%', '--columns': shape.columns, '--rows': shape.rows, '--scale': shape.scale } as CSSProperties}>
            {shown.map((mac) => <WallTile key={mac} mac={mac} compact={shape.compact} />)}
          </ul>
        )}
      </main>
      <footer className={styles.foot}>
        <b>{info?.name}</b>
        <span className={styles.middle}><Sign name="writing" size={24} percent={70} />{t('writing')}</span>
        {pages > 1 ? <span>{t('page', { page, pages })}</span> : null}
      </footer>
      <div className={styles.leave}><Button onClick={() => router.back()} shortcut="Esc">{t('leave')}</Button></div>
    </div>
  );
}
