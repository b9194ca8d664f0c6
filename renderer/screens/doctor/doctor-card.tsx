import { useRef, useState, type DragEvent } from 'react';
import type { DoctorVerdict } from '../../../common/values/doctor.ts';
import type { KeyView } from '../../../common/values/key.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { Icon } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './doctor.module.css';
import { LARGEST, toBase64, type DoctorFile } from './file-source.ts';
import { KeyChoice, NO_KEY, type ChosenKey } from './key-choice.tsx';
import { Plaintext } from './plaintext.tsx';
import { VerdictPart } from './verdict.tsx';

interface Examined {
  readonly file: DoctorFile;
  readonly key: { readonly key?: string; readonly keyId?: string };
  readonly verdict: DoctorVerdict;
  readonly text: string | null;
}

/** A file, a key, and what the one makes of the other. */
export function DoctorCard({ keys }: { readonly keys: readonly KeyView[] }) {
  const t = useText('doctor');
  const format = useFormat();
  const { busy, failure, run, clear } = useCall();
  const [file, setFile] = useState<DoctorFile | null>(null);
  const [tooLarge, setTooLarge] = useState<{ readonly name: string; readonly bytes: number } | null>(null);
  const [chosen, setChosen] = useState<ChosenKey>(NO_KEY);
  const [examined, setExamined] = useState<Examined | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const examine = async (which: DoctorFile) => {
    const key = keyOf(chosen);
    const answer = await run(() => host.doctor.examine({ file: which.base64, ...key }));
    setExamined(answer ? { file: which, key, ...answer } : null);
  };
  const take = async (given: File | undefined) => {
    if (!given || busy) return;
    clear();
    setExamined(null);
    setTooLarge(given.size > LARGEST ? { name: given.name, bytes: given.size } : null);
    if (given.size > LARGEST) {
      setFile(null);
      return;
    }
    const bytes = new Uint8Array(await given.arrayBuffer());
    const next: DoctorFile = { name: given.name, bytes: bytes.length, base64: toBase64(bytes) };
    setFile(next);
    if (bytes.length > 0) await examine(next);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const cannot = file === null ? t('cannot.no-file') : file.bytes === 0 ? t('cannot.empty') : null;
  return (
    <Card icon="search" title={t('card')} className={styles.doctor}>
      <div className={styles.scroll}>
        <div className={`${styles.drop} ${over ? styles.over : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}>
          <Icon name="file" size={24} />
          <div className={styles.file}>
            <b>{file?.name ?? t('drop.title')}</b>
            <span>{file === null ? t('drop.hint') : format.size(file.bytes)}</span>
          </div>
          <Button icon="upload" kind={file === null ? 'primary' : 'plain'} onClick={() => input.current?.click()}>{t(file === null ? 'drop.choose' : 'drop.other')}</Button>
          <input ref={input} type="file" hidden aria-label={t('drop.label')} onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </div>
        {tooLarge ? <div className={styles.failed}><Failure text={t('too-large', { name: tooLarge.name, size: format.size(tooLarge.bytes), limit: format.size(LARGEST) })} /></div> : null}
        {file?.bytes === 0 ? <div className={styles.failed}><Failure text={t('empty', { name: file.name })} /></div> : null}
        <form
          className={styles.key}
          onSubmit={(event) => {
            event.preventDefault();
            if (file && cannot === null && !busy) void examine(file);
          }}
        >
          <KeyChoice keys={keys} chosen={chosen} onChange={setChosen} />
          <Button submit kind={file === null ? 'plain' : 'primary'} working={busy} cannot={cannot}>{t('examine')}</Button>
        </form>
        {failure ? <div className={styles.failed}><Failure text={failure} /></div> : null}
        <div aria-live="polite">{examined ? <VerdictPart verdict={examined.verdict} /> : null}</div>
        {examined?.text != null ? <Plaintext key={`${examined.file.name} ${JSON.stringify(examined.key)}`} file={examined.file} sentKey={examined.key} text={examined.text} /> : null}
      </div>
    </Card>
  );
}

function keyOf(chosen: ChosenKey): { readonly key?: string; readonly keyId?: string } {
  if (chosen.from === 'ring') return chosen.keyId === '' ? {} : { keyId: chosen.keyId };
  const text = chosen.from === 'typed' ? chosen.typed : chosen.file?.text ?? '';
  return text === '' ? {} : { key: text };
}
