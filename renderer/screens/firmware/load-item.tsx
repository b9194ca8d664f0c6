import { UnstyledButton } from '@mantine/core';
import { useId } from 'react';
import type { FirmwareLoad } from '../../../common/values/firmware.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Icon, Sign } from '../../parts/sign.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import styles from './firmware.module.css';
import { loadWords, modelsWords, type Role } from './firmware-words.ts';

/** One load: whole or not, how large, for which phones, what it is in the waves; opened, its files. */
export function LoadItem({ load, role, open, onOpen, onAdd, onTarget, onRemove }: {
  readonly load: FirmwareLoad;
  readonly role: Role | null;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onAdd: () => void;
  readonly onTarget: () => void;
  readonly onRemove: () => void;
}) {
  const t = useText('firmware');
  const format = useFormat();
  const files = useId();
  const changed = load.files.filter(({ state }) => state === 'changed').map(({ name }) => name);
  const gone = load.files.filter(({ state }) => state === 'missing').map(({ name }) => name);
  const missing = [...load.missing, ...gone];
  const here = load.files.filter(({ state }) => state === 'present').length;
  const all = load.siblings.length + (load.siblings.includes(load.name) ? 0 : 1);
  const users = load.usedBy.join(', ');
  return (
    <li className={`${styles.load} ${load.complete ? '' : styles.incomplete}`}>
      <UnstyledButton className={styles.loadHead} aria-expanded={open} aria-controls={files} onClick={onOpen}>
        <Sign name={load.complete ? 'done' : 'attention'} size={18} />
        <span className={`${styles.loadName} mono cut-off`} title={load.name}>{loadWords(load.name)}</span>
        <span className="visually-hidden">{load.complete ? t('load.whole') : t('load.incomplete')}</span>
        <span className={styles.size}>{format.size(load.bytes)}</span>
        <Icon name={open ? 'down' : 'right'} size={14} />
      </UnstyledButton>
      <div className={styles.loadLine}>
        <span className={styles.models}>{load.models.length > 0 ? modelsWords(load.models) : t('load.family-unknown')}</span>
        {missing.length > 0 ? (
          <>
            <span className={styles.missing} title={missing.join(', ')}>{t('load.missing', { count: missing.length, name: shortest(missing[0] ?? ''), more: missing.length - 1 })}</span>
            <Button size="small" label={t('load.add-to', { name: load.name })} onClick={onAdd}>{t('load.add')}</Button>
          </>
        ) : changed.length > 0 ? (
          <>
            <span className={styles.missing} title={changed.join(', ')}>{t('load.changed', { count: changed.length, name: shortest(changed[0] ?? ''), more: changed.length - 1 })}</span>
            <Button size="small" label={t('load.add-to', { name: load.name })} onClick={onAdd}>{t('load.again')}</Button>
          </>
        ) : (
          <>
            <span className={styles.count}>{t('load.files', { count: all, here })}</span>
            {role ? <Badge tone={role.loading > 0 ? 'moving' : 'quiet'}>{role.loading > 0 ? t(`role.${role.kind}.loading`, { count: role.loading }) : t(`role.${role.kind}`)}</Badge> : null}
          </>
        )}
      </div>
      {open ? (
        <div id={files} className={styles.files}>
          <ul aria-label={t('load.files-of', { name: load.name })}>
            {load.files.map((file) => (
              <li key={file.name}>
                <span className="mono cut-off" title={file.name}>{file.name}</span>
                {file.state === 'present' ? null : <span className={styles.missing}>{t(`file.${file.state}`)}</span>}
                <span className={styles.size}>{format.size(file.bytes)}</span>
              </li>
            ))}
            {load.missing.map((name) => (
              <li key={name}>
                <span className="mono cut-off" title={name}>{name}</span>
                <span className={styles.missing}>{t('file.missing')}</span>
              </li>
            ))}
          </ul>
          {users ? <p>{t('load.used-by', { users })}</p> : null}
          <div className={styles.acts}>
            <Button size="small" onClick={onTarget}>{t('load.target')}</Button>
            <Button size="small" cannot={users ? t('remove.used', { users }) : null} onClick={onRemove}>{t('remove')}</Button>
          </div>
        </div>
      ) : null}
    </li>
  );
}

/** `kern68xx.12-0-7MPP0201-66.sbn` is told by what differs within a load: `kern68xx`. */
function shortest(name: string): string {
  return name.split('.')[0] ?? name;
}
