import { describe, expect, it } from 'vitest';
import type { Model } from '../../../common/values/model.ts';
import { readLoads } from '../../../main/domain/firmware/loads-file.ts';
import { sampleChecks, sampleFiles } from '../../../main/domain/firmware/sample.ts';
import { chooseImages, versionOf } from '../../../main/simulator/upgrade-images.ts';
import { afterFailure, isBelowLimit, mayUpgrade } from '../../../main/simulator/upgrade-retry.ts';

const LOAD = 'sip88xx.12-0-7MPP0201-66.loads';
const PHONE = 'CP-8851-3PCC' as Model;
const list = (text: string) => readLoads(Buffer.from(text), LOAD);

describe('the images that a phone takes of a list', () => {
  it('are those of the section that its family is named in, in its order', () => {
    const two = list(`[PLATFORM_1]\nrootfs2880.1-0-0.sbn\n[PLATFORM_2]\nrootfs288xx.12-0-7.sbn\nkern288xx.12-0-7.sbn\n`);
    expect(chooseImages(two, LOAD, PHONE)).toEqual({ ok: true, names: ['rootfs288xx.12-0-7.sbn', 'kern288xx.12-0-7.sbn'] });
  });

  it('are all of its family where the list has no sections, and the first section where no name tells the family', () => {
    expect(chooseImages(list('rootfs2880.1-0-0.sbn kern288xx.12-0-7.sbn'), LOAD, PHONE)).toEqual({ ok: true, names: ['kern288xx.12-0-7.sbn'] });
    expect(chooseImages(list('[PLATFORM_1]\na.sbn\n[PLATFORM_2]\nb.sbn'), LOAD, PHONE)).toEqual({ ok: true, names: ['a.sbn'] });
    expect(chooseImages(list('a.sbn b.sbn'), LOAD, PHONE)).toEqual({ ok: true, names: ['a.sbn', 'b.sbn'] });
  });

  it('are none of a load for another product, nor of a list without names', () => {
    expect(chooseImages(list('kern288xx.12-0-7.sbn'), LOAD, 'CP-8845-3PCC' as Model)).toEqual({ ok: false, error: `${LOAD} is not for this phone` });
    expect(chooseImages(list('nothing'), LOAD, PHONE)).toEqual({ ok: false, error: `${LOAD} names no image` });
  });

  it('tell the version where the name of the list does not', () => {
    expect(versionOf(LOAD, null)).toBe('sip88xx.12-0-7MPP0201-66');
    expect(versionOf('latest.loads', list('rootfs288xx.12-0-7MPP0201-66.sbn'))).toBe('sip88xx.12-0-7MPP0201-66');
    expect(versionOf('latest.loads', list('rootfs28845_65.12-0-3.sbn'))).toBe('sip8845_65.12-0-3');
    expect(versionOf('latest.loads', list('a.sbn'))).toBeNull();
  });
});

describe('the list of a sample', () => {
  it('carries size and hash of each image once they are made, and is read back the same', () => {
    const sha256 = 'a'.repeat(64);
    const files = sampleFiles(LOAD, 1_000_000, () => sha256) ?? [];
    const [first, ...images] = files;
    const checks = sampleChecks(Buffer.from(first?.text ?? ''));
    expect([...checks]).toEqual(images.map(({ name, bytes }) => [name, { bytes, sha256 }]));
    expect(first?.bytes).toBe(Buffer.byteLength(first?.text ?? ''));
    expect(readLoads(Buffer.from(first?.text ?? ''), LOAD).platforms).toEqual([{ name: 'PLATFORM_1', siblings: images.map(({ name }) => name) }]);
  });

  it('is the only one that is believed', () => {
    expect(sampleChecks(Buffer.from(`a.sbn 5 sha256:${'a'.repeat(64)}\n`)).size).toBe(0);
  });
});

describe('when a failed upgrade is tried again', () => {
  const middle = (): number => 0.5;
  const first = afterFailure(null, { rule: 'r', url: 'u', at: 1000 }, '60,120+20', middle);

  it('not before Upgrade_Error_Retry_Delay, in the seconds of the phone', () => {
    expect(first).toMatchObject({ failures: 1, retryAfter: 60 });
    expect(mayUpgrade(first, 'r', 'u', 1000 + 59_999, 1)).toBe(false);
    expect(mayUpgrade(first, 'r', 'u', 1000 + 60_000, 1)).toBe(true);
    expect(mayUpgrade(first, 'r', 'u', 1000 + 600, 100)).toBe(true);
  });

  it('at once when the text of the rule or its URL is another', () => {
    expect(mayUpgrade(first, 'r ', 'u', 1000, 1)).toBe(true);
    expect(mayUpgrade(first, 'r', 'u2', 1000, 1)).toBe(true);
    expect(mayUpgrade(null, 'r', 'u', 0, 1)).toBe(true);
  });

  it('one step of the list later after each failure of the same, from the beginning after another', () => {
    const second = afterFailure(first, { rule: 'r', url: 'u', at: 2000 }, '60,120+20', middle);
    expect(second).toMatchObject({ failures: 2, retryAfter: 130 });
    expect(afterFailure(second, { rule: 'r', url: 'v', at: 3000 }, '60,120+20', middle)).toMatchObject({ failures: 1, retryAfter: 60 });
  });

  it('never with 0 or with text that is no delay', () => {
    for (const text of ['0', '', 'soon']) {
      const failed = afterFailure(null, { rule: 'r', url: 'u', at: 0 }, text, middle);
      expect(failed.retryAfter).toBeNull();
      expect(mayUpgrade(failed, 'r', 'u', Number.MAX_SAFE_INTEGER, 1)).toBe(false);
    }
  });
});

describe('Downgrade_Rev_Limit', () => {
  it.each([
    ['sip88xx.11-2-1MPP-1', 'sip88xx.11-3-1', true],
    ['sip88xx.11-2-1MPP-1', '11-3-1', true],
    ['sip88xx.12-0-7MPP0201-66', 'sip88xx.11-3-1', false],
    ['sip88xx.11-3-1', 'sip88xx.11-3-1', false],
    ['sip88xx.11-2-1', '', false],
    ['sip88xx.11-2-1', 'whatever', false],
  ])('%s against %s: forbidden is %s', (target, limit, forbidden) => {
    expect(isBelowLimit(target, limit)).toBe(forbidden);
  });
});
