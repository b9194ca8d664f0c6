import type { ServersView } from '../../../common/contract/views/servers.ts';
import { host } from '../../api/host.ts';
import { useHostClock } from '../../model/clock.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Icon, Ring, Sign } from '../../parts/sign.tsx';
import { formatTime } from '../../text/format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { DhcpPolicyPart } from './dhcp-policy.tsx';
import styles from './dhcp-safety.module.css';
import { Failure } from '../../parts/failure.tsx';
import { isUp } from './server-words.ts';
import { useServerCall } from './use-servers.ts';

interface Part {
  readonly view: ServersView;
}

/** Whether it is safe to answer, who is answered, until when, from which addresses, and what they are told. */
export function DhcpSafetyCard({ view }: Part) {
  const t = useText('servers');
  return (
    <Card icon="shield" title={t('dhcp.title')} aside={<Verdict view={view} />}>
      <ProbePart view={view} />
      <DhcpPolicyPart view={view} />
      <TimerPart view={view} />
      <PoolPart view={view} />
      <ToldPart view={view} />
    </Card>
  );
}

/** Another server answers, or silence cannot be heard: said first, in red, with the one button that helps. */
export function DhcpTrouble({ view }: Part) {
  const t = useText('servers');
  const say = useSentence();
  const { act, busy, failure } = useServerCall();
  const { probe, others } = view.dhcp;
  if (probe !== 'conflict' && probe !== 'deaf') return null;
  const conflict = probe === 'conflict';
  return (
    <Card tone="attention" sign="attention" title={conflict ? t('conflict.title', { count: others.length, others: others.join(', ') }) : t('deaf.title')}>
      <div className={styles.trouble}>
        <p>{conflict ? t('conflict.text') : say('dhcp.deaf')}</p>
        {failure ? <Failure text={failure} /> : null}
        <Button kind="primary" icon="resync" working={busy} onClick={() => void act(() => host.servers.dhcpCheck())}>{t('check-again')}</Button>
      </div>
    </Card>
  );
}

function Verdict({ view }: Part) {
  const t = useText('servers');
  const { probe } = view.dhcp;
  const up = isDhcpUp(view);
  if (probe === 'conflict' || probe === 'deaf') return <Badge tone="attention">{t('dhcp.stopped')}</Badge>;
  if (probe === 'listening') return <Badge tone="moving">{t('dhcp.listening')}</Badge>;
  if (!up) return <Badge>{t('dhcp.off')}</Badge>;
  return <Badge tone="ok"><Sign name="on" size={11} />{t(view.picked === null ? 'dhcp.demo' : 'dhcp.safe')}</Badge>;
}

/** Three questions over 5 s (design §11.5). */
const PROBE_MS = 5000;

/** What the probe found, or how far it is. */
export function ProbePart({ view }: Part) {
  const t = useText('servers');
  const { probe } = view.dhcp;
  const up = isDhcpUp(view);
  if (probe === 'listening') return <Listening endsAt={view.dhcp.probeEndsAt} />;
  if (probe === 'quiet') return <Row sign="done" title={t('probe.quiet')} text={t(up ? 'probe.quiet.text' : 'probe.quiet.off')} />;
  // The red card above says it already, with the button that helps.
  if (probe === 'conflict' || probe === 'deaf') return null;
  return up ? <Row sign="done" title={t('probe.demo')} text={t('probe.demo.text')} /> : <Row sign="off" title={t('probe.idle')} text={t('probe.idle.text')} />;
}

/** A ring that counts; it stands where the verdict will stand. */
function Listening({ endsAt }: { readonly endsAt: number | null }) {
  const t = useText('servers');
  const format = useFormat();
  const now = useHostClock();
  const left = endsAt === null ? PROBE_MS : Math.min(PROBE_MS, Math.max(0, endsAt - now));
  return (
    <div className={styles.part} role="status">
      <Ring size={22} percent={((PROBE_MS - left) / PROBE_MS) * 100} />
      <div>
        <b>{t('probe.listening', { time: format.duration(left) })}</b>
        <p>{t('probe.listening.text')}</p>
      </div>
    </div>
  );
}

