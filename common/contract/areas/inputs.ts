import { z } from 'zod';
import { parseMac, type Mac } from '../../values/mac.ts';
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
