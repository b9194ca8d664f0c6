import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { showToast } from '../../model/toasts.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useText } from '../../text/i18n.ts';

/** Asks before files go; the host refuses while a template or a wave asks for them, and says which. */
export function RemoveDialog({ name, onClose, onRemoved }: { readonly name: string; readonly onClose: () => void; readonly onRemoved: () => void }) {
  const t = useText('firmware');
  const { run, busy, failure } = useCall();
  const remove = () => {
    if (busy) return;
    void run(() => host.firmware.remove({ name })).then((answer) => {
      if (!answer) return;
      showToast(t('said.removed', { count: answer.removed.length }));
      onRemoved();
      onClose();
    });
  };
  return (
    <Dialog opened width={520} title={t('remove.title', { name })} onClose={onClose} confirm={{ label: t('remove.confirm'), act: remove, working: busy }} failure={failure}>
      <p>{t('remove.text')}</p>
    </Dialog>
  );
}
