import { useState } from 'react';
import type { KeyOwner, KeyUse, KeyView } from '../../../common/values/key.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Switch } from '../../parts/switch.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import styles from './doctor.module.css';
import { hasOtherLetters, keyOf, phonesWithout, useOwnerWords } from './ring-words.ts';

interface Asked {
  readonly keys: readonly KeyView[];
  readonly onClose: () => void;
}

/** One key for each enrolled phone that has none. */
export function PhoneKeysDialog({ keys, onClose }: Asked) {
  const t = useText('ring');
  const { busy, failure, run } = useCall();
  useSignal(bench.shapes);
  const [use, setUse] = useState<KeyUse>('passphrase');
  const macs = phonesWithout(bench.all(), keys, use).map((phone) => phone.mac);
  const make = () => {
    if (macs.length === 0) return;
    void run(() => host.keys.makeForPhones({ macs: macs.slice(0, 5000), use })).then((answer) => {
      if (!answer) return;
      showToast(t('said.made', { count: answer.made }), { tone: 'ok' });
      onClose();
    });
  };
  return (
    <Dialog title={t('make.phones.title')} opened onClose={onClose} failure={failure} confirm={{ label: t('make.phones.do', { count: macs.length }), act: make, working: busy, cannot: macs.length === 0 ? t('make.phones.none') : null }}>
      <div className={styles.ask}>
        <UsePart use={use} onChange={setUse} />
        <p>{t(macs.length === 0 ? 'make.phones.none' : 'make.phones.text', { count: macs.length })}</p>
      </div>
    </Dialog>
  );
}

/** A key for a whole batch or a whole customer. */
export function SharedKeyDialog({ keys, onClose }: Asked) {
  const t = useText('ring');
  const { busy, failure, run } = useCall();
  const [use, setUse] = useState<KeyUse>('passphrase');
  const [kind, setKind] = useState<'batch' | 'customer'>('batch');
  const [name, setName] = useState('');
  const [replace, setReplace] = useState(false);
  const owner: KeyOwner = { kind, name: name.trim() };
  const held = keyOf(keys, owner, use);
  const cannot = name.trim() === '' ? t('name.missing') : held && !replace ? t('held') : null;
  const make = () => {
    if (cannot !== null) return;
    void run(() => host.keys.make({ owner, use, replace })).then((made) => {
      if (!made) return;
      showToast(t('said.made', { count: 1 }), { tone: 'ok' });
      onClose();
    });
  };
  return (
    <Dialog title={t('make.shared.title')} opened onClose={onClose} failure={failure} confirm={{ label: t('make.shared.do'), act: make, working: busy, cannot }}>
      <div className={styles.ask}>
        <OwnerPart kind={kind} name={name} onKind={setKind} onName={setName} />
        <UsePart use={use} onChange={setUse} />
        <HeldPart held={held} replace={replace} onReplace={setReplace} />
      </div>
    </Dialog>
  );
}

/** A key that the customer uses already: it is kept as typed. */
export function TakeKeyDialog({ keys, onClose }: Asked) {
  const t = useText('ring');
  const say = useSentence();
  const { busy, failure, run } = useCall();
  const [use, setUse] = useState<KeyUse>('passphrase');
  const [kind, setKind] = useState<'batch' | 'customer'>('customer');
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [replace, setReplace] = useState(false);
  const owner: KeyOwner = { kind, name: name.trim() };
  const held = keyOf(keys, owner, use);
  const cannot = name.trim() === '' ? t('name.missing') : text === '' ? t('text.missing') : held && !replace ? t('held') : null;
  const take = () => {
    if (cannot !== null) return;
    void run(() => host.keys.take({ owner, use, text })).then((taken) => {
      if (!taken) return;
      showToast(t('said.taken', { name: name.trim() }), { tone: 'ok' });
      onClose();
    });
  };
  return (
    <Dialog title={t('take.title')} opened onClose={onClose} failure={failure} confirm={{ label: t('take.do'), act: take, working: busy, cannot }}>
      <div className={styles.ask}>
        <OwnerPart kind={kind} name={name} onKind={setKind} onName={setName} />
        <UsePart use={use} onChange={setUse} />
        <Field label={t('text')} secret mono value={text} onChange={(next) => setText(next.slice(0, 512))} hint={hasOtherLetters(text) ? say('crypto.key-not-ascii') : text !== text.trim() ? t('text.blanks') : t('text.hint')} />
        <HeldPart held={held} replace={replace} onReplace={setReplace} />
      </div>
    </Dialog>
  );
}

function OwnerPart({ kind, name, onKind, onName }: { readonly kind: 'batch' | 'customer'; readonly name: string; readonly onKind: (kind: 'batch' | 'customer') => void; readonly onName: (name: string) => void }) {
  const t = useText('ring');
  return (
    <div className={styles.owner}>
      <Segmented label={t('whose')} value={kind} choices={[{ value: 'batch', label: t('whose.batch') }, { value: 'customer', label: t('whose.customer') }]} onChange={onKind} />
      <Field label={t(`name.${kind}`)} value={name} autoFocus onChange={(next) => onName(next.slice(0, 80))} />
    </div>
  );
}

/** What the key is for. What no source confirms stands beside the choice. */
function UsePart({ use, onChange }: { readonly use: KeyUse; readonly onChange: (use: KeyUse) => void }) {
  const t = useText('ring');
  const say = useSentence();
  return (
    <div className={styles.use}>
      <Segmented label={t('use')} value={use} choices={[{ value: 'passphrase', label: t('use.passphrase.long') }, { value: 'ikm', label: t('use.ikm.long') }]} onChange={onChange} />
      <p className={styles.hint}>{say(use === 'ikm' ? 'crypto.unconfirmed.ikm' : 'crypto.unconfirmed.digest')}</p>
    </div>
  );
}

function HeldPart({ held, replace, onReplace }: { readonly held: KeyView | null; readonly replace: boolean; readonly onReplace: (replace: boolean) => void }) {
  const t = useText('ring');
  const words = useOwnerWords();
  if (!held) return null;
  return <Switch label={t('replace', { owner: words(held.owner) })} hint={t('replace.hint')} on={replace} onChange={onReplace} />;
}
