import { useEffect, useId, useState } from 'react';
import type { ReadyMade } from '../../../../common/contract/views/profiles.ts';
import { host } from '../../../api/host.ts';
import { useCall } from '../../../api/use-call.ts';
import { Skeleton } from '../../../parts/card.tsx';
import { useSentence, useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';

/** The ready-made profiles with what each is for. */
export function ReadyList({ chosen, onChoose }: { readonly chosen: ReadyMade | null; readonly onChoose: (ready: ReadyMade) => void }) {
  const t = useText('profiles');
  const say = useSentence();
  const group = useId();
  const { run, failure } = useCall();
  const [list, setList] = useState<readonly ReadyMade[] | null>(null);
  useEffect(() => {
    void run(() => host.profiles.readyMade()).then((answer) => answer && setList(answer));
  }, [run]);
  if (failure) return <p className={styles.failure} role="alert">{failure}</p>;
  if (!list) return <div className={styles.skeleton}><Skeleton width="70%" /><Skeleton width="60%" /></div>;
  return (
    <div role="radiogroup" aria-label={t('source.ready')} className={styles.ready}>
      {list.map((ready) => (
        <label key={ready.name}>
          <input type="radio" name={group} checked={chosen?.name === ready.name} onChange={() => onChoose(ready)} />
          <span>
            <b>{say(`ready.${ready.name}.title`)}</b>
            <span>{say(`ready.${ready.name}.text`)}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
