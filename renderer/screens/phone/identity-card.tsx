import { parseMac } from '../../../common/values/mac.ts';
import type { IdentityFact } from '../../../common/contract/views/phone.ts';
import { Card } from '../../parts/card.tsx';
import { MacAddress } from '../../parts/mac.tsx';
import { useText } from '../../text/i18n.ts';
import styles from './phone.module.css';

const MONO: readonly IdentityFact['kind'][] = ['mac', 'serial', 'address'];

/** Each fact with where it came from. */
export function IdentityCard({ facts }: { readonly facts: readonly IdentityFact[] }) {
  const t = useText('phone');
  const signs = new Set(facts.flatMap((fact) => fact.from)).size;
  return (
    <Card title={t('identity.title')} aside={signs > 0 ? t('identity.signs', { count: signs }) : undefined}>
      <dl className={styles.identity}>
        {facts.map((fact) => {
          const mac = fact.kind === 'mac' ? parseMac(fact.value) : null;
          return (
            <div key={fact.kind} style={{ display: 'contents' }}>
              <dt>{t(`fact.${fact.kind}`)}</dt>
              <dd>
                <span className={MONO.includes(fact.kind) ? 'mono' : ''}>{mac ? <MacAddress mac={mac} /> : fact.value}</span>{' '}
                <small>{fact.from.map((from) => t(`from.${from}`)).join(', ')}</small>
              </dd>
            </div>
          );
        })}
      </dl>
    </Card>
  );
}
