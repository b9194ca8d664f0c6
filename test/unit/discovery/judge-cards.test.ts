import { describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { CardFacts } from '../../../main/discovery/card-facts.ts';
import { judgeCards } from '../../../main/discovery/judge-cards.ts';
import { english } from '../../../common/contract/sentences/en.ts';

const cable: CardFacts = { name: 'enp3s0', mac: '02:00:00:00:00:01', addresses: [net('10.20.0.1')], kind: 'cable', linkUp: true, speed: 1000, defaultRoute: false };
const office: CardFacts = { ...cable, name: 'enp0s31f6', addresses: [net('192.168.1.34')], defaultRoute: true };
const wifi: CardFacts = { ...cable, name: 'wlp2s0', kind: 'wifi', addresses: [net('192.168.1.77')] };
const tunnel: CardFacts = { ...cable, name: 'tun0', kind: 'vpn', addresses: [{ address: '10.8.0.6' as Ipv4, prefix: 32 }] };
const docker: CardFacts = { ...cable, name: 'docker0', kind: 'virtual', addresses: [net('172.17.0.1')] };
const loopback: CardFacts = { ...cable, name: 'lo', kind: 'loopback', addresses: [net('127.0.0.1')] };

function net(address: string): { address: Ipv4; prefix: number } {
  return { address: address as Ipv4, prefix: 24 };
}

describe('the card picker', () => {
  it('offers the cable without a default route first and unreachable cards last', () => {
    const views = judgeCards([loopback, docker, tunnel, wifi, office, cable]);
    expect(views.map((card) => [card.name, card.verdict, card.reason])).toEqual([
      ['enp3s0', 'recommended', 'card.cable'],
      ['enp0s31f6', 'office', 'card.default-route'],
      ['wlp2s0', 'office', 'card.wifi'],
      ['docker0', 'unusable', 'card.virtual'],
      ['lo', 'unusable', 'card.loopback'],
      ['tun0', 'unusable', 'card.vpn'],
    ]);
  });

  it('recommends the card on a bare switch before one that has an address', () => {
    const bare: CardFacts = { ...cable, name: 'enp9s0', addresses: [] };
    const [first, second] = judgeCards([cable, bare]);
    expect([first?.name, first?.verdict, first?.reason, first?.address]).toEqual(['enp9s0', 'recommended', 'card.no-address', null]);
    expect(second?.verdict).toBe('usable');
  });

  it('takes an address that the computer gave itself for none', () => {
    const [card] = judgeCards([{ ...cable, addresses: [{ address: '169.254.7.9' as Ipv4, prefix: 16 }] }]);
    expect([card?.address, card?.reason]).toEqual([null, 'card.no-address']);
  });

  it('tells the given address of a card that has a self-given one too', () => {
    const [card] = judgeCards([{ ...cable, addresses: [{ address: '169.254.7.9' as Ipv4, prefix: 16 }, net('10.20.0.1')] }]);
    expect(card?.address).toBe('10.20.0.1');
  });

  it('never recommends two cards', () => {
    const views = judgeCards([cable, { ...cable, name: 'enp4s0' }, { ...cable, name: 'enp10s0' }]);
    expect(views.map((card) => [card.name, card.verdict])).toEqual([['enp3s0', 'recommended'], ['enp4s0', 'usable'], ['enp10s0', 'usable']]);
  });

  it('keeps a card without link visible with its reason, and marks the picked one', () => {
    const [card] = judgeCards([{ ...cable, linkUp: false }], 'enp3s0');
    expect([card?.verdict, card?.reason, card?.picked]).toEqual(['unusable', 'card.no-link', true]);
  });

  it('has a sentence for every reason it gives', () => {
    const all = [cable, office, wifi, tunnel, docker, loopback, { ...cable, linkUp: false }, { ...cable, addresses: [] }];
    for (const facts of all) expect(Object.keys(english)).toContain(judgeCards([facts])[0]?.reason);
  });
});
