import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import { UNPROTECTED } from '../../../../common/values/protection.ts';
import { createRenderer, type RenderedProfile } from '../../../../main/app/serve/rendered.ts';
import { newDevice } from '../../../../main/domain/device/enrol.ts';

const phones = Array.from({ length: 20 }, (_, index) => newDevice(`00562b${index.toString(16).padStart(6, '0')}` as Mac, 0, index + 1));

function open(text: string) {
  const renderer = createRenderer({
    variables: (device) => ({ mac: device.mac, password: 'hunter2' }),
    protect: (xml) => ({ ok: true, value: { bytes: xml, contentEncoding: null } }),
  });
  renderer.reset([{ name: 'all', text, scope: '*', changedAt: 0, path: null, protection: UNPROTECTED, version: 1 }]);
  return (index: number): RenderedProfile => {
    const device = phones[index];
    const result = device && renderer.render(device);
    if (!result?.ok) throw new Error('not filled');
    return result.value;
  };
}

describe('filled profiles', () => {
  it('are filled once for a phone that did not change', () => {
    const render = open('<a>{{mac}}</a>');
    const first = render(1);
    expect(render(1)).toBe(first);
  });

  it('of many phones take no more memory than a bounded number of them', () => {
    const render = open(`<a>{{mac}}${'x'.repeat(6_000_000)}</a>`);
    const first = render(0);
    const second = render(1);
    for (let index = 2; index < 12; index += 1) {
      render(index);
      // Asked for again and again: it stays.
      expect(render(0) === first).toBe(true);
    }
    expect(render(1) === second).toBe(false);
    expect(render(1).sha256).toBe(second.sha256);
  });

  it('hide a list’s password wherever the template puts it, from everybody but the phone', () => {
    const { bytes, masked } = open('<a><GPP_A>{{password}}</GPP_A></a>')(1);
    expect(new TextDecoder().decode(bytes)).toContain('hunter2');
    expect(masked).not.toContain('hunter2');
  });
});
