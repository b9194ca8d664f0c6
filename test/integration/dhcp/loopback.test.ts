import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { decodePacket, encodePacket, type DhcpPacket } from '../../../main/servers/dhcp/codec.ts';
import { messageType } from '../../../main/servers/dhcp/message.ts';
import { createDhcpServer, type DhcpConfig, type DhcpServer } from '../../../main/servers/dhcp/server.ts';
import { ip } from '../../support/dhcp/scene.ts';
import { discoverOf, requestOf } from '../../support/dhcp/wire.ts';

const config: DhcpConfig = {
  card: { name: 'lo', subnet: { address: ip('127.0.0.1'), prefix: 8 } },
  port: 0,
  clientPort: 0,
  pool: { from: ip('127.20.0.100'), to: ip('127.20.0.200') },
  leaseSeconds: 600,
  transport: 'loopback',
  stopAfterMs: null,
};
let server: DhcpServer | null = null;
let client: Socket | null = null;
afterEach(async () => {
  await server?.stop();
  client?.close();
  server = client = null;
});

function make(change: Partial<DhcpConfig> = {}): DhcpServer {
  const needs = {
    decide: () => ({ answer: true, options: { tftpName: '127.0.0.1' } }) as const,
    leases: () => Promise.resolve([]),
    commit: () => Promise.resolve(),
    observe: () => undefined,
    changed: () => undefined,
  };
  return createDhcpServer({ ...config, ...change }, needs, Date.now);
}

async function ask(packet: DhcpPacket, port: number): Promise<DhcpPacket> {
  const socket = (client ??= createSocket('udp4'));
  const send = (): void => { socket.send(encodePacket(packet).bytes, port, '127.0.0.1'); };
  // As a client does: what is sent into a full buffer is lost, and said again.
  const again = setInterval(send, 1_000);
  send();
  const [bytes] = (await once(socket, 'message').finally(() => { clearInterval(again); })) as [Buffer];
  const answer = decodePacket(bytes);
  if (!answer.ok) throw new Error(answer.failure.cause);
  return answer.value;
}

describe('the demo’s DHCP over loopback', () => {
  it('starts at once on a free port, answers where it was asked from, and stops', async () => {
    server = make();
    const status = await server.start();
    expect(status).toMatchObject({ state: 'listening', address: '127.0.0.1', error: null });
    const port = status.port ?? 0;
    expect(port).toBeGreaterThan(0);
    const offer = await ask(discoverOf(1), port);
    expect([messageType(offer), offer.siaddr]).toEqual(['OFFER', '127.0.0.1']);
    const ack = await ask(requestOf(1, offer.yiaddr, '127.0.0.1'), port);
    expect([messageType(ack), ack.yiaddr]).toEqual(['ACK', offer.yiaddr]);
    expect(server.safety()).toMatchObject({ probe: 'idle', answered: 1 });
    await server.stop();
    expect(server.status()).toMatchObject({ state: 'stopped', port: null });
    const again = createSocket('udp4');
    again.bind(port, '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });

  it('a port in other hands is a status with the reason, not an exception', async () => {
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    await once(other, 'listening');
    server = make({ port: other.address().port });
    expect(await server.start()).toMatchObject({ state: 'failed', port: null, error: { code: 'server.port-taken-unknown' } });
    other.close();
  });

  it('survives a thousand datagrams of rubbish', async () => {
    server = make();
    const port = (await server.start()).port ?? 0;
    const socket = (client ??= createSocket('udp4'));
    for (let count = 0; count < 1000; count += 1) {
      socket.send(Uint8Array.from({ length: (count * 37) % 900 }, (_, index) => (index * count) & 0xff), port, '127.0.0.1');
    }
    expect(messageType(await ask(discoverOf(1), port))).toBe('OFFER');
  });
});
