import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback } from '../../common/values/ip.ts';
import { isOn, reportText, valueOf } from './configuration.ts';
import type { Handset } from './handset.ts';

export interface PhoneWeb {
  readonly port: number;
  stop(): Promise<void>;
}

/** What the direct actions set going. */
export interface DirectActions {
  resync(rule?: string): Promise<unknown>;
  upgrade(url?: string): Promise<unknown>;
}

/**
 * The phone's own web server with the direct actions `/admin/resync[?url]`, `/admin/upgrade[?url]` and `/admin/cfg.xml`. On loopback only: on its leased
 * address where that is one, else on 127.0.0.1. null when it is off or cannot be opened.
 */
export async function startWeb(handset: Handset, actions: DirectActions): Promise<PhoneWeb | null> {
  const port = handset.options.web ?? 'off';
  if (port === 'off') return null;
  const server = createServer((request, response) => answer(handset, request, response, actions));
  server.requestTimeout = 10_000;
  const address = handset.ip !== null && isLoopback(handset.ip) ? handset.ip : '127.0.0.1';
  const bound = await new Promise<number | null>((resolve) => {
    server.once('error', () => resolve(null));
    server.listen(port, address, () => {
      const at = server.address();
      resolve(typeof at === 'object' && at !== null ? at.port : null);
    });
  });
  if (bound === null) return null;
  return {
    port: bound,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(handset: Handset, request: IncomingMessage, response: ServerResponse, actions: DirectActions): void {
  const [path, query] = splitOnce(request.url ?? '/');
  const status = statusFor(handset, path);
  if (status !== 200) return void response.writeHead(status, { Connection: 'close' }).end();
  if (path === '/admin/cfg.xml') {
    return void response.writeHead(200, { 'Content-Type': 'text/xml' }).end(reportText(handset.configuration));
  }
  if (path === '/admin/status.xml') {
    // Names of its elements are ours: no public source shows a real page.
    const page = `<status><Product_Information><Software_Version>${handset.flash.running}</Software_Version></Product_Information></status>`;
    return void response.writeHead(200, { 'Content-Type': 'text/xml' }).end(page);
  }
  // The phone answers first and fetches afterwards; the one who asked learns of the end on the provisioning server.
  const what = path === '/admin/upgrade' ? 'upgrade' : 'resync';
  response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<html><body>The phone will ${what}.</body></html>`);
  void actions[what](query === '' ? undefined : decode(query));
}

/** The actions, with the parameter that switches each off; none for an export. */
const ACTIONS: Readonly<Record<string, string | null>> = {
  '/admin/resync': 'Provision_Enable', '/admin/upgrade': 'Upgrade_Enable', '/admin/cfg.xml': null, '/admin/status.xml': null,
};

function statusFor(handset: Handset, path: string): number {
  const { configuration } = handset;
  if (!isOn(configuration, 'Enable_Web_Server')) return 403;
  const needs = Object.hasOwn(ACTIONS, path) ? ACTIONS[path] : undefined;
  if (needs === undefined) return 404;
  if (!isOn(configuration, 'Enable_Direct_Action_Url')) return 403;
  if (needs !== null && !isOn(configuration, needs)) return 403;
  // This phone shows no login: with a password set it refuses, as a phone does to a request without one.
  return valueOf(configuration, 'Admin_Password') === '' ? 200 : 401;
}

function splitOnce(url: string): readonly [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
