import { useState } from 'react';
import type { LintView } from '../../../../common/contract/views/profiles.ts';
import type { Scope, TemplateView } from '../../../../common/contract/views/workspace.ts';
import { macForEyes, type Mac } from '../../../../common/values/mac.ts';
import { spokenName } from '../../../../common/values/model.ts';
import { bench } from '../../../model/bench.ts';
import { useSignal } from '../../../model/signal.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Card, EmptyPanel, Skeleton } from '../../../parts/card.tsx';
import { Segmented } from '../../../parts/segmented.tsx';
import { Icon } from '../../../parts/sign.tsx';
import { formatNumber, formatRanges } from '../../../text/format.ts';
import { useText } from '../../../text/i18n.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { Draft } from '../draft.ts';
import styles from '../profiles.module.css';
import { isFor, protectionWords, type ProfilesText } from '../scope-words.ts';
import { Difference } from './difference.tsx';
import { comparisonOf, STEPS, type Step } from './steps.ts';
import { usePreview } from './use-preview.ts';

/** The phone that a text is tried on: the first that the template is for, until another is picked. */
export function useTrialPhone(scope: Scope | null): readonly [Mac | null, (mac: Mac) => void] {
  useSignal(bench.macs);
  const [picked, setPicked] = useState<Mac | null>(null);
  const phones = bench.all().filter((phone) => phone.enrolled);
  const mac = phones.some((phone) => phone.mac === picked) ? picked : (phones.find((phone) => isFor(scope, phone)) ?? phones[0])?.mac ?? null;
  return [mac, setPicked];
}

/** The template, filled for a phone, as last served and as the phone reports it: each against the one before. */
export function PreviewCard({ draft, view, mac, onMac }: { readonly draft: Draft; readonly view: TemplateView; readonly mac: Mac | null; readonly onMac: (mac: Mac) => void }) {
  const t = useText('profiles');
  const [picked, setPicked] = useState<Step | null>(null);
  const preview = usePreview(draft, view, mac);
  const step = picked ?? (preview.view?.served ? 'served' : 'filled');
  const compared = preview.view ? comparisonOf(step, preview.template, preview.view) : null;
  const changes = compared?.changes ?? null;
  return (
    <Card
      title={t('preview.title')}
      aside={<PhonePicker mac={mac} onMac={onMac} scope={view.scope} />}
      foot={preview.failure ? null : <PreviewFoot draft={draft} preview={preview.view} />}
      className={styles.preview}
    >
      {mac === null ? (
        <div className={styles.rest}><EmptyPanel icon="tiles" title={t('preview.no-phone')}><p>{t('preview.no-phone.text')}</p></EmptyPanel></div>
      ) : (
        <>
          <div className={styles.steps}>
            <Segmented small label={t('preview.steps')} value={step} choices={STEPS.map((value) => ({ value, label: t(`step.${value}`) }))} onChange={setPicked} />
            {changes === null ? null : <Badge tone={changes > 0 && step !== 'filled' ? 'attention' : 'quiet'}>{t('preview.changes', { count: changes })}</Badge>}
          </div>
          {preview.failure ? (
            <div className={styles.rest}><EmptyPanel sign="attention" title={t('preview.cannot')}><p>{preview.failure}</p></EmptyPanel></div>
          ) : compared ? (
            <Difference compared={compared} step={step} />
          ) : (
            <div className={styles.skeleton}><Skeleton width="80%" /><Skeleton width="65%" /><Skeleton width="72%" /></div>
          )}
        </>
      )}
    </Card>
  );
}

function PhonePicker({ mac, onMac, scope }: { readonly mac: Mac | null; readonly onMac: (mac: Mac) => void; readonly scope: Scope | null }) {
  const t = useText('profiles');
  const phones = bench.all().filter((phone) => phone.enrolled);
  const words = (number: number | null, each: Mac, model: string | null) => [formatNumber(number), macForEyes(each).slice(-8), model].filter(Boolean).join('  ');
  const chosen = phones.find((phone) => phone.mac === mac);
  const meant = phones.filter((phone) => isFor(scope, phone));
  const others = phones.filter((phone) => !isFor(scope, phone));
  const options = (list: typeof phones) => list.map((phone) => <option key={phone.mac} value={phone.mac}>{words(phone.number, phone.mac, phone.model ? spokenName(phone.model) : null)}</option>);
  return (
    <span className={styles.picker}>
      <span aria-hidden="true">
        {chosen ? <><b>{formatNumber(chosen.number)}</b> <span className="mono">{macForEyes(chosen.mac).slice(-8)}</span> {chosen.model ? spokenName(chosen.model) : ''}</> : t('preview.none')}
        <Icon name="down" size={13} />
      </span>
      <select aria-label={t('preview.phone')} value={mac ?? ''} onChange={(event) => onMac(event.currentTarget.value as Mac)}>
        {meant.length > 0 && others.length > 0 ? <><optgroup label={t('preview.meant')}>{options(meant)}</optgroup><optgroup label={t('preview.others')}>{options(others)}</optgroup></> : options(phones)}
      </select>
    </span>
  );
}

function PreviewFoot({ draft, preview }: { readonly draft: Draft; readonly preview: ReturnType<typeof usePreview>['view'] }) {
  const t = useText('profiles');
  const format = useFormat();
  const lint = useSignal(draft.lint.answer)?.view ?? null;
  const size = preview ? t(preview.bytes === preview.wireBytes ? 'preview.bytes' : 'preview.wire', { count: preview.bytes, n: format.count(preview.bytes), wire: format.count(preview.wireBytes), protection: protectionWords(preview.protection, t) }) : null;
  return <span>{[size, lint ? gapWords(lint, t) : null].filter(Boolean).join(' ')}</span>;
}

/** `All 48 fill without a gap.` or which phones lack which place. */
export function gapWords({ phones, unfillable }: Pick<LintView, 'phones' | 'unfillable'>, t: ProfilesText): string {
  if (phones === 0) return t('preview.nobody');
  if (unfillable.length === 0) return t('preview.all', { count: phones });
  const missing = [...new Set(unfillable.flatMap((phone) => phone.missing))];
  const numbers = unfillable.flatMap((phone) => (phone.number === null ? [] : [phone.number]));
  const { text, rest } = formatRanges(numbers);
  return t('preview.lacking', { count: unfillable.length, places: missing.join(', '), phones: rest > 0 ? `${text}, …` : text });
}
