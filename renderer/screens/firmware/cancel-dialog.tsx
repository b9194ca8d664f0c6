import { macForEyes } from '../../../common/values/mac.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { waves, type WaveKey } from '../../model/wave-store.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { formatNumber } from '../../text/format.ts';
import { useText } from '../../text/i18n.ts';

/** Asks before phones are taken out of their wave, one or all. */
export function CancelDialog({ whom, onClose }: { readonly whom: WaveKey | 'all'; readonly onClose: () => void }) {
  const t = useText('firmwareWave');
  const counts = useSignal(waves.counts);
  const { run, busy, failure } = useCall();
  const mac = whom === 'all' ? null : (waves.row(whom)?.phone.mac ?? null);
  const number = mac === null ? null : (bench.phone(mac)?.number ?? null);
  const name = mac === null ? '' : number === null ? macForEyes(mac) : t('row.phone', { number: formatNumber(number) });
  const open = counts.queued + counts.told + counts.loading + counts.writing + counts.held;
  const cancel = () => {
    if (busy) return;
    void run(() => host.firmware.cancel({ mac })).then((answer) => {
      if (!answer) return;
      showToast(t('said.cancelled', { count: answer.changed }));
      onClose();
    });
  };
  return (
    <Dialog
      opened
      width={520}
      title={mac === null ? t('cancel.title', { count: open }) : t('cancel.title-one', { name })}
      onClose={onClose}
      confirm={{ label: mac === null ? t('cancel.confirm') : t('cancel.confirm-one', { name }), act: cancel, working: busy }}
      failure={failure}
    >
      <p>{t('cancel.text')}</p>
    </Dialog>
  );
}
