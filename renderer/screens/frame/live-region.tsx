import { useEffect, useRef } from 'react';
import { connection } from '../../api/host.ts';
import { announcer } from '../../model/announcer.ts';
import { bench } from '../../model/bench.ts';
import { summarise, type Faces } from '../../model/happened.ts';
import { useSignal } from '../../model/signal.ts';
import { formatRanges } from '../../text/format.ts';
import { useText } from '../../text/i18n.ts';

/** Tells screen readers what happened on the bench: one polite sentence in 5 s, urgent ones at once. */
export function LiveRegion() {
  const t = useText('frame');
  const polite = useSignal(announcer.polite);
  const urgent = useSignal(announcer.urgent);
  const shapes = useSignal(bench.shapes);
  const state = useSignal(connection.state);
  const servers = useSignal(bench.servers);
  const told = useRef<Faces | null>(null);
  const lost = useRef(false);

  useEffect(() => {
    announcer.say(() => {
      const { faces, done, needs } = summarise(told.current, bench.all());
      told.current = faces;
      const list = (numbers: readonly number[]) => ({ count: numbers.length, numbers: formatRanges(numbers).text });
      return [done.length > 0 ? t('said.done', list(done)) : '', needs.length > 0 ? t('said.needs', list(needs)) : ''].filter(Boolean).join(' ');
    });
  }, [shapes, t]);

  useEffect(() => {
    if (state.kind === 'lost' && !lost.current) announcer.shout(t('said.lost'));
    if (state.kind === 'open' && lost.current) announcer.say(() => t('said.back'));
    lost.current = state.kind === 'lost';
  }, [state, t]);

  const conflict = servers?.dhcp.probe === 'conflict' ? servers.dhcp.others.join(', ') : '';
  useEffect(() => {
    if (conflict) announcer.shout(t('said.conflict', { others: conflict }));
  }, [conflict, t]);

  return (
    <>
      <div className="visually-hidden" aria-live="polite">{polite}</div>
      <div className="visually-hidden" role="alert">{urgent}</div>
    </>
  );
}
