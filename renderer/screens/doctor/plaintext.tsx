import { useMemo, useState } from 'react';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { MASK } from '../../model/xml-tokens.ts';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { Code } from '../../parts/code.tsx';
import { saveText } from '../../parts/save.ts';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './doctor.module.css';
import { plainName, type DoctorFile } from './file-source.ts';

/** A file of more lines is shown up to here; the saved one is whole. */
const MOST_LINES = 3000;

/** What was inside. Passwords are covered until somebody asks for them; the saved file is whole. */
export function Plaintext({ file, sentKey, text }: { readonly file: DoctorFile; readonly sentKey: { readonly key?: string; readonly keyId?: string }; readonly text: string }) {
  const t = useText('doctor');
  const format = useFormat();
  const { busy, failure, run } = useCall();
  const [whole, setWhole] = useState<string | null>(null);
  const shown = whole ?? text;
  const all = useMemo(() => shown.replace(/\r?\n$/, '').split(/\r?\n/), [shown]);
  const lines = useMemo(() => all.slice(0, MOST_LINES).map((line, index) => ({ kind: 'same' as const, text: line, line: index + 1 })), [all]);
  const uncovered = async () => whole ?? (await run(() => host.doctor.examine({ file: file.base64, ...sentKey, reveal: true })))?.text ?? null;
  const save = async () => {
    const plain = await uncovered();
    if (plain === null) return;
    saveText(plainName(file.name), plain, 'application/xml');
    showToast(t('plain.saved', { name: plainName(file.name) }));
  };
  return (
    <div className={styles.plain}>
      <div className={styles.plainHead}>
        <h3>{t('plain')}</h3>
        <span>{t('plain.lines', { count: all.length, n: format.count(all.length) })}{all.length > MOST_LINES ? `, ${t('plain.first', { n: format.count(MOST_LINES) })}` : ''}</span>
        <span className={styles.gap} />
        {whole === null && text.includes(MASK) ? <Button size="small" icon="show" working={busy} onClick={() => void uncovered().then(setWhole)}>{t('plain.show')}</Button> : null}
        {whole === null ? null : <Button size="small" icon="hide" onClick={() => setWhole(null)}>{t('plain.hide')}</Button>}
        <Button size="small" icon="download" working={busy} onClick={() => void save()}>{t('plain.save')}</Button>
      </div>
      {text.includes(MASK) ? <p className={styles.hint}>{t(whole === null ? 'plain.covered' : 'plain.open')}</p> : null}
      {failure ? <Failure text={failure} /> : null}
      <Code lines={lines} label={t('plain')} />
    </div>
  );
}
