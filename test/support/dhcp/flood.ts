import { createSocket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import { junkOf } from '../junk.ts';

/**
 * A program of its own, to be run where the phones are: `node flood.ts SERVER COUNT`. Half of what it sends is made up of
 * whole DISCOVERs and REQUESTs of "phones" that share one MAC or one client id, half is the same with bytes turned over,
 * cut short, or noise. Exits 0 when everything was sent.
 */
const [server = '', count = '0'] = process.argv.slice(2);
const CLASS = 'Cisco Systems, Inc. IP Phone CP-8841-3PCC';

function discover(seed: number): Buffer {
  const bytes = Buffer.alloc(240);
  bytes.set([1, 1, 6, seed % 3 === 0 ? 255 : 0]);
  bytes.writeUInt32BE(seed, 4);
  // Every second one is the same phone; the others differ, and share the client id of the first.
  bytes.set([0x00, 0x56, 0x2b, 0, 0, 1], 28);
  if (seed % 2 === 1) bytes.set(junkOf(seed, 3), 31);
  bytes.writeUInt32BE(0x63825363, 236);
  const options = [53, 1, seed % 5 === 0 ? 3 : 1, 61, 7, 1, 0, 0x56, 0x2b, 0, 0, 1, 60, CLASS.length, ...Buffer.from(CLASS)];
  if (seed % 7 === 0) options.push(50, 4, 10, 0, 0, seed % 256, 82, 255, ...junkOf(seed, 255), 12, 200, 65);
  return Buffer.concat([bytes, Buffer.from([...options, 255])]);
}

function broken(seed: number): Buffer {
  const bytes = discover(seed);
  if (seed % 3 === 0) return junkOf(seed, seed % 1400);
  if (seed % 3 === 1) return bytes.subarray(0, seed % bytes.length);
  for (const at of junkOf(seed, 6)) bytes[at % bytes.length] = at;
  return bytes;
}

const socket = createSocket('udp4');
await new Promise<void>((done) => {
  socket.bind(68, () => done());
});
for (let seed = 1; seed <= Number(count); seed += 1) {
  await new Promise<void>((done) => {
    socket.send(seed % 2 === 0 ? discover(seed) : broken(seed), 67, server, () => done());
  });
  if (seed % 50 === 0) await wait(5);
}
socket.close();
