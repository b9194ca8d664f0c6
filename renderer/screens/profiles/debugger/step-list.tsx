import { UnstyledButton } from '@mantine/core';
import type { RuleTrace } from '../../../../common/contract/views/profiles.ts';
import type { RuleRequest, RuleStep } from '../../../../common/values/rule.ts';
import type { TextSpan } from '../../../../common/values/text-span.ts';
import { Sign, type SignName } from '../../../parts/sign.tsx';
import { StepNumber } from '../../../parts/step-number.tsx';
import { useSentence, useText } from '../../../text/i18n.ts';
import { cutSentence } from '../../../model/sentence-parts.ts';
import styles from './debugger.module.css';

const TONE_SIGNS: Readonly<Record<RuleStep['tone'], SignName | null>> = { yes: 'done', no: 'off', neutral: null, wrong: 'error' };

interface Line {
  readonly key: string;
  readonly what: string;
  readonly more: string;
  readonly sign: SignName | null;
  readonly span: TextSpan | null;
  readonly mono?: boolean;
}

/** Everything that the phone does with the rule, in order: what it reads, what it sets, what it asks. */
export function StepList({ trace, text, current, onLit, onSelect }: {
  readonly trace: RuleTrace;
  /** The rule that the trace speaks of. */
  readonly text: string;
  /** False while a newer text waits for its answer: its places are not these. */
  readonly current: boolean;
  readonly onLit: (span: TextSpan | null) => void;
  readonly onSelect: (span: TextSpan) => void;
}) {
  const t = useText('debugger');
  const requestLine = useRequestLine();
  const say = useSentence();
  const problems = trace.problems.map((problem, index): Line => ({
    key: `p${index}`,
    what: say(problem.code, problem.params),
    more: t(text.includes('\n') ? 'place.line' : 'place', { line: problem.span.line, column: problem.span.column }),
    sign: problem.severity === 'error' ? 'error' : 'attention',
    span: problem.span,
  }));
  const steps = trace.steps.map((step, index): Line => {
    const { what, fix } = cutSentence(say(step.code, step.params));
    return { key: `s${index}`, what, more: fix, sign: TONE_SIGNS[step.tone], span: step.span };
  });
  const sets = trace.assignments.map((each, index): Line => ({ key: `a${index}`, what: `${each.name} = ${each.value}`, more: t('sets'), sign: 'done', span: null, mono: true }));
  const asks = trace.requests.map((request, index) => requestLine(request, index));
  const ends: readonly Line[] = trace.ends ? [endLine(say(trace.ends.code, trace.ends.params))] : [];
  const numbered = [...steps, ...sets, ...asks, ...ends];
  const row = (line: Line) => <StepText line={line} pick={current && line.span ? { span: line.span, onLit, onSelect } : null} />;
  return (
    <div className={styles.lines}>
      {problems.length > 0 ? (
        <ul aria-label={t('problems')} className={styles.problems}>
          {problems.map((line) => (
            <li key={line.key} className={styles.step}>
              {line.sign ? <Sign name={line.sign} size={17} /> : null}
              {row(line)}
            </li>
          ))}
        </ul>
      ) : null}
      <ol aria-label={t('steps')}>
        {numbered.map((line, index) => (
          <li key={line.key} className={styles.step}>
            <StepNumber number={index + 1} />
            {row(line)}
            {line.sign ? <Sign name={line.sign} size={16} /> : <span className={styles.noSign} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** A step that speaks of a stretch of the rule lights it, and selects it when it is pressed. */
function StepText({ line, pick }: { readonly line: Line; readonly pick: { readonly span: TextSpan; readonly onLit: (span: TextSpan | null) => void; readonly onSelect: (span: TextSpan) => void } | null }) {
  const words = (
    <>
      <b className={line.mono ? 'mono' : ''}>{line.what}</b>
      {line.more ? <span>{line.more}</span> : null}
    </>
  );
  if (!pick) return <div className={styles.words}>{words}</div>;
  const { span, onLit, onSelect } = pick;
  return (
    <UnstyledButton className={styles.words} onClick={() => onSelect(span)} onMouseEnter={() => onLit(span)} onMouseLeave={() => onLit(null)} onFocus={() => onLit(span)} onBlur={() => onLit(null)}>
      {words}
    </UnstyledButton>
  );
}

function endLine(sentence: string): Line {
  const { what, fix } = cutSentence(sentence);
  return { key: 'end', what, more: fix, sign: 'off', span: null };
}

/** `GET http://10.20.0.1:80/p/00562b7114d9.cfg`, and below it how it is protected and where the key comes from. */
function useRequestLine(): (request: RuleRequest, index: number) => Line {
  const t = useText('debugger');
  return (request, index) => {
    const parts = [
      request.encrypted === null ? t(request.scheme === 'https' ? 'plain.https' : 'plain') : t(`encrypted.${request.encrypted}`),
      request.keySource === null ? null : t(`key.${request.keySource}`),
      request.keyBytes === null ? null : t('key.bytes', { count: request.keyBytes }),
      request.login ? t('login') : null,
    ];
    return { key: `r${index}`, what: `${request.method} ${request.url}`, more: parts.filter(Boolean).join(', '), sign: 'done', span: null, mono: true };
  };
}
