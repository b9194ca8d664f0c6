/** A bench that is killed in the middle: enrols, leases and records without end, and tells what was promised so far. */
import type { Ipv4 } from '../../../common/values/ip.ts';
import { newDevice } from '../../../main/domain/device/enrol.ts';
import { openStore } from '../../../main/store/open.ts';
import { evidenceOf, macOf, WORKERS } from './names.ts';

const opened = await openStore(process.argv[2] ?? '', { ...WORKERS, now: Date.now });
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const store = opened.value;
/** Handed to the pipe before the next step begins: what was told can be read, also behind a slow reader. */
const tell = (text: string): Promise<void> => new Promise((resolve, reject) => process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve())));
await tell('open');

async function enrolEndlessly(): Promise<void> {
  for (let index = 1; ; index += 1) {
    await store.phones.enrol([newDevice(macOf(index), index, index)]);
    await tell(`enrolled ${index}`);
  }
}
async function leaseEndlessly(): Promise<void> {
  for (let index = 0; ; index += 1) {
    const ip = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}` as Ipv4;
    await store.leases.put({ ip, mac: macOf(index), clientId: '', expiresAt: index, state: 'bound' });
    await tell(`leased ${ip}`);
  }
}
async function recordEndlessly(): Promise<void> {
  for (let index = 0; ; index += 1) {
    const rows = await store.evidence.append([evidenceOf(`/${index}`), evidenceOf(`/${index}b`)], []);
    await tell(`recorded ${rows.at(-1)?.seq}`);
  }
}
await Promise.all([enrolEndlessly(), leaseEndlessly(), recordEndlessly(), recordEndlessly()]);
