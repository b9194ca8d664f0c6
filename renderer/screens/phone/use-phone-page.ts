import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PhonePage, ProfileView, TimelineRow } from '../../../common/contract/views/phone.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { host } from '../../api/host.ts';
import { connection } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import { LiveList, type LiveView } from '../../model/live-list.ts';
import { useSignal } from '../../model/signal.ts';

const PAGE = 100;
const STEP_MS = 700;

export interface PhoneData {
  /** undefined while the first answer is on its way, null when the phone is not known. */
  readonly page: PhonePage | null | undefined;
  readonly profile: ProfileView | undefined;
  readonly timeline: LiveView<TimelineRow>;
  readonly more: boolean;
  readonly older: () => void;
  readonly hold: (held: boolean) => void;
  readonly refresh: () => void;
}

/** Everything about one phone; asked again when the bench says that it changed, at most every 700 ms. */
export function usePhonePage(mac: Mac): PhoneData {
  const [page, setPage] = useState<PhonePage | null | undefined>(undefined);
  const [profile, setProfile] = useState<ProfileView | undefined>(undefined);
  const [more, setMore] = useState(false);
  const list = useMemo(() => new LiveList<TimelineRow>((row) => `${row.kind} ${row.seq} ${row.kind === 'wire' ? '' : `${row.what} ${row.at}`}`), []);
  const timeline = useSignal(list.view);
  const open = useSignal(connection.state).kind === 'open';
  const first = useRef(true);

  const read = useCallback(async (whole: boolean) => {
    try {
      const [nextPage, rows] = await Promise.all([host.phones.page({ mac }), host.phones.timeline({ mac, limit: PAGE })]);
      setPage(nextPage);
      list.push(rows.rows);
      if (first.current) setMore(rows.more);
      first.current = false;
      if (whole) setProfile(await host.phones.profile({ mac }));
    } catch {
      // The lost-host bar says it; the last state stays.
    }
  }, [mac, list]);

  useEffect(() => {
    if (!open) return undefined;
    let busy = false;
    let again = false;
    let wholeAgain = false;
    let stopped = false;
    /** Bytes that move change neither template nor profile; only a change of the phone asks for those. */
    const run = async (whole: boolean) => {
      if (busy) {
        again = true;
        wholeAgain ||= whole;
        return;
      }
      busy = true;
      await read(whole);
      setTimeout(() => {
        busy = false;
        if (again && !stopped) {
          const next = wholeAgain;
          again = false;
          wholeAgain = false;
          void run(next);
        }
      }, STEP_MS);
    };
    void run(true);
    const stops = [bench.watch(mac, () => void run(true)), bench.watchProgress(mac, () => void run(false))];
    return () => {
      stopped = true;
      for (const stop of stops) stop();
    };
  }, [mac, open, read]);

  const older = useCallback(() => {
    const seqs = list.view.get().rows.filter((row) => row.kind === 'wire').map((row) => row.seq);
    if (seqs.length === 0) return;
    host.phones.timeline({ mac, limit: PAGE, before: Math.min(...seqs) }).then(
      (answer) => {
        list.older(answer.rows);
        setMore(answer.more);
      },
      () => undefined,
    );
  }, [mac, list]);

  return { page, profile, timeline, more, older, hold: useCallback((held) => list.hold(held), [list]), refresh: useCallback(() => void read(true), [read]) };
}
