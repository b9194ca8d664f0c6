import { useState } from 'react';
import { DEFAULT_PORTS, type ServerStatus } from '../../../common/values/server.ts';
import { host } from '../../api/host.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { useText } from '../../text/i18n.ts';
import { isUp } from './server-words.ts';
import styles from './servers.module.css';
import { useServerCall } from './use-servers.ts';

/** Asks for another port. The usual one is where factory-fresh phones look, so the dialog says it. */
export function PortDialog({ server, onClose }: { readonly server: ServerStatus; readonly onClose: () => void }) {
  const t = useText('servers');
  const names = useText('common');
  const { act, busy, failure } = useServerCall();
  const usual = DEFAULT_PORTS[server.name];
  const [text, setText] = useState(String(server.port ?? usual));
  const port = readPort(text);
  const name = names(`server.${server.name}`);
  const set = () => {
    if (port === null) return;
    void act(() => host.servers.setPort({ server: server.name, port })).then((done) => done && onClose());
  };
  return (
    <Dialog
      title={t('port.title', { server: name })}
      opened
      onClose={onClose}
      width={440}
      confirm={{ label: t('port.set', { server: name }), act: set, working: busy, cannot: port === null ? t('port.wrong') : null }}
      failure={failure}
    >
      <Field
        label={t('port.field')}
        value={text}
        onChange={setText}
        inputMode="numeric"
        mono
        autoFocus
        error={port === null ? t('port.wrong') : null}
        hint={server.name === 'dhcp' ? t('port.hint.dhcp') : t('port.hint', { port: usual })}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) set(); }}
      />
      {isUp(server.state) ? <p className={styles.note}>{t('port.cuts')}</p> : null}
    </Dialog>
  );
}

/** A whole number from 0 to 65535, or null. */
export function readPort(text: string): number | null {
  const clean = text.trim();
  return /^\d{1,5}$/.test(clean) && Number(clean) <= 65_535 ? Number(clean) : null;
}
