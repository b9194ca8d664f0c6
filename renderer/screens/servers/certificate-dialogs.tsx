import { useRef, useState } from 'react';
import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field, TextField } from '../../parts/field.tsx';
import { saveText } from '../../parts/save.ts';
import { useText } from '../../text/i18n.ts';
import styles from './certificate.module.css';
import { readDays, readNames } from './certificate-words.ts';
import type { Certificates } from './use-certificates.ts';

interface Asked {
  readonly certificates: Certificates;
  readonly onClose: () => void;
}

/** A new certificate from the bench's own authority: phones that hold that authority need nothing. */
export function RenewDialog({ view, certificates, onClose }: Asked & { readonly view: CertificatesView }) {
  const t = useText('certificates');
  const { act, busy, failure } = certificates;
  const [days, setDays] = useState('397');
  const [names, setNames] = useState('');
  const count = readDays(days);
  const renew = () => {
    if (count === null) return;
    void act(() => host.certificates.renew({ days: count, names: [...readNames(names)] })).then((done) => {
      if (!done) return;
      showToast(t('said.renewed'), { tone: 'ok' });
      onClose();
    });
  };
  return (
    <Dialog title={t('renew.title')} opened onClose={onClose} failure={failure} confirm={{ label: t('renew.do'), act: renew, working: busy, cannot: count === null ? t('days.wrong') : null }}>
      <div className={styles.ask}>
        <Field label={t('days')} inputMode="numeric" autoFocus value={days} error={count === null ? t('days.wrong') : null} hint={t('days.hint')} onChange={setDays} />
        <Field label={t('names.more')} mono value={names} hint={t('names.more.hint', { names: view.server?.names.join(', ') ?? '' })} onChange={setNames} />
        <p>{t('renew.text')}</p>
      </div>
    </Dialog>
  );
}

const LARGEST_CHAIN = 200_000;

/** The certificate that the customer's authority made for this bench, with those above it. */
export function ChainDialog({ certificates, onClose }: Asked) {
  const t = useText('certificates');
  const { act, busy, failure } = certificates;
  const [chain, setChain] = useState('');
  const [key, setKey] = useState('');
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const takeFile = async (file: File | undefined) => {
    if (!file) return;
    setTooLarge(file.size > LARGEST_CHAIN ? t('chain.too-large', { name: file.name }) : null);
    if (file.size <= LARGEST_CHAIN) setChain(await file.text());
  };
  const cannot = chain.trim() === '' ? t('chain.missing') : null;
  const take = () => {
    if (cannot !== null) return;
    void act(() => host.certificates.importChain({ chain, key: key.trim() === '' ? null : key })).then((done) => {
      if (!done) return;
      showToast(t('said.chain'), { tone: 'ok' });
      onClose();
    });
  };
  return (
    <Dialog title={t('chain.title')} opened onClose={onClose} width={640} failure={failure} confirm={{ label: t('chain.do'), act: take, working: busy, cannot }}>
      <div className={styles.ask}>
        <TextField label={t('chain.field')} mono rows={7} autoFocus value={chain} error={tooLarge} hint={t('chain.hint')} onChange={(text) => setChain(text.slice(0, LARGEST_CHAIN))} />
        <div>
          <Button size="small" icon="file" onClick={() => input.current?.click()}>{t('chain.file')}</Button>
          <input ref={input} type="file" hidden accept=".pem,.crt,.cer,.txt" aria-label={t('chain.file')} onChange={(event) => { void takeFile(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </div>
        <TextField label={t('chain.key')} mono rows={4} value={key} hint={t('chain.key.hint')} onChange={(text) => setKey(text.slice(0, 50_000))} />
      </div>
    </Dialog>
  );
}

/** A request that the customer's authority signs. Its private key never leaves the bench. */
export function RequestDialog({ view, onClose }: { readonly view: CertificatesView; readonly onClose: () => void }) {
  const t = useText('certificates');
  const common = useText('common');
  const { busy, failure, run } = useCall();
  const [names, setNames] = useState(view.server?.names.join(', ') ?? '');
  const [pem, setPem] = useState<string | null>(null);
  const make = () => void run(() => host.certificates.request({ names: [...readNames(names)] })).then((answer) => { if (answer) setPem(answer.pem); });
  if (pem !== null) {
    return (
      <Dialog title={t('request.ready')} opened onClose={onClose} width={640}>
        <div className={styles.ask}>
          <p>{t('request.next')}</p>
          <pre className={styles.pem} tabIndex={0} aria-label={t('request.ready')}>{pem}</pre>
          <div className={styles.row}>
            <CopyButton text={pem} size="middle" />
            <Button icon="download" onClick={() => saveText('bench.csr', pem, 'application/pkcs10')}>{t('request.save')}</Button>
            <Button kind="primary" shortcut="Esc" autoFocus onClick={onClose}>{common('close')}</Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('request.title')} opened onClose={onClose} failure={failure} confirm={{ label: t('request.do'), act: make, working: busy }}>
      <div className={styles.ask}>
        <Field label={t('names')} mono autoFocus value={names} hint={t('request.names.hint')} onChange={setNames} />
        <p>{t('request.text')}</p>
      </div>
    </Dialog>
  );
}
