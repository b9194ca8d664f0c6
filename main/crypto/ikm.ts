import { done, failed, type Result } from '../../common/values/failure.ts';
import type { IkmForm } from '../../common/values/protection.ts';

const FORMS: Readonly<Record<IkmForm, RegExp>> = {
  // Four signs carry three bytes; a rest of one sign carries none.
  base64url: /^(?:[\w-]{4})*(?:[\w-]{2}(?:==)?|[\w-]{3}=?)?$/,
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/,
  hex: /^(?:[0-9A-Fa-f]{2})*$/,
  text: /^/,
};

/**
 * The bytes that the text of IKM_HTTP_Encrypt_Content stands for. Which form a phone reads no public source confirms, so it
 * is a setting. `text` is the UTF-8 bytes. A text that is not of its form is refused, never read half.
 * @returns `crypto.ikm-form` (form) or `crypto.key-empty`
 */
export function readIkm(text: string, form: IkmForm): Result<Uint8Array> {
  if (text === '') return failed('crypto.key-empty');
  if (!FORMS[form].test(text)) return failed('crypto.ikm-form', { form });
  return done(new Uint8Array(Buffer.from(text, form === 'text' ? 'utf8' : form)));
}
