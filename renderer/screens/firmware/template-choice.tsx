import { useId } from 'react';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { useText } from '../../text/i18n.ts';
import { scopeWords } from '../profiles/scope-words.ts';
import styles from './firmware.module.css';

/** One template of all, or with `none` no template; radio rows, so that each says whom it serves. */
export function TemplateChoice({ label, templates, value, none, onChange }: {
  readonly label: string;
  readonly templates: readonly TemplateView[];
  readonly value: string | null;
  /** Words for the row without a template; left out where there must be one. */
  readonly none?: { readonly label: string; readonly text: string };
  readonly onChange: (name: string | null) => void;
}) {
  const t = useText('firmware');
  const profiles = useText('profiles');
  const group = useId();
  return (
    <fieldset className={styles.templates}>
      <legend>{label}</legend>
      {templates.map((template) => (
        <label key={template.name}>
          <input type="radio" name={group} checked={value === template.name} onChange={() => onChange(template.name)} />
          <b className="cut-off">{template.name}</b>
          <span>{scopeWords(template.scope, profiles)}, {t('template.phones', { count: template.phones })}</span>
        </label>
      ))}
      {none ? (
        <label>
          <input type="radio" name={group} checked={value === null} onChange={() => onChange(null)} />
          <b>{none.label}</b>
          <span>{none.text}</span>
        </label>
      ) : null}
    </fieldset>
  );
}
