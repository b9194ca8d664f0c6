import type { WorkItem } from '../../../common/contract/views/bench.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';
import { useHostClock } from '../../model/clock.ts';
import { router } from '../../model/router.ts';
import { shown } from '../../model/shown.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { NumberBadge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { KeyCap } from '../../parts/key-cap.tsx';
import { causeWords } from '../../parts/phone-words.ts';
import { Icon, Sign } from '../../parts/sign.tsx';
import { useWords } from '../../parts/use-words.ts';
import { formatRanges } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import styles from './bench.module.css';
import { WavePanel } from './wave-panel.tsx';

/** What the hand does next: causes first, then strangers, then what to plug in. */
export function Worklist({ onOpen, landmark = true }: { readonly onOpen: (mac: Mac) => void; readonly landmark?: boolean }) {
  const t = useText('bench');
  const items = useSignal(bench.worklist);
  const needs = items.filter((item) => item.kind === 'attention' || item.kind === 'server');
  const count = needs.reduce((sum, item) => sum + Math.max(1, item.phones.length), 0);
  const strangers = items.filter((item) => item.kind === 'stranger');
  const plug = items.filter((item) => item.kind === 'plug-in');
  const content = (
    <>
      <section>
        <h2>
          {needs.length > 0 ? <Sign name="attention" size={18} /> : <Sign name="done" size={18} />}
          {needs.length > 0 ? t('work.needs', { count }) : t('work.none')}
          {needs.length > 0 ? <KeyCap>N</KeyCap> : null}
        </h2>
        {needs.length === 0 ? <p className={styles.text}>{t('work.none.text')}</p> : null}
        {needs.map((item, index) => <Todo key={item.id} item={item} first={index === 0} onOpen={onOpen} />)}
      </section>
      {strangers.map((item) => <Strangers key={item.id} item={item} />)}
      {plug.map((item) => <PlugIn key={item.id} item={item} />)}
      <WavePanel />
    </>
  );
  return landmark ? <aside className={styles.work} aria-label={t('work.label')} data-region>{content}</aside> : <div className={styles.work} style={{ border: 0 }}>{content}</div>;
}

function Todo({ item, first, onOpen }: { readonly item: WorkItem; readonly first: boolean; readonly onOpen: (mac: Mac) => void }) {
  const t = useText('bench');
  const say = useSentence();
  const format = useFormat();
  const now = useHostClock();
  const words = useWords();
  const call = useCall();
  // The wave holds these phones back until a person has seen to them.
  const held = item.code.startsWith('wave.');
  const release = () =>
    void call.run(async () => Promise.all(item.phones.map((mac) => host.firmware.release({ mac })))).then((answers) => answers && showToast(t('said.released', { count: answers.length }), { tone: 'ok' }));
  const only = item.phones.length === 1 ? item.phones[0] : undefined;
  const ranges = formatRanges(item.numbers);
  return (
    <div className={styles.todo}>
      <div className={styles.who}>
        {only !== undefined ? <NumberBadge number={item.numbers[0] ?? null} tone="attention" /> : null}
        <h3>{causeWords(item, 'tile', words)}</h3>
      </div>
      <p>
        {item.phones.length > 1 ? <><b>{t('work.phones', { count: item.phones.length })}</b> {ranges.text}{ranges.rest > 0 ? ` ${t('work.more', { count: ranges.rest })}` : ''}. </> : null}
        {withStop(say(item.code, item.params))} {t('work.since', { time: format.when(item.since, now) })}
      </p>
      <div className={styles.acts}>
        {held ? <Button size="small" kind={first ? 'primary' : 'plain'} working={call.busy} onClick={release}>{t('work.release')}</Button> : null}
        {item.kind === 'server' ? (
          <Button size="small" kind={first ? 'primary' : 'plain'} onClick={() => router.go({ name: 'servers' })}>{t('work.server')}</Button>
        ) : only !== undefined ? (
          <Button size="small" kind={held ? 'quiet' : first ? 'primary' : 'plain'} onClick={() => onOpen(only)}>{t('work.why')}</Button>
        ) : (
          <Button size="small" kind={held ? 'quiet' : first ? 'primary' : 'plain'} onClick={() => showOnly(item)}>{t('work.show', { count: item.phones.length })}</Button>
        )}
      </div>
      {call.failure ? <p className={styles.failure} role="alert">{call.failure}</p> : null}
    </div>
  );
}

/** Some sentences end in what the phone itself said, without a stop. */
function withStop(sentence: string): string {
  return /[.?!…]$/.test(sentence) ? sentence : `${sentence}.`;
}

function Strangers({ item }: { readonly item: WorkItem }) {
  const t = useText('bench');
  const say = useSentence();
  const call = useCall();
  const enrol = () =>
    void call.run(() => host.phones.enrol({ macs: [...item.phones] })).then((answer) => answer && showToast(t('said.enrolled', { count: answer.added }), { tone: 'ok' }));
  return (
    <section>
      <h2><Sign name="stranger" size={18} />{t('work.strangers', { count: item.phones.length })}</h2>
      <p className={styles.text}>{say(item.code, item.params)}</p>
      <div className={styles.acts}>
        <Button size="small" onClick={enrol} working={call.busy}>{t('work.enrol', { count: item.phones.length })}</Button>
        <Button size="small" kind="quiet" onClick={() => showOnly(item)}>{t('work.show', { count: item.phones.length })}</Button>
      </div>
      {call.failure ? <p className={styles.failure} role="alert">{call.failure}</p> : null}
    </section>
  );
}

function PlugIn({ item }: { readonly item: WorkItem }) {
  const t = useText('bench');
  const ranges = formatRanges(item.numbers);
  const numbers = ranges.rest > 0 ? `${ranges.text} ${t('work.more', { count: ranges.rest })}` : ranges.text;
  return (
    <section>
      <h2><Icon name="plug" size={18} />{t('work.plug')}</h2>
      <p className={styles.text}>{t('work.plug.text', { count: item.numbers.length, numbers })}</p>
    </section>
  );
}

function showOnly(item: WorkItem): void {
  shown.change({ filter: 'all', text: '', only: { id: item.id, macs: new Set(item.phones) } });
}
