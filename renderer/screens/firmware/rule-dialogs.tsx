import { useState } from 'react';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { useCopy } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useText } from '../../text/i18n.ts';
import { useTemplates } from '../profiles/use-templates.ts';
import styles from './firmware.module.css';
import { askOf, type PlanChoice } from './use-plan.ts';
import { TemplateChoice } from './template-choice.tsx';

/** The conditional Upgrade_Rule, one alternative a line. */
export function RuleDialog({ rule, onClose }: { readonly rule: string; readonly onClose: () => void }) {
  const t = useText('firmware');
  const common = useText('common');
  const copy = useCopy();
  return (
    <Dialog opened width={720} title={t('rule.title')} onClose={onClose}>
      <p>{t('rule.text')}</p>
      <pre className={`${styles.rule} mono`} tabIndex={0} aria-label="Upgrade_Rule">{rule.split(' | ').join(' |\n')}</pre>
      <div className={styles.acts}>
        <Button icon="copy" autoFocus onClick={() => copy(rule)}>{common('copy')}</Button>
      </div>
    </Dialog>
  );
}

/** Puts the rule into a template: from then on every phone that it serves upgrades by itself, all at their own time. */
export function WriteDialog({ wish, version, onClose }: { readonly wish: PlanChoice; readonly version: string; readonly onClose: () => void }) {
  const t = useText('firmware');
  const { list } = useTemplates();
  const { run, busy, failure } = useCall();
  const [name, setName] = useState<string | null>(null);
  const chosen = name ?? list?.[0]?.name ?? null;
  const write = () => {
    const { target } = wish;
    if (busy || chosen === null || target === null) return;
    void run(() => host.firmware.plan({ ...askOf({ ...wish, target }), template: chosen })).then((plan) => {
      if (!plan) return;
      showToast(t('said.written', { name: chosen }), { tone: 'ok' });
      onClose();
    });
  };
  return (
    <Dialog opened width={560} title={t('write.title', { version })} onClose={onClose} confirm={{ label: t('write.confirm'), act: write, working: busy, cannot: chosen === null ? t('write.none') : null }} failure={failure}>
      <p>{t('write.text')}</p>
      <TemplateChoice label={t('write.field')} templates={list ?? []} value={chosen} onChange={setName} />
    </Dialog>
  );
}
