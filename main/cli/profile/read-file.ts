import { open } from 'node:fs/promises';
import { couldNotRun } from '../exit.ts';
import { fromHere } from '../folders.ts';

/**
 * A whole file, or standard input for `-`.
 * @param largest bytes; what has more is refused after that many, so that a device or a pipe without end ends here
 */
export async function readWhole(name: string, largest: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of name === '-' ? process.stdin : (await open(fromHere(name))).createReadStream()) {
      const bytes = part as Buffer;
      size += bytes.length;
      if (size > largest) break;
      parts.push(bytes);
    }
  } catch (error) {
    throw couldNotRun(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (size > largest) throw couldNotRun(`${name === '-' ? 'Standard input' : name} is larger than ${largest} bytes.`);
  return Buffer.concat(parts);
}
