import type { KeyOwner } from '../../../common/values/key.ts';
import { failed } from '../../../common/values/failure.ts';
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
      make: keys.make.handler(async ({ input }) => unwrap(await ring.make(trimmed(input.owner), input.use, input.replace))),
      makeForPhones: keys.makeForPhones.handler(async ({ input }) => ({ made: await ring.makeForPhones(input.macs, input.use) })),
      take: keys.take.handler(async ({ input }) => unwrap(await ring.take(trimmed(input.owner), input.use, input.text))),
      reveal: keys.reveal.handler(async ({ input }) => unwrap(await ring.reveal(input.id, input.again))),
      remove: keys.remove.handler(async ({ input }) => ({ removed: await ring.remove(input.id) })),
    }),
    doctor: doctor.router({
      examine: doctor.examine.handler(() => { throw asError(failed('server.not-built', { server: 'doctor' }).failure); }),
    }),
  };
}

function trimmed(owner: KeyOwner): KeyOwner {
  return owner.kind === 'phone' ? owner : { ...owner, name: owner.name.trim() };
}
