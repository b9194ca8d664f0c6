import { wrongUsage } from '../exit.ts';
import type { CommandIo } from '../io.ts';
import { decryptCommand } from './decrypt.ts';
import { diffCommand } from './diff.ts';
import { encryptCommand } from './encrypt.ts';
import { formatCommand } from './format.ts';
import { lintCommand } from './lint.ts';
import { renderCommand } from './render.ts';
import { ruleCommand } from './rule.ts';

type Verb = (args: readonly string[], io: CommandIo) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  lint: lintCommand,
  format: formatCommand,
  render: renderCommand,
  diff: diffCommand,
  rule: ruleCommand,
  encrypt: encryptCommand,
  decrypt: decryptCommand,
};

/** `dialbench profile VERB FILE …`: everything that works on files and needs no workspace. */
export async function profileCommand([name, ...args]: readonly string[], io: CommandIo): Promise<number> {
  const verb = name !== undefined && Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (!verb) throw wrongUsage(`profile takes ${Object.keys(VERBS).join(', ')}, then a file.`);
  return verb(args, io);
}
