import { useState } from 'react';
import type { RuleKind } from '../../../../common/contract/views/profiles.ts';
import { macForEyes, type Mac } from '../../../../common/values/mac.ts';
import { spokenName } from '../../../../common/values/model.ts';
import { bench } from '../../../model/bench.ts';
import { router } from '../../../model/router.ts';
import { useSignal } from '../../../model/signal.ts';
import { Button } from '../../../parts/button.tsx';
import { Page } from '../../../parts/page.tsx';
import { Select } from '../../../parts/select.tsx';
import { formatNumber } from '../../../text/format.ts';
import { useText } from '../../../text/i18n.ts';
import styles from './debugger.module.css';
import { RuleDebugger } from './rule-debugger.tsx';

const KINDS: readonly RuleKind[] = ['profile', 'upgrade', 'report', 'ca', 'trigger'];

/** The rule debugger over the whole page, for any phone and any kind of rule. */
export function RuleScreen({ kind: firstKind, rule, typed, mac: firstMac }: { readonly kind: RuleKind; readonly rule: string; readonly typed: string | null; readonly mac: Mac | null }) {
  const t = useText('debugger');
  useSignal(bench.shapes);
  const [kind, setKind] = useState(firstKind);
  const [mac, setMac] = useState(firstMac);
  const phones = bench.all().filter((phone) => phone.enrolled);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <label className={styles.pick}>
            <span>{t('kind')}</span>
            <Select value={kind} onChange={setKind}>
              {KINDS.map((each) => <option key={each} value={each}>{t(`kind.${each}`)}</option>)}
            </Select>
          </label>
          <label className={styles.pick}>
            <span>{t('phone')}</span>
            <Select<Mac | ''> value={mac ?? ''} onChange={(next) => setMac(next === '' ? null : next)}>
              <option value="">{t('phone.fresh')}</option>
              {phones.map((phone) => <option key={phone.mac} value={phone.mac}>{[formatNumber(phone.number), macForEyes(phone.mac), phone.model ? spokenName(phone.model) : ''].join('  ')}</option>)}
            </Select>
          </label>
          <Button icon="back" kind="quiet" shortcut="Esc" onClick={() => router.back()}>{t('leave')}</Button>
        </>
      }
    >
      <div className={styles.page}><RuleDebugger kind={kind} rule={rule} begun={typed} mac={mac} wide /></div>
    </Page>
  );
}
