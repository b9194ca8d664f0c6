import { useState } from 'react';
import type { ImportReport } from '../../../common/contract/views/workspace.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { useKeys } from '../../model/keys.ts';
import { router } from '../../model/router.ts';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { Page } from '../../parts/page.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './import.module.css';
import { ImportRows } from './import-rows.tsx';
import { ImportSource, type Source } from './import-source.tsx';
import { filtersOf, rejectedLines, separatorWord, takenBy, type RowFilter } from './report.ts';

interface Looked {
  readonly source: Source;
  readonly report: ImportReport;
}

/** A list is looked at row by row, then taken; one bad row never loses the good ones. */
export function ImportScreen() {
  const t = useText('import');
  const { run, busy, failure, clear } = useCall();
  const [looked, setLooked] = useState<Looked | null>(null);
  const [taken, setTaken] = useState<ImportReport | null>(null);
  const look = (source: Source) =>
    void run(() => host.imports.dryRun({ text: source.text })).then((report) => {
      if (!report) return;
      setTaken(null);
      setLooked({ source, report });
    });
  const startOver = () => {
    clear();
    setLooked(null);
    setTaken(null);
  };
  if (!looked) {
    return (
      <Page title={t('title')} lead={t('lead')}>
        <ImportSource working={busy} failure={failure} onSource={look} />
      </Page>
    );
  }
  const take = () => {
    if (busy || taken || takenBy(looked.report) === 0) return;
    void run(() => host.imports.take({ text: looked.source.text })).then((report) => report && setTaken(report));
  };
  return <LookedAt key={looked.source.text} looked={looked} taken={taken} busy={busy} failure={failure} onTake={take} onAgain={startOver} />;
}

function LookedAt({ looked, taken, busy, failure, onTake, onAgain }: {
  readonly looked: Looked;
  readonly taken: ImportReport | null;
  readonly busy: boolean;
  readonly failure: string | null;
  readonly onTake: () => void;
  readonly onAgain: () => void;
}) {
  const t = useText('import');
  const format = useFormat();
  const { source, report } = looked;
  const [filter, setFilter] = useState<RowFilter>(report.rejected > 0 && takenBy(report) === 0 ? 'rejected' : 'all');
  const count = takenBy(report);
  useKeys({ 'mod+Enter': taken ? () => router.go({ name: 'bench' }) : onTake, Escape: onAgain });
  return (
    <Page
      title={t('title')}
      lead={`${source.name ?? t('source.pasted')}, ${t('rows', { count: report.rows.length, n: format.count(report.rows.length) })} ${t(`separated.${separatorWord(report.separator)}`)}`}
      actions={
        <>
          {failure ? <Failure text={failure} /> : null}
          <Button shortcut="Esc" onClick={onAgain}>{t('again')}</Button>
          {taken ? (
            <Button kind="primary" shortcut="Ctrl Enter" onClick={() => router.go({ name: 'bench' })}>{t('taken.bench')}</Button>
          ) : (
            <Button kind="primary" shortcut="Ctrl Enter" working={busy} cannot={count === 0 ? t('take.none') : null} onClick={onTake}>{t('take', { count, n: format.count(count) })}</Button>
          )}
        </>
      }
    >
      {taken ? <Taken report={taken} /> : null}
      {report.rejected > 0 ? <Rejected source={source} report={report} taken={taken !== null} /> : null}
      <Card
        className={styles.table}
        title={t('table.label')}
        aside={
          <Segmented
            small
            label={t('filter.label')}
            value={filter}
            choices={filtersOf(report).map((each) => ({ value: each.filter, label: t(`filter.${each.filter}`, { n: format.count(each.count) }) }))}
            onChange={setFilter}
          />
        }
      >
        <div className={styles.rows}><ImportRows report={report} filter={filter} /></div>
      </Card>
    </Page>
  );
}

function Taken({ report }: { readonly report: ImportReport }) {
  const t = useText('import');
  const format = useFormat();
  const count = takenBy(report);
  return (
    <div className={styles.taken} role="status">
      <Sign name="done" size={26} />
      <div>
        <h2>{t('taken.title', { count, n: format.count(count) })}</h2>
        <p>{t('taken.parts', { added: format.count(report.added), changed: format.count(report.changed), same: format.count(report.same) })} {report.added > 0 ? t('taken.next') : ''}</p>
      </div>
    </div>
  );
}

function Rejected({ source, report, taken }: Looked & { readonly taken: boolean }) {
  const t = useText('import');
  const format = useFormat();
  const count = report.rejected;
  const n = format.count(count);
  return (
    <div className={styles.rejected}>
      <EmptyPanel
        sign="attention"
        title={t('rejected.title', { count, n })}
        actions={<CopyButton text={rejectedLines(source.text, report)} said={t('said.copied', { count, n })}>{t('rejected.copy')}</CopyButton>}
      >
        <p>{t(taken ? 'rejected.after' : 'rejected.text')}</p>
      </EmptyPanel>
    </div>
  );
}
