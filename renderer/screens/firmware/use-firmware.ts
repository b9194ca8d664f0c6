import { useCallback, useEffect, useState } from 'react';
import type { FirmwareView } from '../../../common/contract/views/firmware.ts';
import { connection, host } from '../../api/host.ts';
import { useSignal } from '../../model/signal.ts';
import { onTheWay } from './adding.ts';

/** Somebody may add a load from the command line; while bytes are read, how far they are is worth a look. */
const LOOK_MS = 3000;
const LOOK_CLOSELY_MS = 400;

export interface Firmware {
  /** undefined before the first answer. */
  readonly view: FirmwareView | undefined;
  refresh(): Promise<void>;
}

/** The catalogue, asked again every few seconds and more often while it reads. */
export function useFirmware(): Firmware {
  const [view, setView] = useState<FirmwareView | undefined>(undefined);
  const open = useSignal(connection.state).kind === 'open';
  const moves = useSignal(onTheWay) !== null || view?.progress != null;
  const refresh = useCallback(() => host.firmware.view().then(setView, () => undefined), []);
  useEffect(() => {
    if (!open) return undefined;
    const look = () => {
      if (!document.hidden) void refresh();
    };
    look();
    const timer = setInterval(look, moves ? LOOK_CLOSELY_MS : LOOK_MS);
    return () => clearInterval(timer);
  }, [open, moves, refresh]);
  return { view, refresh };
}
