import { useSignal } from '../../model/signal.ts';
import { KeyMapDialog } from '../keys/key-map.tsx';
import { Finder } from './finder.tsx';
import { overlay } from './overlay.ts';

export function Overlays() {
  const open = useSignal(overlay);
  const close = () => overlay.set(null);
  return (
    <>
      <Finder opened={open === 'find'} onClose={close} />
      <KeyMapDialog opened={open === 'keys'} onClose={close} />
    </>
  );
}
