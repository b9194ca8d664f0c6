import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { failed, type Result } from '../../../common/values/failure.ts';
import { decodeProfile, MAX_PROFILE_BYTES } from '../../domain/profile/document/decode.ts';
import { couldNotRun } from '../exit.ts';
import { readBeginning } from './read-file.ts';

/** The text of a profile, from a file or, as `-`, from stdin. What cannot be read is a sentence, so that other files go on. */
export async function readSource(file: string, signal: AbortSignal): Promise<Result<string>> {
  try {
    const bytes = await readBeginning(file, MAX_PROFILE_BYTES, signal);
    if (bytes.length > MAX_PROFILE_BYTES) return failed('lint.unreadable', { file, cause: `it has more than the ${MAX_PROFILE_BYTES} bytes that a profile may have` });
    return decodeProfile(bytes);
  } catch (error) {
    return failed('lint.unreadable', { file, cause: error instanceof Error ? error.message : String(error) });
  }
}

/** The same for a command that has nothing to do without it. */
export async function readOrEnd(file: string, signal: AbortSignal): Promise<string> {
  const text = await readSource(file, signal);
  if (!text.ok) throw couldNotRun(`${file}: ${sentence(text.failure.code, text.failure.params)}`);
  return text.value;
}
