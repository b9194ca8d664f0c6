import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import type { FileAsk } from '../../../../main/app/serve/files.ts';
import { refuseUpload } from '../../../../main/app/serve/who-asks.ts';
import { createRegister } from '../../../../main/app/state/register.ts';
import { newDevice } from '../../../../main/domain/device/enrol.ts';

const own = '00562b043615' as Mac;
const other = '00562b043616' as Mac;

describe('who may leave a file here', () => {
  const register = createRegister(0);
  register.put(newDevice(own, 0, 1));
  const refuse = (path: string, more: Partial<FileAsk> = {}, adopts = false): string | null => refuseUpload(
    { server: 'https', peer: { address: '10.0.0.77', port: 1 }, path, userAgent: null, certificate: null, exchange: 'it', ...more },
    {
      directory: { byAddress: register.byAddress, bySerial: register.bySerial, neighbour: () => null },
      device: register.get,
      adoptsAll: () => adopts,
    },
  );

  it('is a phone that is enrolled', () => {
    expect(refuse(`/report/${own}.xml`)).toBeNull();
    expect(refuse(`/report/${other}.xml`)).toBe('file.not-enrolled');
    expect(refuse('/somewhere.bin')).toBe('file.unknown-phone');
  });

  it('is everybody where the bench takes everybody in', () => {
    expect(refuse(`/report/${other}.xml`, {}, true)).toBeNull();
    expect(refuse('/somewhere.bin', {}, true)).toBeNull();
  });

  it('is never a phone that shows the certificate of another one than the name says', () => {
    const certificate = `CN=CP-8841-3PCC-SEP${other.toUpperCase()}`;
    for (const adopts of [false, true]) expect(refuse(`/report/${own}.xml`, { certificate }, adopts)).toBe('file.other-phone');
    expect(refuse(`/report/${own}.xml`, { certificate: `CN=CP-8841-3PCC-SEP${own.toUpperCase()}` })).toBeNull();
  });
});
