import { useState, type SyntheticEvent } from 'react';
import type { PhoneView } from '../../../common/contract/views/phone.ts';
import { macForEyes, parseMac, type Mac } from '../../../common/values/mac.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { router } from '../../model/router.ts';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './first-run.module.css';
import { Step } from './step.tsx';

/** More strangers than this are counted. */
const SHOWN = 4;

/** Step 3: a phone is named, or it names itself on the wire. */
export function PhoneStep({ phones, place, done, now }: { readonly phones: readonly PhoneView[]; readonly place: string; readonly done: boolean; readonly now: boolean }) {
  const t = useText('firstRun');
  const going = phones.filter((phone) => phone.enrolled && phone.heardAt !== null).length;
  const strangers = phones.filter((phone) => !phone.enrolled);
  return (
    <Step
      number={3}
      title={t('phone.title')}
      text={t('phone.text')}
      state={done ? 'done' : now ? 'now' : 'later'}
      summary={<><span>{t('phone.going', { count: going })}</span><Button kind="primary" onClick={() => router.go({ name: 'bench' })}>{t('phone.bench')}</Button></>}
    >
      {now && !done ? (
        <>
          <MacForm />
          {strangers.length === 0 ? (
            <p className={styles.waiting}><Sign name="expected" size={18} />{t('phone.waiting', { card: place })}</p>
          ) : (
            <ul className={styles.strangers} aria-label={t('phone.heard')}>
              {strangers.slice(0, SHOWN).map((phone) => <Stranger key={phone.mac} phone={phone} />)}
              {strangers.length > SHOWN ? <li>{t('phone.more', { count: strangers.length - SHOWN })}</li> : null}
            </ul>
          )}
        </>
      ) : null}
    </Step>
  );
}

function MacForm() {
  const t = useText('firstRun');
  const { run, busy, failure } = useCall();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const enrol = (event: SyntheticEvent) => {
    event.preventDefault();
    const mac = parseMac(text);
    setWrong(mac === null);
    if (mac === null || busy) return;
    void run(() => host.phones.enrol({ macs: [mac] })).then((answer) => {
      if (!answer) return;
      setText('');
      showToast(t(answer.added > 0 ? 'phone.expected' : 'phone.already', { mac: macForEyes(mac) }));
    });
  };
  return (
    <form className={styles.mac} onSubmit={enrol}>
      <Field
        label={t('phone.field')}
        mono
        className={styles.macField}
        value={text}
        placeholder={t('phone.placeholder')}
        error={wrong ? t('phone.wrong') : failure}
        onChange={(next) => { setText(next); setWrong(false); }}
      />
      <Button submit kind="primary" working={busy} shortcut="Enter">{t('phone.expect')}</Button>
    </form>
  );
}

function Stranger({ phone }: { readonly phone: PhoneView }) {
  const t = useText('firstRun');
  const { run, busy, failure } = useCall();
  const mac: Mac = phone.mac;
  return (
    <li>
      <Sign name="stranger" size={18} />
      <b className="mono">{macForEyes(mac)}</b>
      <span>{phone.model ?? ''}</span>
      <Button size="small" working={busy} label={t('phone.enrol.named', { mac: macForEyes(mac) })} onClick={() => void run(() => host.phones.enrol({ macs: [mac] }))}>{t('phone.enrol')}</Button>
      {failure ? <Failure text={failure} /> : null}
    </li>
  );
}
