import type { Finding } from '../../../../common/values/finding.ts';
import type { ParameterEntry } from '../../../../common/values/parameter.ts';
import type { EditorWords } from './env.ts';
import { findingSign } from './signs.ts';

/** What is known of a parameter, as the completion and the hover show it. Built by hand: the editor is no React. */
export function aboutParameter(name: string, entry: ParameterEntry, words: EditorWords, last?: string): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-about';
  const [first, ...rest] = words.about(entry);
  box.append(paragraph(name, first?.text ?? ''));
  for (const { term, text } of rest) box.append(paragraph(term, text));
  if (last !== undefined) box.append(paragraph(null, last));
  return box;
}

/** The sentences of findings under the pointer. */
export function aboutFindings(findings: readonly Finding[], words: EditorWords): HTMLElement {
  const box = document.createElement('div');
  box.className = 'cm-about';
  for (const finding of findings) {
    const line = document.createElement('p');
    line.className = 'cm-said';
    line.append(findingSign(finding.severity), document.createTextNode(words.finding(finding)));
    box.append(line);
  }
  return box;
}

function paragraph(term: string | null, text: string): HTMLElement {
  const line = document.createElement('p');
  if (term !== null) {
    const bold = document.createElement('b');
    bold.textContent = term;
    line.append(bold, ' ');
  }
  line.append(text);
  return line;
}
