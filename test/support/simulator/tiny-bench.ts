import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import type { Serial } from '../../../common/values/serial.ts';
import type { PhoneOptions } from '../../../main/simulator/phone.ts';
import { startTinyTftp } from './tiny-tftp.ts';
import type { TftpAnswer, TinyTftp } from './tiny-tftp.ts';

export interface HttpRequestSeen {
  readonly method: string;
  readonly url: string;
  readonly userAgent: string;
  readonly body: string;
  readonly bytes: Uint8Array;
}

export interface TinyBench {
  readonly tftp: TinyTftp;
  readonly http: { readonly port: number; readonly seen: HttpRequestSeen[] };
  readonly syslog: { readonly port: number; readonly lines: string[] };
  /** Options of a phone that is plugged into this bench. */
  phone(more?: Partial<PhoneOptions>): PhoneOptions;
  stop(): Promise<void>;
}

/** Small servers of this test's own, so that the virtual phone is measured against something that is not Dialbench. */
export async function startTinyBench(answers: {
  readonly tftp?: (name: string, bench: () => TinyBench) => TftpAnswer;
  readonly http?: (request: IncomingMessage, response: ServerResponse, bench: () => TinyBench) => void;
}): Promise<TinyBench> {
  let bench: TinyBench | null = null;
  const self = (): TinyBench => {
    if (bench === null) throw new Error('the bench is not up');
    return bench;
  };
  const tftp = await startTinyTftp((name) => answers.tftp?.(name, self) ?? 1);
  const seen: HttpRequestSeen[] = [];
  const web = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const bytes = Buffer.concat(parts);
      seen.push({ method: request.method ?? '', url: request.url ?? '', userAgent: request.headers['user-agent'] ?? '', body: bytes.toString('utf8'), bytes });
      if (answers.http) answers.http(request, response, self);
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const lines: string[] = [];
  const log = createSocket('udp4', (bytes) => lines.push(bytes.toString('utf8')));
  await new Promise<void>((resolve) => log.bind(0, '127.0.0.1', resolve));
  const httpPort = (web.address() as AddressInfo).port;
  bench = {
    tftp,
    http: { port: httpPort, seen },
    syslog: { port: log.address().port, lines },
    phone: (more = {}) => ({
      mac: '00562b043615' as Mac,
      model: 'CP-8841-3PCC' as Model,
      serial: 'FCH2443D9R4' as Serial,
      firmware: 'sip88xx.11-3-2MPP0001-609',
      server: { address: '127.0.0.1' as Ipv4, dhcpPort: null, tftpPort: tftp.port, httpPort, syslogPort: log.address().port },
      source: 'given',
      faults: [],
      pace: 1000,
      random: () => 0.5,
      ...more,
    }),
    stop: async () => {
      web.closeAllConnections();
      await Promise.all([
        tftp.stop(),
        new Promise<void>((resolve) => web.close(() => resolve())),
        new Promise<void>((resolve) => log.close(() => resolve())),
      ]);
    },
  };
  return bench;
}

/** A flat profile with these parameters. */
export function profileOf(parameters: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(parameters).map(([name, value]) => `<${name} ua="na">${value}</${name}>`);
  return Buffer.from(`<flat-profile>\n${lines.join('\n')}\n</flat-profile>\n`);
}
