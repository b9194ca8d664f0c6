import type { Finding } from '../../../../common/values/finding.ts';
import type { ProfileAttribute } from '../document/document.ts';
import { finding, type Mending } from './finding.ts';
import type { LintElement, LintRule, LintSubject } from './subject.ts';

const NOBODY = 'ua="na"';
/** The phone's user types these in the phone's own menus, so Cisco opens them to the user. */
const USERS_OWN = /^(?:User|Proxy|VPN)_Password$|^Wi-Fi_Password_\d+_$/;

/** The attribute `ua`: what the phone's user sees and changes. Cisco's guides disagree on what happens without it. */
export const access: LintRule = (subject) => subject.elements.flatMap((checked) => checkAccess(subject, checked));

function checkAccess(subject: LintSubject, { element, found }: LintElement): readonly Finding[] {
  const { name, nameSpan } = element;
  const attribute = element.attributes.find((each) => each.name === 'ua');
  if (attribute === undefined) {
    const edits = [{ from: nameSpan.to, to: nameSpan.to, insert: ` ${NOBODY}` }];
    return [finding('lint.ua-missing', nameSpan, { name }, { edits })];
  }
  const nobody: Mending = { edits: [{ from: attribute.span.from, to: attribute.span.to, insert: NOBODY }] };
  if (element.ua === null) return [finding('lint.ua-unknown', attribute.span, { name, ua: attribute.value.slice(0, 20) }, nobody)];
  const secret = found?.entry.secret === true && element.ua !== 'na';
  if (secret && USERS_OWN.test(name)) return [finding('lint.secret-own', attribute.span, { name }), ...quotes(subject, attribute)];
  if (secret) return [finding('lint.secret-readable', attribute.span, { name, ua: element.ua }, nobody)];
  return quotes(subject, attribute);
}

/** The phone takes double quotes alone. */
function quotes({ document }: LintSubject, { span, value }: ProfileAttribute): readonly Finding[] {
  if (document.text[span.to - 1] === '"') return [];
  return [finding('lint.ua-quotes', span, {}, { edits: [{ from: span.from, to: span.to, insert: `ua="${value}"` }] })];
}
