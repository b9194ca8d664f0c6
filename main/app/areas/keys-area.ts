import type { KeyOwner } from '../../../common/values/key.ts';
import { failed } from '../../../common/values/failure.ts';
import { examineFile } from '../../crypto/doctor.ts';
import { maskSecrets } from '../../domain/profile/secrets.ts';
import { asError, unwrap } from '../failure-error.ts';
import type { Ring } from '../state/ring.ts';
import { answers } from './context.ts';

export interface KeysAreaNeeds {
  readonly ring: Ring;
}

export function keysArea({ ring }: KeysAreaNeeds) {
  const { keys, doctor } = answers;
  return {
    keys: keys.router({
      list: keys.list.handler(() => ring.list()),
      make: keys.make.handler(async ({ input }) => unwrap(await ring.make(trimmed(input.owner), input.use, input.form, input.replace))),
      makeForPhones: keys.makeForPhones.handler(async ({ input }) => ({ made: await ring.makeForPhones(input.macs, input.use, input.form) })),
      take: keys.take.handler(async ({ input }) => unwrap(await ring.take(trimmed(input.owner), input.use, input.text))),
      reveal: keys.reveal.handler(async ({ input }) => unwrap(await ring.reveal(input.id, input.again))),
      remove: keys.remove.handler(async ({ input }) => ({ removed: await ring.remove(input.id) })),
    }),
    doctor: doctor.router({
      examine: doctor.examine.handler(({ input }) => {
        const typed = input.key ?? (input.keyId === undefined ? null : ring.textOf(input.keyId));
        if (input.keyId !== undefined && typed === null) throw asError(failed('key.unknown').failure);
        const { verdict, unpacked } = examineFile(Buffer.from(input.file, 'base64'), typed);
        return { verdict, text: unpacked && textOf(unpacked, input.reveal) };
      }),
    }),
  };
}

function trimmed(owner: KeyOwner): KeyOwner {
  return owner.kind === 'phone' ? owner : { ...owner, name: owner.name.trim() };
}

function textOf(bytes: Uint8Array, reveal: boolean): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return reveal ? text : maskSecrets(text);
  } catch {
    return null;
  }
}
