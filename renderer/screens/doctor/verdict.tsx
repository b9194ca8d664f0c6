import type { DoctorVerdict, FileLayer } from '../../../common/values/doctor.ts';
import { cutSentence } from '../../model/sentence-parts.ts';
import { CopyButton } from '../../parts/copy.tsx';
import { Sign, type SignName } from '../../parts/sign.tsx';
import { StepNumber } from '../../parts/step-number.tsx';
import { useSentence, useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import styles from './doctor.module.css';

/** Green for what opened with the key as it is, and for nothing else. */
const SIGNS: Readonly<Record<DoctorVerdict['verdict'], SignName>> = {
  opened: 'done', 'opened-otherwise': 'attention', 'wrong-key': 'error', 'needs-key': 'off', 'not-encrypted': 'off', damaged: 'error', unknown: 'attention',
};
const TROUBLE: readonly DoctorVerdict['verdict'][] = ['opened-otherwise', 'wrong-key', 'damaged', 'unknown'];

/** What the file is, layer by layer, and what opens it. */
export function VerdictPart({ verdict }: { readonly verdict: DoctorVerdict }) {
  const t = useText('doctor');
  const say = useSentence();
  const layerWords = useLayerWords();
  const { what, fix } = cutSentence(say(verdict.code, verdict.params));
  const tone = verdict.verdict === 'opened' ? styles.opened : TROUBLE.includes(verdict.verdict) ? styles.trouble : '';
  return (
    <section className={styles.verdict} aria-label={t('verdict')}>
      <div className={`${styles.headline} ${tone}`}>
        <Sign name={SIGNS[verdict.verdict]} size={24} />
        <div>
          <b>{what}</b>
          {fix ? <p>{fix}</p> : null}
          {verdict.accidents.length > 0 ? (
            <ul aria-label={t('accidents')}>
              {verdict.accidents.map((accident) => <li key={accident}>{say(`doctor.accident.${accident}`)}</li>)}
            </ul>
          ) : null}
        </div>
      </div>
      <h3>{t('layers')}</h3>
      <ol className={styles.layers}>
        {verdict.layers.map((layer, index) => {
          const words = layerWords(layer);
          return (
            <li key={index}>
              <StepNumber number={index + 1} />
              <b>{words.name}</b>
              <span>{words.facts}</span>
              {words.remark ? <p>{words.remark}</p> : null}
            </li>
          );
        })}
      </ol>
      {verdict.openssl ? (
        <>
          <h3>{t('openssl')}</h3>
          <div className={styles.command}>
            <code tabIndex={0} role="region" aria-label={t('openssl')}>{verdict.openssl}</code>
            <CopyButton text={verdict.openssl} />
          </div>
          <p className={styles.hint}>{t('openssl.hint')}</p>
        </>
      ) : null}
    </section>
  );
}

function useLayerWords(): (layer: FileLayer) => { readonly name: string; readonly facts: string; readonly remark: string | null } {
  const t = useText('doctor');
  const say = useSentence();
  const format = useFormat();
  return (layer) => {
    switch (layer.kind) {
      case 'salted':
        return {
          name: t('layer.salted'),
          facts: [layer.digest === null ? t('layer.digest.unknown') : t(`layer.digest.${layer.digest}`), t('layer.salt', { salt: layer.salt })].join(', '),
          remark: layer.digest === 'md5' || layer.digest === 'sha256' ? say('crypto.unconfirmed.digest') : layer.digest === null ? null : t('layer.digest.refused'),
        };
      case 'aes128gcm':
        return {
          name: t('layer.aes128gcm'),
          facts: [t('layer.record-size', { size: format.count(layer.recordSize) }), t('layer.records', { count: layer.records }), layer.keyId === '' ? t('layer.no-key-id') : t('layer.key-id', { id: layer.keyId })].join(', '),
          remark: say('crypto.unconfirmed.ikm'),
        };
      case 'base64':
        return { name: 'base64', facts: t('layer.base64', { size: format.size(layer.bytes) }), remark: t('layer.base64.refused') };
      case 'gzip':
        return { name: 'gzip', facts: t('layer.gzip', { size: format.size(layer.bytes) }), remark: null };
      case 'xml':
        return { name: 'XML', facts: t('layer.xml', { root: layer.root, count: layer.elements, n: format.count(layer.elements) }), remark: null };
      case 'unknown':
        return { name: t('layer.unknown'), facts: format.size(layer.bytes), remark: null };
    }
  };
}
