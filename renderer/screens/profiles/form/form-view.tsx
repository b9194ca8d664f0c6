import { useMemo, useState } from 'react';
import type { FormField } from '../../../../common/contract/views/profiles.ts';
import { useSignal } from '../../../model/signal.ts';
import { Button } from '../../../parts/button.tsx';
import { Skeleton } from '../../../parts/card.tsx';
import { useText } from '../../../text/i18n.ts';
import { useSentence } from '../../../text/i18n.ts';
import type { Draft } from '../draft.ts';
import { elementAt } from '../editor/element-at.ts';
import styles from '../profiles.module.css';
import { FieldRow, type FieldProblem } from './field-row.tsx';
import { useForm } from './use-form.ts';

const MOST_LINES = 16;

/** The common parameters in plain words: the same file, changed one element at a time. */
export function FormView({ draft, narrow = false }: { readonly draft: Draft; readonly narrow?: boolean }) {
  const t = useText('profiles');
  const text = useSignal(draft.settled);
  const [more, setMore] = useState(1);
  const lines = Math.min(MOST_LINES, Math.max(more, linesOf(text)));
  const form = useForm(draft, lines);
  const problems = useProblems(draft);
  if (form.failure && !form.fields) return <p className={styles.failure} role="alert">{form.failure}</p>;
  if (!form.fields) return <div className={styles.skeleton}><Skeleton width="70%" height={28} /><Skeleton width="70%" height={28} /><Skeleton width="70%" height={28} /></div>;
  return (
    <div className={`${styles.form} ${narrow ? styles.narrow : ''}`}>
      {form.failure ? <p className={styles.failure} role="alert">{form.failure}</p> : null}
      {groupsOf(form.fields).map(({ group, line, fields }) => (
        <fieldset key={`${group} ${line}`} className={styles.fields}>
          <legend>{group === 'line' ? t('group.line', { line }) : t(`group.${group}`)}</legend>
          {fields.map((field) => <FieldRow key={field.name} field={field} problem={problems.get(field.name) ?? null} edits={draft.edits} />)}
        </fieldset>
      ))}
      {lines < MOST_LINES ? <Button size="small" icon="plus" onClick={() => setMore(lines + 1)}>{t('form.line', { line: lines + 1 })}</Button> : null}
    </div>
  );
}

/** The worst sentence for each parameter that has one. */
function useProblems(draft: Draft): ReadonlyMap<string, FieldProblem> {
  const say = useSentence();
  const answer = useSignal(draft.lint.answer);
  return useMemo(() => {
    const found = new Map<string, FieldProblem>();
    if (!answer) return found;
    for (const { severity, span, code, params } of answer.view.findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))) {
      if (severity === 'hint') continue;
      const name = elementAt(answer.text, span.from)?.name;
      if (name !== undefined && !found.has(name)) found.set(name, { severity, sentence: say(code, params) });
    }
    return found;
  }, [answer, say]);
}

function groupsOf(fields: readonly FormField[]): readonly { readonly group: FormField['group']; readonly line: number; readonly fields: readonly FormField[] }[] {
  const groups = new Map<string, { group: FormField['group']; line: number; fields: FormField[] }>();
  for (const field of fields) {
    const key = `${field.group} ${field.line}`;
    const group = groups.get(key) ?? { group: field.group, line: field.line, fields: [] };
    group.fields.push(field);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The highest line that the text speaks of. */
function linesOf(text: string): number {
  return Math.max(1, ...[...text.matchAll(/<(?:User_ID|Proxy|Display_Name|Line_Enable|Password)_(\d{1,2})_[\s>/]/g)].map((match) => Number(match[1])));
}
