import { readFile } from 'node:fs/promises';
import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { failed, type Result } from '../../../common/values/failure.ts';
import { decodeProfile, MAX_PROFILE_BYTES } from '../../domain/profile/document/decode.ts';
import { couldNotRun } from '../exit.ts';
import { fromHere } from '../folders.ts';

/** The text of a profile, from a file or, as `-`, from stdin. What cannot be read is a sentence, so that other files go on. */
export async function readSource(file: string): Promise<Result<string>> {
  try {
    return decodeProfile(file === '-' ? await readStdin() : await readFile(fromHere(file)));
  } catch (error) {
    return failed('lint.unreadable', { file, cause: error instanceof Error ? error.message : String(error) });
  }
}

/** The same for a command that has nothing to do without it. */
export async function readOrEnd(file: string): Promise<string> {
  const text = await readSource(file);
  if (!text.ok) throw couldNotRun(`${file}: ${sentence(text.failure.code, text.failure.params)}`);
  return text.value;
}

async function readStdin(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of process.stdin) {
    const bytes: Uint8Array = typeof piece === 'string' ? Buffer.from(piece) : (piece as Uint8Array);
    pieces.push(bytes);
    length += bytes.length;
    if (length > MAX_PROFILE_BYTES) break;
  }
  return Buffer.concat(pieces);
}
