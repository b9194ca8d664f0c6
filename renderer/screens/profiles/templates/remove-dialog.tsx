import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import { host } from '../../../api/host.ts';
import { useCall } from '../../../api/use-call.ts';
import { showToast } from '../../../model/toasts.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { useText } from '../../../text/i18n.ts';
import { dropDraft } from '../draft.ts';
import styles from '../profiles.module.css';
import { openTemplate } from '../use-templates.ts';

/** Names what goes, and what its phones get afterwards. */
export function RemoveDialog({ view, onClose, onRemoved }: { readonly view: TemplateView; readonly onClose: () => void; readonly onRemoved: () => Promise<void> }) {
  const t = useText('profiles');
  const { run, busy, failure } = useCall();
  const remove = () =>
    void run(() => host.profiles.remove({ name: view.name })).then((answer) => {
      if (!answer) return;
      dropDraft(view.name);
      openTemplate.set(null);
      showToast(t('said.removed', { name: view.name }));
      onClose();
      void onRemoved();
    });
  return (
    <Dialog opened width={480} title={t('remove.title', { name: view.name })} onClose={onClose} confirm={{ label: t('remove.confirm'), act: remove, working: busy }} failure={failure}>
      <div className={styles.question}>
        <p>{view.phones > 0 ? t('remove.serves', { count: view.phones, n: view.phones }) : t('remove.idle')}</p>
        <p>{t('remove.history')}</p>
      </div>
    </Dialog>
  );
}
