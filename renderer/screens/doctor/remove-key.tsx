import type { KeyView } from '../../../common/values/key.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { showToast } from '../../model/toasts.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useText } from '../../text/i18n.ts';
import styles from './doctor.module.css';
import { useOwnerWords } from './ring-words.ts';

/** Taking a key away names what breaks with it. */
export function RemoveKeyDialog({ of, onClose }: { readonly of: KeyView; readonly onClose: () => void }) {
  const t = useText('ring');
  const words = useOwnerWords();
  const { busy, failure, run } = useCall();
  const owner = words(of.owner);
  const remove = () => void run(() => host.keys.remove({ id: of.id })).then((answer) => {
    if (!answer) return;
    showToast(t('said.removed', { owner }));
    onClose();
  });
  return (
    <Dialog title={t('remove.title', { owner })} opened onClose={onClose} failure={failure} confirm={{ label: t('remove.do'), act: remove, working: busy }}>
      <div className={styles.ask}>
        <p>{t(`remove.breaks.${of.owner.kind}`)}</p>
        <p>{t(of.shownAt === null ? 'remove.nobody' : 'remove.shown')}</p>
        <p className="mono">{of.fingerprint}</p>
      </div>
    </Dialog>
  );
}
