import { useEffect, useRef, useState, type DragEvent } from 'react';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { TextField } from '../../parts/field.tsx';
import { Icon } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './import.module.css';

/** A list as it came: its text and what it is called. */
export interface Source {
  readonly name: string | null;
  readonly text: string;
}

const LARGEST = 8_000_000;

/** A file by drop or choice, or lines by paste: anywhere on the page, or into the field to be looked at first. */
export function ImportSource({ working, failure, onSource }: { readonly working: boolean; readonly failure: string | null; readonly onSource: (source: Source) => void }) {
  const t = useText('import');
  const [text, setText] = useState('');
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const latest = useRef(onSource);
  useEffect(() => {
    latest.current = onSource;
  });
  const take = async (chosen: File | undefined) => {
    setTooLarge(null);
    if (!chosen) return;
    if (chosen.size > LARGEST) setTooLarge(chosen.name);
    else onSource({ name: chosen.name, text: await chosen.text() });
  };
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement) return;
      const pasted = event.clipboardData?.getData('text/plain') ?? '';
      if (pasted.trim() === '') return;
      event.preventDefault();
      latest.current({ name: null, text: pasted });
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div className={styles.source}>
      <Card title={t('drop.label')} icon="upload">
        <div className={`${styles.drop} ${over ? styles.over : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={onDrop}>
          <Icon name="upload" size={28} />
          <b>{t('drop.title')}</b>
          <p>{t('drop.or')}</p>
          <Button kind={text.trim() === '' ? 'primary' : 'plain'} icon="file" working={working} onClick={() => file.current?.click()}>{t('drop.choose')}</Button>
          <input ref={file} type="file" hidden accept=".csv,.txt,.tsv,text/csv,text/plain" aria-label={t('drop.label')} onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </div>
        {tooLarge === null ? null : <div className={styles.failed}><Failure text={t('too-large', { name: tooLarge })} /></div>}
        {failure === null ? null : <div className={styles.failed}><Failure text={failure} /></div>}
      </Card>
      <Card title={t('paste.label')} icon="copy">
        <form
          className={styles.paste}
          onSubmit={(event) => { event.preventDefault(); if (text.trim() !== '') onSource({ name: null, text }); }}
        >
          <TextField
            label={t('paste.label')}
            hideLabel
            mono
            rows={9}
            value={text}
            placeholder={t('paste.placeholder')}
            hint={t('paste.hint')}
            onChange={setText}
            onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '') { event.preventDefault(); onSource({ name: null, text }); } }}
          />
          {text.trim() === '' ? null : <Button submit kind="primary" shortcut="Ctrl Enter" working={working}>{t('paste.read')}</Button>}
        </form>
      </Card>
    </div>
  );
}
