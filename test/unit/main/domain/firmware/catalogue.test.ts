import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FirmwareFile } from '../../../../../common/values/firmware.ts';
import type { Model } from '../../../../../common/values/model.ts';
import { assembleLoads } from '../../../../../main/domain/firmware/catalogue.ts';
import { readLoads } from '../../../../../main/domain/firmware/loads-file.ts';
import { familiesOfModel, fits, isFirmwareName, readLoadName } from '../../../../../main/domain/firmware/names.ts';
import { sampleFiles } from '../../../../../main/domain/firmware/sample.ts';

const LOAD = 'sip88xx.12-0-7MPP0201-66.loads';

describe('names of firmware', () => {
  it.each([
    [LOAD, { family: 'sip88xx', version: '12-0-7MPP0201-66' }],
    ['sip8845_65.11-1-1MSR-1dev.loads', { family: 'sip8845_65', version: '11-1-1MSR-1dev' }],
    ['sip78xx.11-0-0MPP-7.loads', { family: 'sip78xx', version: '11-0-0MPP-7' }],
    ['kern288xx.12-0-7MPP0201-66.sbn', null], ['sip88xx.loads', null], ['../sip88xx.1.loads', null],
  ])('%s', (name, read) => expect(readLoadName(name)).toEqual(read));

  it.each(['../a.sbn', 'a/b.sbn', '.hidden.sbn', 'a..b.sbn', 'readme.txt', '', 'a.sbn\0', `${'a'.repeat(130)}.sbn`])('%j is no file of the catalogue', (name) => {
    expect(isFirmwareName(name)).toBe(false);
  });

  it('tell which product takes which family, and nothing of a product that no source tells', () => {
    expect(fits('CP-8841-3PCC' as Model, 'sip88xx')).toBe(true);
    expect(fits('CP-8845-3PCC' as Model, 'sip88xx')).toBe(false);
    expect(fits('CP-7832-3PCC' as Model, 'sip78xx')).toBe(true);
    expect(familiesOfModel('CP-7832-3PCC' as Model)).toEqual(['sip78xx', 'sip7832']);
    expect(fits('CP-8875' as Model, 'sip88xx')).toBeNull();
    expect(fits('CP-8841-3PCC' as Model, 'sip99')).toBeNull();
  });
});

describe('a .loads list', () => {
  const signed = (text: string) => Buffer.concat([Buffer.from([1, 0, 2, 255, 254, 0]), Buffer.from(text), Buffer.from([0, 9, 200, 131])]);

  it('is read for names between the bytes of its signature, with the sections they stand in', () => {
    const list = readLoads(signed(`${LOAD}\n[PLATFORM_1]\nkern288xx.12.sbn\nrootfs288xx.12.sbn,\n[PLATFORM_2]\nkern288xx.12.sbn `), LOAD);
    expect(list).toEqual({
      siblings: ['kern288xx.12.sbn', 'rootfs288xx.12.sbn'],
      platforms: [{ name: 'PLATFORM_1', siblings: ['kern288xx.12.sbn', 'rootfs288xx.12.sbn'] }, { name: 'PLATFORM_2', siblings: ['kern288xx.12.sbn'] }],
    });
  });

  it('never names what the catalogue would not keep, whatever its bytes are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, text) => {
      const { siblings } = readLoads(Buffer.concat([bytes, Buffer.from(`../${text}.sbn`), bytes]), LOAD);
      expect(siblings.every(isFirmwareName)).toBe(true);
    }));
  });

  it('of a made-up load names exactly its images', () => {
    const files = sampleFiles(LOAD, 1_000_000) ?? [];
    const [list, ...images] = files;
    expect(readLoads(Buffer.from(list?.text ?? ''), LOAD).siblings).toEqual(images.map(({ name }) => name));
    expect(images.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(1_000_000);
    expect(sampleFiles('kern.sbn', 10)).toBeNull();
  });
});

describe('a load of the catalogue', () => {
  const file = (name: string, state: FirmwareFile['state'] = 'present'): FirmwareFile => ({ name, bytes: 10, sha256: 'x', addedAt: 0, state });
  const list = [{ name: LOAD, siblings: ['a.sbn', 'b.sbn'] }];
  const load = (files: readonly FirmwareFile[]) => assembleLoads(list, files, () => [])[0];

  it('is complete when every file that it names is there as it was added', () => {
    expect(load([file(LOAD), file('a.sbn'), file('b.sbn')])).toMatchObject({ complete: true, missing: [], bytes: 30, family: 'sip88xx' });
  });
  it('names what lacks, before any phone asks', () => {
    expect(load([file(LOAD), file('a.sbn')])).toMatchObject({ complete: false, missing: ['b.sbn'] });
    expect(load([file(LOAD), file('a.sbn'), file('b.sbn', 'missing')])).toMatchObject({ complete: false, missing: ['b.sbn'] });
    expect(load([file(LOAD), file('a.sbn'), file('B.sbn')])).toMatchObject({ complete: false, missing: ['b.sbn'] });
  });
  it('is not complete with a file that changed on the disk, nor with a list that names nothing', () => {
    expect(load([file(LOAD), file('a.sbn'), file('b.sbn', 'changed')])).toMatchObject({ complete: false, missing: [] });
    expect(assembleLoads([{ name: LOAD, siblings: [] }], [file(LOAD)], () => [])[0]?.complete).toBe(false);
  });
});
