import { z } from 'zod';
import { parseMac, type Mac } from '../../values/mac.ts';
import { CONTAINERS, IKM_FORMS, KEY_DIGESTS } from '../../values/protection.ts';
import { SERVER_NAMES } from '../../values/server.ts';
import { STAGES } from '../../values/stage.ts';

/** A MAC in any usual spelling, kept as 12 lower-case hex digits. */
export const macInput = z.string().max(32).transform((text, context): Mac => {
  const mac = parseMac(text);
  if (mac) return mac;
  context.addIssue({ code: 'custom', message: 'not a MAC address' });
  return z.NEVER;
});
export const serverInput = z.enum(SERVER_NAMES);
export const stageInput = z.enum(STAGES);
export const portInput = z.number().int().min(0).max(65535);
/** Templates and lists come as text; 8 MB is a hundred times the largest real export. */
export const fileText = z.string().max(8_000_000);
export const templateName = z.string().min(1).max(80).regex(/^[^\p{Cc}/\\]+$/u);
/** `*`, a product name or a MAC. */
export const scopeInput = z.string().min(1).max(40);
export const pageInput = { before: z.number().int().positive().optional(), limit: z.number().int().min(1).max(500).default(100) };
/** A file as base64: at most 8 MB of bytes. */
export const fileBase64 = z.base64().max(11_000_000);
const record = z.record(z.string().max(64), z.string().max(10_000));
export const pathInput = z.string().min(1).max(200);
export const protectionInput = z.object({
  container: z.enum(CONTAINERS),
  digest: z.enum(KEY_DIGESTS),
  ikmForm: z.enum(IKM_FORMS),
  key: z.union([z.literal('phone'), z.object({ shared: z.string().min(1).max(80) })]).nullable(),
});
export const ikmForm = z.enum(IKM_FORMS).default('base64url');
export const keyUse = z.enum(['passphrase', 'ikm']);
export const keyOwner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), mac: macInput }),
  z.object({ kind: z.literal('batch'), name: z.string().min(1).max(80) }),
  z.object({ kind: z.literal('customer'), name: z.string().min(1).max(80) }),
]);
export const ruleFacts = z.object({
  macros: record,
  secrets: record,
  server: z.string().max(255).nullable(),
  ikm: z.boolean(),
  timing: record,
  failures: z.number().int().min(0).max(1000),
  now: z.number(),
});
