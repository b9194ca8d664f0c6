import { UnstyledButton } from '@mantine/core';
import { useId, useState } from 'react';
import type { RuleFacts } from '../../../../common/contract/views/profiles.ts';
import { macForEyes, parseMac } from '../../../../common/values/mac.ts';
import { Field } from '../../../parts/field.tsx';
import { Select } from '../../../parts/select.tsx';
import { Icon } from '../../../parts/sign.tsx';
import { Switch } from '../../../parts/switch.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from './debugger.module.css';
import { readFailures, registersIn, secretsIn, type FactChanges } from './trial-facts.ts';

const REASONS = ['-1', '0', '1', '2'] as const;

/** What the phone is taken to know: folded to one line, opened to change it for the trial. */
export function FactsFold({ facts, changes, rule, open: openFirst, onChange }: {
  /** With the changes already in. */
  readonly facts: RuleFacts;
  readonly changes: FactChanges;
  readonly rule: string;
  readonly open: boolean;
  readonly onChange: (changes: FactChanges) => void;
}) {
  const t = useText('debugger');
  const id = useId();
  const [open, setOpen] = useState(openFirst);
  const macro = (name: string) => facts.macros[name] ?? '';
  const set = (part: FactChanges) => onChange({ ...changes, ...part });
  const setMacro = (name: string, value: string) => set({ macros: { ...changes.macros, [name]: value } });
  const setSecret = (name: string, value: string) => set({ secrets: { ...changes.secrets, [name]: value } });
  const registers = registersIn(rule);
  const secrets = secretsIn(rule);
  const failures = changes.failures ?? String(facts.failures);
  const mac = changes.mac ?? macForEyes((macro('MA') || '000000000000') as Parameters<typeof macForEyes>[0]);
  const summary = [macro('PN'), macro('SWVER'), facts.server ?? t('fact.no-server'), t('fact.failures.short', { count: facts.failures })].filter(Boolean);
  return (
    <div className={styles.facts}>
      <UnstyledButton className={styles.foldHead} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'down' : 'right'} size={13} />
        <b>{t('facts')}</b>
        <span className="cut-off">{open ? t('facts.open') : summary.join(' · ')}</span>
      </UnstyledButton>
      {open ? (
        <div id={id} className={styles.foldBody}>
          <Field label={t('fact.model')} mono value={changes.model ?? macro('PN')} onChange={(model) => set({ model })} />
          <Field label={t('fact.version')} mono value={macro('SWVER')} onChange={(value) => setMacro('SWVER', value)} />
          <Field label={t('fact.mac')} mono value={mac} error={changes.mac !== undefined && !parseMac(changes.mac) ? t('fact.mac.wrong') : null} onChange={(value) => set({ mac: value })} />
          <Field label={t('fact.serial')} mono value={macro('SN')} onChange={(value) => setMacro('SN', value)} />
          <Field label={t('fact.server')} mono value={changes.server ?? facts.server ?? ''} onChange={(server) => set({ server })} />
          <Field label={t('fact.failures')} inputMode="numeric" value={failures} error={readFailures(failures) === null ? t('fact.failures.wrong') : null} onChange={(value) => set({ failures: value })} />
          <label className={styles.choice}>
            <span>{t('fact.reason')}</span>
            <Select value={macro('PRVST')} onChange={(value) => setMacro('PRVST', value)}>
              {REASONS.map((value) => <option key={value} value={value}>{t(`fact.reason.${value}`)}</option>)}
              {(REASONS as readonly string[]).includes(macro('PRVST')) ? null : <option value={macro('PRVST')}>{macro('PRVST')}</option>}
            </Select>
          </label>
          {registers.map((name) => <Field key={name} label={`GPP_${name}`} mono value={macro(name)} onChange={(value) => setMacro(name, value)} />)}
          {secrets.map((name) => <Field key={name} label={`GPP_${name}`} secret mono value={facts.secrets[name] ?? ''} onChange={(value) => setSecret(name, value)} />)}
          <div className={styles.whole}><Switch label={t('fact.ikm')} on={facts.ikm} onChange={(ikm) => set({ ikm })} /></div>
        </div>
      ) : null}
    </div>
  );
}
