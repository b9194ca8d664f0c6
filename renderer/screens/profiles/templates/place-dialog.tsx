import { useState } from 'react';
import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import { host } from '../../../api/host.ts';
import { useCall } from '../../../api/use-call.ts';
import { showToast } from '../../../model/toasts.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { Field } from '../../../parts/field.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';
import { ProtectionFields, protectionProblem } from './protection-fields.tsx';
import { scopeDraft, ScopeField, scopeOf } from './scope-field.tsx';

/** Whom a template is for, under which name and how protected it leaves: everything but its text. */
export function PlaceDialog({ view, templates, onClose, onPlaced }: {
  readonly view: TemplateView;
  readonly templates: readonly TemplateView[];
  readonly onClose: () => void;
  readonly onPlaced: () => Promise<void>;
}) {
  const t = useText('profiles');
  const { run, busy, failure } = useCall();
  const [target, setTarget] = useState(() => scopeDraft(view.scope));
  const [path, setPath] = useState(view.path ?? '');
  const [protection, setProtection] = useState(view.protection);
  const scope = scopeOf(target);
  const problem = protectionProblem(protection);
  const cannot = scope === undefined ? t('place.scope') : problem ? t(problem) : null;
  const put = () => {
    if (scope === undefined || busy) return;
    void run(() => host.profiles.place({ name: view.name, scope, path: path.trim() === '' ? null : path.trim(), protection })).then((answer) => {
      if (!answer) return;
      showToast(answer.unassigned === null ? t('said.placed', { name: view.name }) : t('said.replaced', { name: view.name, other: answer.unassigned }));
      onClose();
      void onPlaced();
    });
  };
  return (
    <Dialog opened width={680} title={t('place.title', { name: view.name })} onClose={onClose} confirm={{ label: t('place.confirm'), act: put, working: busy, cannot }} failure={failure}>
      <div className={styles.question}>
        <ScopeField name={view.name} path={path.trim() === '' ? null : path.trim()} value={target} templates={templates} onChange={setTarget} />
        <Field label={t('path.label')} mono value={path} placeholder="p/$MA.xml" hint={t('path.hint')} onChange={setPath} />
        <ProtectionFields value={protection} onChange={setProtection} />
      </div>
    </Dialog>
  );
}
