import { useState } from 'react';
import type { Finding, LintView } from '../../../../common/contract/views/profiles.ts';
import { cutSentence } from '../../../model/sentence-parts.ts';
import { useSignal } from '../../../model/signal.ts';
import { Button } from '../../../parts/button.tsx';
import { KeyCap } from '../../../parts/key-cap.tsx';
import { Sign } from '../../../parts/sign.tsx';
import { useSentence, useText } from '../../../text/i18n.ts';
import type { Draft } from '../draft.ts';
import styles from '../profiles.module.css';

/** More rows than this are shown only on request. */
const SHOWN = 60;

/** What the lint found: sentence, line and column, and the fix as a button. */
export function FindingsPanel({ draft }: { readonly draft: Draft }) {
  const t = useText('profiles');
  const answer = useSignal(draft.lint.answer);
  const [all, setAll] = useState(false);
  if (!answer) return <div className={styles.findings}><p className={styles.findingsHead}>{t('findings.reading')}</p></div>;
  const rows = draft.editor.findings();
  const shown = all ? rows : rows.slice(0, SHOWN);
  const first = rows.findIndex(({ finding }) => finding.fix !== null);
  return (
    <section className={styles.findings} aria-label={t('findings.label')}>
      <div className={styles.findingsHead}>
        <b role="status">{countWords(answer.view, t)}</b>
        {rows.length > 0 ? <span className={styles.aside}>{t('findings.next')} <KeyCap>F8</KeyCap></span> : null}
      </div>
      {rows.length > 0 ? (
        <ul className={styles.findingRows}>
          {shown.map(({ finding, line, column, from, to }, index) => (
            <li key={`${finding.code} ${from} ${index}`}>
              <Sign name={finding.severity === 'error' ? 'error' : finding.severity === 'warning' ? 'attention' : 'off'} size={17} />
              <FindingWords finding={finding} at={t('findings.at', { line, column })} onGo={() => draft.editor.select(from, to)} />
              {finding.fix ? <FixButton finding={finding} draft={draft} primary={index === first} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {rows.length > shown.length ? <div className={styles.more}><Button size="small" onClick={() => setAll(true)}>{t('findings.more', { count: rows.length - shown.length })}</Button></div> : null}
    </section>
  );
}

function FindingWords({ finding, at, onGo }: { readonly finding: Finding; readonly at: string; readonly onGo: () => void }) {
  const t = useText('profiles');
  const say = useSentence();
  const { what, fix } = cutSentence(say(finding.code, finding.params));
  return (
    <button type="button" className={styles.findingWords} onClick={onGo}>
      <b><span className="visually-hidden">{t(`severity.${finding.severity}`)} </span>{what}</b>
      <span>{at} {fix}</span>
    </button>
  );
}

function FixButton({ finding, draft, primary }: { readonly finding: Finding; readonly draft: Draft; readonly primary: boolean }) {
  const say = useSentence();
  const { fix } = finding;
  if (!fix) return null;
  return <Button size="small" kind={primary ? 'primary' : 'plain'} onClick={() => draft.editor.fix(fix)}>{say(fix.code, fix.params)}</Button>;
}

/** `1 error, 2 warnings`; nothing found is said too. */
export function countWords(view: LintView, t: ReturnType<typeof useText<'profiles'>>): string {
  const hints = view.findings.filter(({ severity }) => severity === 'hint').length;
  const parts = [
    view.errors > 0 ? t('findings.errors', { count: view.errors }) : null,
    view.warnings > 0 ? t('findings.warnings', { count: view.warnings }) : null,
    hints > 0 ? t('findings.hints', { count: hints }) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? t('findings.none') : parts.join(', ');
}
