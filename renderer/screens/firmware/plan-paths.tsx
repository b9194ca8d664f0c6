import type { FirmwareHop, FirmwarePath } from '../../../common/values/firmware.ts';
import { spokenName } from '../../../common/values/model.ts';
import { Sign } from '../../parts/sign.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import styles from './firmware.module.css';
import { aboutWords, versionWords } from './firmware-words.ts';

/** One row for each group of phones: what they run, the loads they go through, and why a way ends early. Nothing in it takes the focus, so it takes it itself to be scrolled. */
export function PlanPaths({ paths }: { readonly paths: readonly FirmwarePath[] }) {
  const t = useText('firmware');
  return (
    <ul className={styles.paths} tabIndex={0} aria-label={t('plan.paths')}>
      {together(paths).map((path) => <PathRow key={wayOf(path)} path={path} />)}
    </ul>
  );
}

/** Groups of several models that go the same way are one row; those with something to do or to mend stand first. */
function together(paths: readonly FirmwarePath[]): readonly FirmwarePath[] {
  return [...Map.groupBy(paths, wayOf).values()]
    .flatMap(([first, ...more]) => (first ? [{ ...first, models: [first, ...more].flatMap(({ models }) => models).toSorted(), phones: [first, ...more].flatMap(({ phones }) => phones) }] : []))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || b.phones.length - a.phones.length);
}

function wayOf({ from, hops, problem }: FirmwarePath): string {
  return [from ?? '?', ...hops.map(({ load, problem: why }) => `${load} ${why?.code ?? ''}`), problem?.code ?? '', problem ? JSON.stringify(problem.params) : ''].join(' | ');
}

function rankOf({ hops, problem }: FirmwarePath): number {
  return problem ? 1 : hops.length > 0 ? 0 : 2;
}

function PathRow({ path }: { readonly path: FirmwarePath }) {
  const t = useText('firmware');
  const say = useSentence();
  const format = useFormat();
  const bytes = path.hops.reduce((sum, hop) => sum + hop.bytes, 0);
  const stops = path.problem ?? path.hops.find(({ problem }) => problem !== null)?.problem ?? null;
  const about = aboutWords(path, t, format);
  const there = path.problem === null && path.hops.length === 0;
  return (
    <li className={styles.path}>
      <div className={styles.who}>
        <b>{path.models.length > 0 ? path.models.map((model) => spokenName(model)).join(' ') : t('plan.model-unknown')}</b>
        <span>{t('plan.phones', { count: path.phones.length })}</span>
      </div>
      <ol className={styles.steps}>
        <li className={`${styles.step} ${there ? styles.target : ''}`}>
          <b title={path.from ?? undefined}>{path.from === null ? '?' : versionWords(path.from)}</b>
          <span>{path.from === null ? t('plan.not-shown') : there ? t('plan.there') : t('plan.now')}</span>
        </li>
        {path.hops.map((hop) => <HopBox key={hop.load} hop={hop} stopped={path.problem !== null} timed={path.hops.length > 1} />)}
      </ol>
      <div className={stops ? styles.stops : styles.cost}>
        {stops ? <><Sign name="attention" size={15} /><span>{say(stops.code, stops.params)}</span></> : there ? t('plan.nothing') : <>{t('plan.bytes', { size: format.size(bytes) })}{about === '' ? '' : <>, <span className={styles.about}>{about}</span></>}</>}
      </div>
    </li>
  );
}

/** Of a single hop the row's end tells the time. */
function HopBox({ hop, stopped, timed }: { readonly hop: FirmwareHop; readonly stopped: boolean; readonly timed: boolean }) {
  const t = useText('firmware');
  const format = useFormat();
  const broken = hop.problem !== null || stopped;
  return (
    <li className={`${styles.step} ${broken ? styles.broken : hop.role === 'target' ? styles.target : ''}`}>
      <b title={hop.load}>{versionWords(hop.version)}</b>
      <span>{t(`plan.${hop.role}`, { size: format.size(hop.bytes) })}</span>
      {timed && !broken ? <span>{aboutWords(hop, t, format)}</span> : null}
    </li>
  );
}
