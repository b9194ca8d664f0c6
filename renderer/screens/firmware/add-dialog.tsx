import { useRef, useState, type DragEvent } from 'react';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import { addDropped, addFiles } from './adding.ts';
import styles from './firmware.module.css';

/** A zip, a folder or single files, by choice or by drop. What happens with them is shown on the screen, not here. */
export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText('firmware');
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const tellBusy = (taken: boolean) => {
    if (!taken) showToast(t('add.busy'), { tone: 'attention' });
  };
  const take = (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    void addFiles(chosen).then(tellBusy);
    onClose();
  };
  return (
    <Dialog opened width={560} title={t('add.title')} onClose={onClose}>
      <div
        className={`${styles.drop} ${over ? styles.over : ''}`}
        onDragOver={(event) => { event.preventDefault(); setOver(true); }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => { event.preventDefault(); void addDropped(dropped(event)).then(tellBusy); onClose(); }}
      >
        <Icon name="upload" size={28} />
        <b>{t('add.drop')}</b>
        <p>{t('add.text')}</p>
        <div className={styles.acts}>
          <Button kind="primary" icon="file" autoFocus onClick={() => files.current?.click()}>{t('add.files')}</Button>
          <Button icon="list" onClick={() => folder.current?.click()}>{t('add.folder')}</Button>
        </div>
        <input ref={files} type="file" hidden multiple accept=".zip,.loads,.sbn,.bin,.zup,.sgn" aria-label={t('add.files')} onChange={(event) => take([...(event.currentTarget.files ?? [])])} />
        <input
          ref={(input) => { folder.current = input; input?.setAttribute('webkitdirectory', ''); }}
          type="file" hidden aria-label={t('add.folder')} onChange={(event) => take([...(event.currentTarget.files ?? [])])}
        />
      </div>
      <p className={styles.note}>{t('add.private')}</p>
    </Dialog>
  );
}

/** Every file of a drop; a folder's own files, not those of folders in it. Rejects when the browser cannot read one. */
export async function dropped(event: DragEvent): Promise<readonly File[]> {
  const entries = [...event.dataTransfer.items].map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }));
  const lists = await Promise.all(entries.map(({ file, entry }) => (entry?.isDirectory ? filesOf(entry as FileSystemDirectoryEntry) : Promise.resolve(file ? [file] : []))));
  return lists.flat();
}

async function filesOf(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  for (;;) {
    // Chromium hands out at most 100 at a time.
    const some = await new Promise<readonly FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return files;
    for (const entry of some) {
      if (entry.isFile) files.push(await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)));
    }
  }
}
