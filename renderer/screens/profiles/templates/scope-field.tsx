import type { Scope, TemplateView } from '../../../../common/contract/views/workspace.ts';
import { parseMac } from '../../../../common/values/mac.ts';
import { findModel } from '../../../../common/values/model.ts';
import { bench } from '../../../model/bench.ts';
import { Field } from '../../../parts/field.tsx';
import { Segmented } from '../../../parts/segmented.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';

const KINDS = ['all', 'model', 'one', 'nobody'] as const;

/** What is typed of a scope; `scopeOf` reads it. */
export interface ScopeDraft {
  readonly kind: (typeof KINDS)[number];
  readonly model: string;
  readonly mac: string;
}

export function scopeDraft(scope: Scope | null): ScopeDraft {
  const mac = scope === null ? null : parseMac(scope);
  return { kind: scope === null ? 'nobody' : scope === '*' ? 'all' : mac ? 'one' : 'model', model: scope === null || scope === '*' || mac ? '' : scope, mac: mac ?? '' };
}

/** undefined where what is typed is no model and no MAC. */
export function scopeOf({ kind, model, mac }: ScopeDraft): Scope | null | undefined {
  if (kind === 'nobody') return null;
  if (kind === 'all') return '*';
  return (kind === 'model' ? findModel(model) : parseMac(mac)) ?? undefined;
}

/** Whom a template is for. A template that holds the same place already is named before it loses it. */
export function ScopeField({ name, path, value, templates, onChange }: {
  /** The template that is placed. */
  readonly name: string;
  /** Its own name on the wire: a scope holds one template for each. */
  readonly path: string | null;
  readonly value: ScopeDraft;
  readonly templates: readonly TemplateView[];
  readonly onChange: (value: ScopeDraft) => void;
}) {
  const t = useText('profiles');
  const scope = scopeOf(value);
  const models = [...new Set(bench.all().flatMap((phone) => (phone.model ? [phone.model] : [])))].toSorted();
  const holder = scope === undefined || scope === null ? undefined : templates.find((each) => each.scope === scope && each.name !== name && each.path === path);
  return (
    <fieldset className={styles.group}>
      <legend>{t('scope.label')}</legend>
      <Segmented label={t('scope.label')} value={value.kind} choices={KINDS.map((kind) => ({ value: kind, label: t(`scope.kind.${kind}`) }))} onChange={(kind) => onChange({ ...value, kind })} />
      {value.kind === 'model' ? (
        <Field label={t('scope.model.field')} mono value={value.model} onChange={(model) => onChange({ ...value, model })} hint={models.length > 0 ? t('scope.model.seen', { models: models.join(', ') }) : undefined} error={value.model !== '' && scope === undefined ? t('scope.model.wrong') : null} />
      ) : null}
      {value.kind === 'one' ? <Field label={t('scope.mac.field')} mono value={value.mac} onChange={(mac) => onChange({ ...value, mac })} error={value.mac !== '' && scope === undefined ? t('scope.mac.wrong') : null} /> : null}
      {value.kind === 'nobody' ? <p className={styles.note}>{t('scope.nobody.text')}</p> : null}
      {holder ? <p className={styles.note}>{t('scope.replaces', { name: holder.name })}</p> : null}
    </fieldset>
  );
}
