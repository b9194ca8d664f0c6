import { createSocket } from 'node:dgram';
import { isLoopback } from '../../../common/values/ip.ts';
import { macWithColons } from '../../../common/values/mac.ts';
import { decodePacket, encodePacket } from '../../servers/dhcp/codec.ts';
import type { DhcpPacket } from '../../servers/dhcp/codec.ts';
import { factoryConfiguration, valueOf } from '../configuration.ts';
import { clientPacket, MESSAGE } from '../dhcp-packet.ts';
import { findServer } from '../lease.ts';
import { NOTHING_TO_DO } from './check.ts';
import type { Check, Finding, ProbeOptions } from './check.ts';

const WAIT_MS = 4000;

/** Sends one DISCOVER as a phone, by unicast, and reads the OFFER. Never a REQUEST: no address is taken. */
export async function checkDhcp(options: ProbeOptions, port: number): Promise<Check> {
  const started = performance.now();
  const offer = await firstOffer(options, port);
  const say = (verdict: Check['verdict'], finding: Finding, advice: Finding): Check => ({
    server: 'dhcp', transport: 'udp', target: `${options.address}:${port}`, verdict, finding, advice,
    tookMs: Math.round(performance.now() - started),
  });
  if (offer === null) {
    const params = { mac: macWithColons(options.phone.mac), seconds: WAIT_MS / 1000 };
    return say('wrong', { code: 'probe.no-offer', params }, { code: 'probe.do-policy', params: {} });
  }
  const found = findServer(valueOf(factoryConfiguration(), 'DHCP_Option_To_Use'), offer.options);
  return found === null
    ? say('wrong', { code: 'probe.offer-bare', params: { ip: offer.yiaddr } }, { code: 'probe.do-option', params: {} })
    : say('right', { code: 'probe.offer', params: { ip: offer.yiaddr, option: found.option, text: found.text } }, NOTHING_TO_DO);
}

function firstOffer(options: ProbeOptions, port: number): Promise<DhcpPacket | null> {
  const xid = Number.parseInt(options.phone.mac.slice(4), 16);
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    const end = (offer: DhcpPacket | null): void => {
      clearTimeout(limit);
      options.signal.removeEventListener('abort', cancel);
      socket.close();
      resolve(offer);
    };
    const cancel = (): void => end(null);
    const limit = setTimeout(cancel, WAIT_MS);
    options.signal.addEventListener('abort', cancel, { once: true });
    socket.once('error', cancel);
    socket.on('message', (bytes) => {
      const read = decodePacket(bytes);
      if (read.ok && read.value.xid === xid && read.value.options.get(53)?.[0] === MESSAGE.OFFER) end(read.value);
    });
    socket.bind(0, isLoopback(options.address) ? '127.0.0.1' : undefined, () => {
      const { bytes } = encodePacket(clientPacket(options.phone, false, 'DISCOVER', { xid }));
      socket.send(bytes, port, options.address, () => undefined);
    });
  });
}
