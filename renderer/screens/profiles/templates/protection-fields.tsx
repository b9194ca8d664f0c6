import { CONTAINERS, IKM_FORMS, KEY_DIGESTS, type Container, type Protection } from '../../../../common/values/protection.ts';
import { Field } from '../../../parts/field.tsx';
import { Segmented } from '../../../parts/segmented.tsx';
import { useSentence, useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';

/** How a template leaves the bench. What no public source confirms stands beside its choice. */
export function ProtectionFields({ value, onChange }: { readonly value: Protection; readonly onChange: (value: Protection) => void }) {
  const t = useText('profiles');
  const say = useSentence();
  const { container, key } = value;
  const aes = container === 'aes' || container === 'gzip-aes';
  const keyed = aes || container === 'aes128gcm';
  const pick = (next: Container) => onChange({ ...value, container: next, key: next === 'none' || next === 'gzip' ? null : key ?? 'phone' });
  return (
    <fieldset className={styles.group}>
      <legend>{t('protection.label')}</legend>
      <Segmented label={t('protection.label')} value={container} choices={CONTAINERS.map((each) => ({ value: each, label: t(`container.${each}`) }))} onChange={pick} />
      <p className={styles.note}>{t(`container.${container}.text`)}</p>
      {aes ? (
        <div className={styles.beside}>
          <Segmented small label={t('digest.label')} value={value.digest} choices={KEY_DIGESTS.map((each) => ({ value: each, label: t(`digest.${each}`) }))} onChange={(digest) => onChange({ ...value, digest })} />
          <p className={styles.note}>{say('crypto.unconfirmed.digest')}</p>
        </div>
      ) : null}
      {container === 'aes128gcm' ? (
        <div className={styles.beside}>
          <Segmented small label={t('ikm.label')} value={value.ikmForm} choices={IKM_FORMS.map((each) => ({ value: each, label: t(`ikm.${each}`) }))} onChange={(ikmForm) => onChange({ ...value, ikmForm })} />
          <p className={styles.note}>{say('crypto.unconfirmed.ikm')}</p>
        </div>
      ) : null}
      {keyed ? (
        <div className={styles.beside}>
          <Segmented small label={t('key.label')} value={key === 'phone' || key === null ? 'phone' : 'shared'} choices={[{ value: 'phone', label: t('key.phone') }, { value: 'shared', label: t('key.shared') }]} onChange={(kind) => onChange({ ...value, key: kind === 'phone' ? 'phone' : { shared: '' } })} />
          {key !== null && key !== 'phone' ? <Field label={t('key.name')} value={key.shared} onChange={(shared) => onChange({ ...value, key: { shared } })} /> : <p className={styles.note}>{t('key.phone.text')}</p>}
        </div>
      ) : null}
    </fieldset>
  );
}

/** Why a protection cannot be used as it is typed; null when it can. */
export function protectionProblem({ container, key }: Protection): 'key.missing' | null {
  const keyed = container !== 'none' && container !== 'gzip';
  return keyed && (key === null || (key !== 'phone' && key.shared.trim() === '')) ? 'key.missing' : null;
}
