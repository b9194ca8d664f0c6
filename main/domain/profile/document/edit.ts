import { done, failed, type Result } from '../../../../common/values/failure.ts';
import type { FormEdit } from '../../../../common/values/profile-edit.ts';
import { escapeXml, isXmlText } from '../escape.ts';
import { effective, readDocument, type ProfileDocument, type ProfileElement } from './document.ts';
import { asTaken } from './element.ts';
import { isParameterName, trimmed } from './names.ts';
import { insideValue, insertion, removal } from './place.ts';

/**
 * Writes one parameter into a profile and leaves every other byte of it alone: comments, attributes, order, unknown
 * elements, spacing, line ends. An edit that changes nothing gives the same string.
 *
 * Of several elements with the name the last is changed, since the phone takes that one; `omitted` takes all of them
 * away, else an earlier one would come to count. An element that stood alone on its line takes the line with it, and the
 * option list that described it. A new one goes before the end of the profile, indented as its neighbours, with
 * `ua="na"`. Values are escaped; places of a template stay places.
 * @returns `profile.edit-first` (line) where the text is not well-formed, `profile.edit-nowhere`, `profile.name-wrong`,
 * `profile.value-blank` for a value of nothing but white space, `profile.value-unusable`
 */
export function editParameter(text: string, edit: FormEdit): Result<string> {
  const content = readContent(edit);
  if (!content.ok) return content;
  const document = readDocument(text);
  const error = document.problems.find(({ severity }) => severity === 'error');
  if (!document.profile) return failed('profile.edit-nowhere', { name: edit.name });
  if (error) return failed('profile.edit-first', { line: error.span.line });
  const element = effective(document).get(edit.name);
  if (content.value === null) return done(element ? without(document, edit.name) : text);
  if (!element) return isParameterName(edit.name) ? done(insertion(document, newElement(edit.name, content.value))) : failed('profile.name-wrong', { name: edit.name.slice(0, 60) });
  if (says(element, content.value)) return done(text);
  return rewrite(text, element, content.value);
}

/** What stands between the tags, not yet escaped; '' resets, null takes the element away. */
function readContent({ name, intent, value }: FormEdit): Result<string | null> {
  if (intent === 'omitted') return done(null);
  if (intent === 'reset') return done('');
  if (intent === 'empty') return done('""');
  if (!isXmlText(value)) return failed('profile.value-unusable', { name });
  const taken = asTaken(value);
  return taken === '' ? failed('profile.value-blank', { name }) : done(taken);
}

function newElement(name: string, content: string): string {
  return content === '' ? `<${name} ua="na"/>` : `<${name} ua="na">${writtenValue(content)}</${name}>`;
}

function says({ intent, value }: ProfileElement, content: string): boolean {
  if (content === '') return intent === 'reset';
  if (content === '""') return intent === 'empty';
  return intent === 'value' && value === content;
}

function without(document: ProfileDocument, name: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const element of document.elements) {
    if (element.name !== name) continue;
    const gone = removal(document.text, element);
    parts.push(document.text.slice(from, gone.from));
    from = gone.to;
  }
  return parts.join('') + document.text.slice(from);
}

function rewrite(text: string, element: ProfileElement, content: string): Result<string> {
  const inside = insideValue(element.raw);
  if (inside.elements) return failed('profile.edit-first', { line: element.span.line });
  const { span, valueSpan } = element;
  const kept = inside.comments.join('');
  if (content === '' && kept === '') {
    return done(`${text.slice(0, span.from)}${openTag(text, element)}/>${text.slice(span.to)}`);
  }
  if (!valueSpan) {
    return done(`${text.slice(0, span.from)}${openTag(text, element)}>${writtenValue(content)}</${element.name}>${text.slice(span.to)}`);
  }
  const { from, to } = content === '' ? { from: 0, to: element.raw.length } : trimmed(element.raw, 0, element.raw.length);
  // White space around the value is the writer's own; a comment inside it stays, behind the new value.
  const raw = element.raw.slice(0, from) + writtenValue(content) + kept + element.raw.slice(to);
  return done(text.slice(0, valueSpan.from) + raw + text.slice(valueSpan.to));
}

/** The start tag without its end: `<P ua="na"`. */
function openTag(text: string, { span, valueSpan }: ProfileElement): string {
  const to = valueSpan ? valueSpan.from - 1 : span.to - 2;
  return text.slice(span.from, trimmed(text, span.from, to).to);
}

/** Two quotes are what Cisco asks for an empty value; they are written as such. */
function writtenValue(content: string): string {
  return content === '""' ? content : escapeXml(content);
}
