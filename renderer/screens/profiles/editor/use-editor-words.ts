import { useMemo } from 'react';
import type { ParameterEntry } from '../../../../common/values/parameter.ts';
import { useLanguage, useSentence, useText } from '../../../text/i18n.ts';
import type { EditorWords } from './env.ts';

/** English words of the editor's search panel, with our keys for them. */
const PHRASES = {
  Find: 'search.find', Replace: 'search.replace', next: 'search.next', previous: 'search.previous', all: 'search.all', 'match case': 'search.case',
  regexp: 'search.regexp', 'by word': 'search.word', replace: 'search.replace.one', 'replace all': 'search.replace.all', close: 'search.close',
} as const;

/** The editor's words in the reader's language. */
export function useEditorWords(): EditorWords {
  const t = useText('profiles');
  const say = useSentence();
  const language = useLanguage();
  return useMemo(() => ({
    label: t('editor.label'),
    phrases: Object.fromEntries(Object.entries(PHRASES).map(([english, key]) => [english, t(key)])),
    finding: (finding) => say(finding.code, finding.params),
    severity: (severity) => t(`severity.${severity}`),
    kind: (entry) => [entry.type ? t(`type.${entry.type}`) : null, entry.options.length > 0 ? entry.options.join(' | ') : entry.factory === '' ? t('about.empty') : entry.factory].filter(Boolean).join(', '),
    about: (entry) => {
      const help = entry.help?.[language];
      const facts: { term: string | null; text: string }[] = [{ term: null, text: help ?? '' }];
      if (entry.section !== '') facts.push({ term: t('about.section'), text: entry.section });
      if (entry.options.length > 0) facts.push({ term: t('about.options'), text: entry.options.join(', ') });
      if (entry.range) facts.push({ term: t('about.range'), text: t('about.range.text', { from: entry.range.from, to: entry.range.to, unit: entry.range.unit }) });
      if (entry.factory !== null) facts.push({ term: t('about.factory'), text: entry.factory === '' ? t('about.empty') : entry.factory });
      if (entry.seen.length > 0) facts.push({ term: t('about.seen'), text: modelsOf(entry) });
      if (entry.secret) facts.push({ term: null, text: t('about.secret') });
      return facts;
    },
    tab: t('about.tab'),
    macro: () => t('about.macro'),
  }), [t, say, language]);
}


function modelsOf(entry: ParameterEntry): string {
  return entry.seen.map(({ model, firmware }) => (firmware === '' ? model : `${model} (${firmware})`)).join(', ');
}
