import { expect, it } from 'vitest';
import { openUdp } from '../../main/servers/udp-socket.ts';
import { eventually } from '../support/eventually.ts';

it('a UDP socket tells which answers the system took, and goes on behind one that it refused', async () => {
  const told: string[] = [];
  const heard: string[] = [];
  const socket = await openUdp({ address: '127.0.0.1', port: 0 }, {
    heard: (bytes) => heard.push(Buffer.from(bytes).toString()),
    sent: () => told.push('sent'),
    unsent: () => told.push('unsent'),
    failed: (error) => told.push(error.message),
  });
  // From a loopback address nothing leaves this computer (EINVAL), and port 0 is nowhere.
  socket.send(Buffer.from('lost'), { address: '192.0.2.1', port: 9 });
  socket.send(Buffer.from('lost'), { address: '127.0.0.1', port: 0 });
  await eventually(() => expect(told).toEqual(['unsent']));
  socket.send(Buffer.from('here'), { address: '127.0.0.1', port: socket.port });
  await eventually(() => expect(heard).toEqual(['here']));
  expect(told).toEqual(['unsent', 'sent']);
  await socket.close();
});
