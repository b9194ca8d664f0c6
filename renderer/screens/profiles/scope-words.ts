import type { Scope, TemplateView } from '../../../common/contract/views/workspace.ts';
import type { PhoneView } from '../../../common/contract/views/phone.ts';
import { macForEyes, parseMac } from '../../../common/values/mac.ts';
import { UNPROTECTED, type Protection } from '../../../common/values/protection.ts';
import type { useText } from '../../text/i18n.ts';

export type ProfilesText = ReturnType<typeof useText<'profiles'>>;

/** Whom a template is for, in words. */
export function scopeWords(scope: Scope | null, t: ProfilesText): string {
  if (scope === null) return t('scope.nobody');
  if (scope === '*') return t('scope.all');
  const mac = parseMac(scope);
  return mac ? t('scope.one', { mac: macForEyes(mac) }) : t('scope.model', { model: scope });
}

/** True for the phones that a template is meant for; a narrower template may still serve some of them. */
export function isFor(scope: Scope | null, phone: PhoneView): boolean {
  if (scope === null) return false;
  return scope === '*' || phone.model === scope || phone.mac === parseMac(scope);
}

/** How it leaves the bench, in a few words: `AES-256-CBC`. */
export function protectionWords(protection: Protection, t: ProfilesText): string {
  return protection.container === 'none' ? t('container.open') : t(`container.${protection.container}`);
}

export function isProtected({ protection }: Pick<TemplateView, 'protection'>): boolean {
  return protection.container !== UNPROTECTED.container;
}
