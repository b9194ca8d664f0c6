import { useRef, useState } from 'react';
import type { KeyView } from '../../../common/values/key.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Select } from '../../parts/select.tsx';
import { useText } from '../../text/i18n.ts';
import styles from './doctor.module.css';
import { LARGEST_KEY } from './file-source.ts';
import { useOwnerWords } from './ring-words.ts';

/** Where the key comes from; each way keeps what it held when the person changes between them. */
export interface ChosenKey {
  readonly from: 'typed' | 'ring' | 'file';
  readonly typed: string;
  readonly keyId: string;
  /** With its last line end, which is a usual accident of its own. */
  readonly file: { readonly name: string; readonly text: string } | null;
}

export const NO_KEY: ChosenKey = { from: 'typed', typed: '', keyId: '', file: null };

/** The key: typed, from the ring, or from a file. */
export function KeyChoice({ keys, chosen, onChange }: { readonly keys: readonly KeyView[]; readonly chosen: ChosenKey; readonly onChange: (chosen: ChosenKey) => void }) {
  const t = useText('doctor');
  const owner = useOwnerWords();
  const [shown, setShown] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const takeFile = async (file: File | undefined) => {
    if (!file) return;
    setWrong(file.size > LARGEST_KEY ? t('key.file.too-large', { name: file.name }) : null);
    if (file.size <= LARGEST_KEY) onChange({ ...chosen, file: { name: file.name, text: (await file.text()).slice(0, 512) } });
  };
  return (
    <div className={styles.choice}>
      <Segmented
        small
        label={t('key.from')}
        value={chosen.from}
        choices={[{ value: 'typed', label: t('key.typed') }, { value: 'ring', label: t('key.ring') }, { value: 'file', label: t('key.file') }]}
        onChange={(from) => onChange({ ...chosen, from })}
      />
      {chosen.from === 'typed' ? (
        <Field
          label={t('key.field')}
          hideLabel
          mono
          secret={!shown}
          placeholder={t('key.placeholder')}
          value={chosen.typed}
          right={<IconButton size="small" icon={shown ? 'hide' : 'show'} label={t(shown ? 'key.hide' : 'key.show')} onClick={() => setShown(!shown)} />}
          onChange={(typed) => onChange({ ...chosen, typed: typed.slice(0, 512) })}
        />
      ) : chosen.from === 'ring' ? (
        <Select label={t('key.ring.label')} value={chosen.keyId} onChange={(keyId) => onChange({ ...chosen, keyId })}>
          <option value="">{t(keys.length === 0 ? 'key.ring.none' : 'key.ring.pick')}</option>
          {keys.map((key) => <option key={key.id} value={key.id}>{`${owner(key.owner)}, ${t(`use.${key.use}`)}, ${key.fingerprint}`}</option>)}
        </Select>
      ) : (
        <div className={styles.keyFile}>
          <Button size="small" icon="file" onClick={() => input.current?.click()}>{t('key.file.choose')}</Button>
          <span className="cut-off">{wrong ?? chosen.file?.name ?? t('key.file.hint')}</span>
          <input ref={input} type="file" hidden aria-label={t('key.file.label')} onChange={(event) => { void takeFile(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </div>
      )}
    </div>
  );
}
