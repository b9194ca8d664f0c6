import { describe, expect, it, vi } from 'vitest';
import type { CardView } from '../../../../common/contract/views/servers.ts';
import type { Ipv4 } from '../../../../common/values/ip.ts';
import type { RunningServer, ServerName, ServerState, ServerStatus } from '../../../../common/values/server.ts';
import type { BenchOptions } from '../../../../main/app/options.ts';
import { createStation, type StationNeeds } from '../../../../main/app/station/station.ts';
import type { DhcpServer } from '../../../../main/servers/dhcp/server.ts';

const CARD: CardView = {
  name: 'enp3s0', mac: '00:11:22:33:44:55', address: '10.20.0.1', prefix: 24, kind: 'cable', linkUp: true, speed: 1000,
  defaultRoute: false, verdict: 'recommended', reason: 'card.cable-quiet', picked: false,
};
const OPTIONS: BenchOptions = {
  folder: '/tmp/none', resources: '/tmp/none', now: () => 1000, secrets: { kind: 'key-file' }, serve: true, demo: false, card: null, address: '127.0.0.1' as Ipv4,
  workers: { tftp: new URL('file:///t'), store: new URL('file:///s'), syslog: new URL('file:///l'), syslogReceiver: new URL('file:///l') },
  ports: { dhcp: 67, tftp: 69, http: 80, https: 'off', syslog: 'off', dns: 'off', sntp: 'off', cwmp: 'off' },
  dhcp: { start: false, pool: null, policy: 'phones', stopAfter: 120 },
  tftpSinglePort: false, adopt: null,
};

function open(options: Partial<BenchOptions> = {}) {
  const log: string[] = [];
  let cards: readonly CardView[] = [CARD];
  const server = (name: ServerName, address: string, port: number): RunningServer => {
    let state: ServerState = 'off';
    const status = (): ServerStatus => ({ name, state, address, port, error: null, figures: {} });
    return {
      name, status,
      start: () => {
        state = 'listening';
        log.push(`start ${name} ${address}:${port}`);
        return Promise.resolve(status());
      },
      stop: () => {
        state = 'off';
        log.push(`stop ${name}`);
        return Promise.resolve();
      },
    };
  };
  const stopAt = vi.fn();
  const needs: StationNeeds = {
    cards: (picked) => Promise.resolve(cards.map((card) => ({ ...card, picked: card.name === picked }))),
    explain: (status) => Promise.resolve(status),
    changed: () => undefined,
    make: {
      tftp: (address, port) => server('tftp', address, port),
      http: (address, port) => server('http', address, port),
      https: (address, port) => server('https', address, port),
      syslog: (address, port) => server('syslog', address, port),
      dns: (address, port) => server('dns', address, port),
      sntp: (address, port) => server('sntp', address, port),
      dhcp: ({ card, port }) => ({ ...server('dhcp', card.subnet.address, port), stopAt } as unknown as DhcpServer),
    },
  };
  return { station: createStation({ ...OPTIONS, ...options }, needs), log, stopAt, setCards: (next: readonly CardView[]) => (cards = next) };
}

describe('the station', () => {
  it('serves on loopback until a card is picked, and never DHCP', async () => {
    const { station, log } = open();
    await station.open();
    expect(log).toEqual(['start tftp 127.0.0.1:69', 'start http 127.0.0.1:80']);
  });

  it('moves every server to the picked card, DHCP last because it tells what listens', async () => {
    const { station, log } = open();
    await station.open();
    log.length = 0;
    expect(await station.pickCard('enp3s0')).toMatchObject({ ok: true });
    expect(log.slice(-3)).toEqual(['start tftp 10.20.0.1:69', 'start http 10.20.0.1:80', 'start dhcp 10.20.0.1:67']);
    expect(station.address()).toBe('10.20.0.1');
  });

  it('refuses a card that is not there or has no address', async () => {
    const { station, setCards } = open();
    setCards([{ ...CARD, address: null, prefix: null }]);
    expect(await station.pickCard('enp3s0')).toMatchObject({ ok: false, failure: { code: 'card.no-address' } });
    expect(await station.pickCard('eth9')).toMatchObject({ ok: false, failure: { code: 'card.unknown' } });
  });

  it('stops everything with the reason when its card disappears', async () => {
    const { station, setCards } = open();
    await station.pickCard('enp3s0');
    setCards([]);
    await station.refreshCards();
    const states = station.statuses().filter(({ state }) => state === 'failed').map(({ name, error }) => [name, error?.code]);
    expect(states).toEqual([['dhcp', 'card.gone'], ['tftp', 'card.gone'], ['http', 'card.gone']]);
  });

  it('touches no card while it is a demo', async () => {
    expect(await open({ demo: true }).station.pickCard('enp3s0')).toMatchObject({ ok: false, failure: { code: 'demo.no-card' } });
  });

  it('starts DHCP only once a card is picked', async () => {
    const { station } = open();
    expect(await station.start('dhcp')).toMatchObject({ ok: false, failure: { code: 'dhcp.no-card' } });
  });

  it('does not start what this version does not have', async () => {
    expect(await open().station.start('cwmp')).toMatchObject({ ok: false, failure: { code: 'server.not-built' } });
  });

  it('starts a running server again on its new port, and leaves a stopped one alone', async () => {
    const { station, log } = open();
    await station.open();
    await station.setPort('http', 8080);
    expect(log.slice(-2)).toEqual(['stop http', 'start http 127.0.0.1:8080']);
    await station.stopServer('http');
    log.length = 0;
    await station.setPort('http', 8081);
    expect(log).toEqual([]);
  });

  it('moves the automatic stop of a running DHCP server', async () => {
    const { station, stopAt } = open();
    await station.pickCard('enp3s0');
    station.setStopAfter(60);
    expect(stopAt).toHaveBeenLastCalledWith(1000 + 3_600_000);
    station.setStopAfter(null);
    expect(stopAt).toHaveBeenLastCalledWith(null);
  });
});