function TimerPart({ view }: Part) {
  const t = useText('servers');
  const say = useSentence();
  const format = useFormat();
  const now = useHostClock();
  const { act, busy, failure } = useServerCall();
  const { stopsAt } = view.dhcp;
  const status = view.servers.find((server) => server.name === 'dhcp');
  const up = isDhcpUp(view);
  const starting = status?.state === 'starting';
  if (!up && !starting) {
    const told = view.dhcp.probe === 'conflict' || view.dhcp.probe === 'deaf';
    const why = status?.error && !told ? say(status.error.code, status.error.params) : t('timer.off.text');
    return (
      <div className={styles.part}>
        <Icon name="clock" size={22} />
        <div>
          <b>{t('timer.off')}</b>
          <p>{why}</p>
          <div className={styles.acts}>
            <Button size="small" working={busy} cannot={view.picked === null ? say('dhcp.no-card') : null} onClick={() => void act(() => host.servers.start({ server: 'dhcp' }))}>{t('timer.start')}</Button>
          </div>
          {failure ? <Failure text={failure} /> : null}
        </div>
      </div>
    );
  }
  const minutesLeft = stopsAt === null ? 0 : Math.max(0, Math.ceil((stopsAt - now) / 60_000));
  return (
    <div className={styles.part}>
      <Icon name="clock" size={22} />
      <div>
        <b>{stopsAt === null ? t('timer.never') : t('timer.stops', { time: format.duration(stopsAt - now) })}</b>
        <p>{stopsAt === null ? t('timer.never.text') : t('timer.at', { time: formatTime(stopsAt) })}</p>
        <div className={styles.acts}>
          <Button size="small" label={stopsAt === null ? undefined : t('timer.more.label')} working={busy} onClick={() => void act(() => host.servers.dhcpStopAfter({ minutes: minutesLeft + 60 }))}>
            {t(stopsAt === null ? 'timer.set' : 'timer.more')}
          </Button>
          <Button size="small" shortcut="Ctrl ." onClick={() => void act(() => host.servers.stop({ server: 'dhcp' }))}>{t('timer.now')}</Button>
        </div>
        {failure ? <Failure text={failure} /> : null}
      </div>
    </div>
  );
}

function PoolPart({ view }: Part) {
  const t = useText('servers');
  const format = useFormat();
  const { pool } = view.dhcp;
  if (!pool) return null;
  const share = pool.size === 0 ? 0 : pool.used / pool.size;
  const used = t('pool.used', { used: format.count(pool.used), free: format.count(Math.max(0, pool.size - pool.used)) });
  return (
    <div className={styles.pool}>
      <div className={styles.ends}>
        <b className="mono">{pool.from} – {shortEnd(pool.from, pool.to)}</b>
        <span>{used}</span>
      </div>
      <div className={styles.bar} role="meter" aria-label={t('pool.label')} aria-valuemin={0} aria-valuemax={pool.size} aria-valuenow={pool.used} aria-valuetext={used}>
        <i style={{ transform: `scaleX(${share})` }} className={share >= 1 ? styles.full : ''} />
      </div>
    </div>
  );
}

function ToldPart({ view }: Part) {
  const t = useText('servers');
  if (view.dhcp.told.length === 0) return null;
  return (
    <div className={styles.told}>
      <h3>{t('told.title')}</h3>
      <dl>
        {view.dhcp.told.map(({ option, value }) => (
          <div key={option}>
            <dt>{/^\d/.test(option) ? <><span className="visually-hidden">{t('told.option', { option })}</span><span aria-hidden="true">{option}</span></> : option}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Row({ sign, title, text }: { readonly sign: 'done' | 'off'; readonly title: string; readonly text?: string }) {
  return (
    <div className={styles.part}>
      <Sign name={sign} size={22} />
      <div>
        <b>{title}</b>
        {text ? <p>{text}</p> : null}
      </div>
    </div>
  );
}

/** `10.20.0.101 – 200`: the end without what it shares with the start. */
export function shortEnd(from: string, to: string): string {
  const prefix = from.slice(0, from.lastIndexOf('.') + 1);
  return to.startsWith(prefix) ? to.slice(prefix.length) : to;
}

function isDhcpUp(view: ServersView): boolean {
  return isUp(view.servers.find((server) => server.name === 'dhcp')?.state ?? 'off');
}
