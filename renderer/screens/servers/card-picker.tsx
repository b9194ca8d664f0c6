import { useId, useState, type SyntheticEvent } from 'react';
import type { CardView, ServersView } from '../../../common/contract/views/servers.ts';
import { host } from '../../api/host.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { EmptyPanel } from '../../parts/card.tsx';
import { bench } from '../../model/bench.ts';
import { useSignal } from '../../model/signal.ts';
import { Icon, type IconName } from '../../parts/sign.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import styles from './card-picker.module.css';
import { Failure } from '../../parts/failure.tsx';
import { useFreshCards, useServerCall } from './use-servers.ts';

const ICONS: Readonly<Record<CardView['kind'], IconName>> = { cable: 'card', other: 'card', wifi: 'wifi', vpn: 'vpn', virtual: 'virtual', loopback: 'virtual' };

/**
 * Radio rows, one for each card. Choosing changes nothing yet: the button below says what it will do, because moving the
 * bench to another card restarts every server.
 */
export function CardPicker({ view, roomy = false, onPicked }: { readonly view: ServersView; readonly roomy?: boolean; readonly onPicked?: () => void }) {
  const t = useText('servers');
  const name = useId();
  const { act, busy, failure, clear } = useServerCall();
  const [wanted, setWanted] = useState<string | null>(null);
  useFreshCards();
  // A demo has a bench of its own on loopback: it is never moved onto a network.
  const demo = useSignal(bench.info)?.demo === true;
  const standing = demo ? null : (view.picked ?? view.cards.find((card) => card.verdict === 'recommended')?.name ?? null);
  const chosen = view.cards.find((card) => card.name === (wanted ?? standing));
  if (view.cards.length === 0) {
    return (
      <EmptyPanel icon="card" title={t('card.none')}>
        <p>{t('card.none.text')}</p>
      </EmptyPanel>
    );
  }
  const take = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!chosen || busy) return;
    if (chosen.address === null) void act(() => host.servers.giveAddress({ name: chosen.name }));
    else {
      void act(() => host.servers.pickCard({ name: chosen.name })).then((now) => {
        if (!now) return;
        setWanted(null);
        onPicked?.();
      });
    }
  };
  return (
    <form onSubmit={take}>
      <div role="radiogroup" aria-label={t('card.label')} className={`${styles.rows} ${roomy ? styles.roomy : ''}`}>
        {view.cards.map((card) => (
          <CardRow key={card.name} card={card} group={name} on={card === chosen} usable={!demo && (card.verdict !== 'unusable' || card.picked)} roomy={roomy} onChoose={() => { clear(); setWanted(card.name); }} />
        ))}
      </div>
      {demo ? <p className={styles.demo}>{t('card.demo')}</p> : chosen && (!chosen.picked || busy) ? (
        <div className={styles.act}>
          <Button submit kind="primary" size={roomy ? 'large' : 'middle'} shortcut={roomy ? 'Enter' : undefined} working={busy}>
            {chosen.address === null ? t('card.give') : t('card.use', { card: chosen.name })}
          </Button>
          <p className={styles.hint}>
            {chosen.address === null ? t('card.give.hint') : chosen.verdict === 'office' ? t('card.office.hint') : view.picked === null ? t('card.use.hint') : t('card.move.hint', { card: chosen.name })}
          </p>
        </div>
      ) : null}
      {failure ? <div className={styles.failed}><Failure text={failure} /></div> : null}
    </form>
  );
}

function CardRow({ card, group, on, usable, roomy, onChoose }: {
  readonly card: CardView;
  readonly group: string;
  readonly on: boolean;
  readonly usable: boolean;
  readonly roomy: boolean;
  readonly onChoose: () => void;
}) {
  const t = useText('servers');
  const say = useSentence();
  const reason = say(card.reason);
  const link = linkWords(card, t);
  const tone = card.picked || card.verdict === 'recommended' ? 'ok' : 'quiet';
  return (
    <label className={`${styles.row} ${on ? styles.on : ''} ${usable ? '' : styles.unusable}`}>
      <input type="radio" name={group} checked={on} disabled={!usable} onChange={onChoose} />
      <Icon name={ICONS[card.kind]} size={18} />
      <span className={styles.name}>
        <b>{card.name}</b>
        <span className={card.address === null ? styles.bare : 'mono'}>{card.address === null ? t('card.no-address') : card.prefix === null ? card.address : `${card.address}/${card.prefix}`}</span>
      </span>
      {roomy ? null : <span className={styles.link}>{link}</span>}
      <span className={styles.reason}>{reason === link && !roomy ? '' : reason}</span>
      <Badge tone={tone}>{t(card.picked ? 'verdict.picked' : `verdict.${card.verdict}`)}</Badge>
    </label>
  );
}

function linkWords(card: CardView, t: ReturnType<typeof useText<'servers'>>): string {
  if (card.kind !== 'cable' && card.kind !== 'other') return t(`card.kind.${card.kind}`);
  if (!card.linkUp) return t('card.link-down');
  if (card.speed === null) return t('card.link-up.plain');
  return t('card.link-up', { speed: card.speed >= 1000 ? `${card.speed / 1000}\u202fGb/s` : `${card.speed}\u202fMb/s` });
}
