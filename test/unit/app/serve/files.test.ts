import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import { UNPROTECTED } from '../../../../common/values/protection.ts';
import { answerFile, type FileAsk, type FirmwareDoor } from '../../../../main/app/serve/files.ts';
import { createRenderer } from '../../../../main/app/serve/rendered.ts';
import { createExchanges } from '../../../../main/app/state/exchanges.ts';
import { createRegister } from '../../../../main/app/state/register.ts';
import { newDevice } from '../../../../main/domain/device/enrol.ts';
import type { TemplateRow } from '../../../../main/store/store.ts';

const mac = '00562b043615' as Mac;
const other = '00562b043616' as Mac;
const KEPT = { scope: '*', changedAt: 0, path: null, protection: UNPROTECTED, version: 1 } as const;

describe('what a device gets under a name', () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'dialbench-files-'));
    await writeFile(join(root, 'logo.png'), 'picture');
  });
  afterAll(() => rm(root, { recursive: true }));

  function open(text = '<flat-profile><A>{{name}}</A><User_Password>secret</User_Password></flat-profile>', adoptsAll = false, variables: Record<string, string> = {}, more: readonly TemplateRow[] = [], authority: string | null = null, door: Partial<FirmwareDoor> = {}) {
    const register = createRegister(0);
    register.put({ ...newDevice(mac, 0, 1), name: 'Réception', variables, ip: '10.0.0.9' as never });
    const renderer = createRenderer({
      variables: (device) => ({ ...(device.name === null ? {} : { name: device.name }) }),
      protect: (xml, { container }) => ({ ok: true, value: { bytes: xml, contentEncoding: container === 'aes128gcm' ? 'aes128gcm' : null } }),
    });
    renderer.reset([{ ...KEPT, name: 'all', text }, ...more]);
    const exchanges = createExchanges();
    const ask = (path: string, more: Partial<FileAsk> = {}) =>
      answerFile(
        { server: 'http', peer: { address: '10.0.0.77', port: 1 }, path, userAgent: null, certificate: null, exchange: path, ...more },
        {
          directory: { byAddress: register.byAddress, bySerial: register.bySerial, neighbour: () => null },
          exchanges, renderer, root,
          firmware: {
            find: (name) => (name === 'sip88xx.11-0-1MPP-1.loads' ? { kind: 'present', file: '/firmware/it', bytes: 3, sha256: 'ab', stamp: 's' } : null),
            store: () => null, refuses: () => null, fetching: () => undefined, asked: () => undefined, ...door,
          },
          device: register.get,
          authority: () => authority,
          adoptsAll: () => adoptsAll,
          adopt: (one) => ({ ...newDevice(one, 0, register.nextNumber()), name: 'adopted' }),
        },
      );
    return { ask, exchanges };
  }

  it('is its own profile, filled, under a name with its MAC', async () => {
    const { ask, exchanges } = open();
    const answer = await ask(`/Cisco/CP-8841-3PCC/${mac}.cfg`);
    expect(answer.kind === 'profile' && new TextDecoder().decode(answer.bytes)).toContain('<A>Réception</A>');
    expect(exchanges.get(`/Cisco/CP-8841-3PCC/${mac}.cfg`)?.profile?.masked).not.toContain('secret');
  });

  it('is the authority for everybody who asks for it, and a file of that name only while there is none', async () => {
    const { ask, exchanges } = open('<A/>', false, {}, [], 'PEM');
    for (const path of ['/ca.pem', 'ca.pem', '/ca.pem?x=1']) {
      const answer = await ask(path);
      expect(answer.kind === 'authority' && new TextDecoder().decode(answer.bytes)).toBe('PEM');
      expect(exchanges.get(path)).toMatchObject({ what: 'file', mac: null });
    }
    expect(await ask('/folder/ca.pem')).toEqual({ kind: 'missing', code: 'file.unknown-phone' });
    expect(await open().ask('/ca.pem')).toEqual({ kind: 'missing', code: 'file.unknown-phone' });
  });

  it('is its profile under a name with its model alone when the address is known', async () => {
    const { ask } = open();
    expect((await ask('/8841-3PCC.xml', { peer: { address: '10.0.0.9', port: 1 } })).kind).toBe('profile');
    expect(await ask('/8841-3PCC.xml')).toEqual({ kind: 'missing', code: 'file.unknown-phone' });
  });

  it('is a template with a name of its own where the path spells it, and the usual one everywhere else', async () => {
    const extra: TemplateRow = { ...KEPT, name: 'extra', text: '<flat-profile><B>{{name}}</B></flat-profile>', path: 'b/$MA.xml' };
    const { ask } = open(undefined, false, {}, [extra]);
    const text = async (path: string) => {
      const answer = await ask(path);
      return answer.kind === 'profile' ? new TextDecoder().decode(answer.bytes) : answer.kind;
    };
    expect(await text(`/b/${mac}.xml`)).toContain('<B>Réception</B>');
    expect(await text(`b/${mac.toUpperCase()}.xml`)).toContain('<B>Réception</B>');
    expect(await text(`/c/${mac}.xml`)).toContain('<A>Réception</A>');
    expect(await text(`/b/${other}.xml`)).toBe('missing');
  });

  it('is nothing over TFTP for a template that needs a header of HTTP, and says so', async () => {
    const extra: TemplateRow = { ...KEPT, name: 'extra', text: '<flat-profile/>', path: 'p/$MA.xml', protection: { ...UNPROTECTED, container: 'aes128gcm', key: 'phone' } };
    const { ask } = open(undefined, false, {}, [extra]);
    expect(await ask(`/p/${mac}.xml`, { server: 'tftp' })).toMatchObject({ kind: 'unready', failure: { code: 'profile.needs-http' } });
    expect(await ask(`/p/${mac}.xml`)).toMatchObject({ kind: 'profile', contentEncoding: 'aes128gcm' });
  });

  it('is a file of the firmware catalogue under its exact name in any folder, for a phone that is enrolled', async () => {
    const { ask } = open();
    const own = { peer: { address: '10.0.0.9', port: 1 } };
    const answer = { kind: 'static', file: '/firmware/it', size: 3, sha256: 'ab', stamp: 's' };
    expect(await ask('/firmware/sip88xx.11-0-1MPP-1.loads', own)).toEqual(answer);
    expect(await ask('sip88xx.11-0-1MPP-1.loads', own)).toEqual(answer);
    expect((await ask('/SIP88XX.11-0-1MPP-1.loads', own)).kind).toBe('missing');
    expect(await ask('/sip88xx.11-0-1MPP-1.loads')).toEqual({ kind: 'missing', code: 'file.unknown-phone' });
  });

  it('is firmware under a folder with the name of the phone, which tells who asks whatever its address', async () => {
    const seen: unknown[] = [];
    const { ask } = open(undefined, false, {}, [], null, { asked: (file) => seen.push(file) });
    expect((await ask(`/firmware/${mac}/sip88xx.11-0-1MPP-1.loads`)).kind).toBe('static');
    expect(await ask(`/firmware/${other}/sip88xx.11-0-1MPP-1.loads`)).toEqual({ kind: 'missing', code: 'file.not-enrolled' });
    expect(seen).toEqual([{ mac, name: 'sip88xx.11-0-1MPP-1.loads', bytes: 3, elsewhere: false, exchange: `/firmware/${mac}/sip88xx.11-0-1MPP-1.loads` }]);
  });

  it('is the way to another store over HTTP, and the file itself over TFTP, which cannot send anybody on', async () => {
    const { ask } = open(undefined, false, {}, [], null, { store: () => 'https://store.example/mpp' });
    const path = `/firmware/${mac}/sip88xx.11-0-1MPP-1.loads`;
    expect(await ask(path)).toEqual({ kind: 'elsewhere', location: 'https://store.example/mpp/sip88xx.11-0-1MPP-1.loads' });
    expect((await ask(path, { server: 'tftp' })).kind).toBe('static');
  });

  it('is no firmware for a phone that is held, with the cause for people', async () => {
    const { ask } = open(undefined, false, {}, [], null, { refuses: (one) => (one === mac ? { code: 'wave.loop-same-version', params: { version: '11.0.1', load: 'l' } } : null) });
    expect(await ask(`/firmware/${mac}/sip88xx.11-0-1MPP-1.loads`)).toEqual({ kind: 'missing', code: 'wave.loop-same-version', params: { version: '11.0.1', load: 'l' } });
  });

  it('is nothing for a phone that is not enrolled, unless all are adopted', async () => {
    expect(await open().ask(`/${other}.cfg`)).toEqual({ kind: 'missing', code: 'file.not-enrolled' });
    expect((await open(undefined, true).ask(`/${other}.cfg`)).kind).toBe('profile');
  });

  it('is a refusal when its certificate belongs to another phone than the name', async () => {
    const answer = await open().ask(`/${mac}.cfg`, { certificate: `CN=CP-8841-3PCC-SEP${other.toUpperCase()}` });
    expect(answer).toEqual({ kind: 'missing', code: 'file.other-phone' });
  });

  it('is "not ready" with the name of the missing variable, never an empty value', async () => {
    const { ask, exchanges } = open('<flat-profile><A>{{extension}}</A></flat-profile>');
    const answer = await ask(`/${mac}.cfg`);
    expect(answer).toMatchObject({ kind: 'unready', failure: { code: 'profile.variable-missing', params: { variable: 'extension' } } });
    expect(exchanges.get(`/${mac}.cfg`)?.failure?.code).toBe('profile.variable-missing');
  });

  it('is a static file for an enrolled phone only', async () => {
    const { ask } = open();
    const agent = `Cisco-CP-8841-3PCC/11.0 (${mac})`;
    expect(await ask('/logo.png', { userAgent: agent })).toMatchObject({ kind: 'static', size: 7 });
    expect(await ask('/logo.png')).toEqual({ kind: 'missing', code: 'file.unknown-phone' });
    expect(await ask('/nothing.png', { userAgent: agent })).toEqual({ kind: 'missing', code: 'file.not-found' });
  });

  it('is the sentence about an enterprise load for the names that only such loads ask for', async () => {
    expect(await open().ask('/SEP00562B043615.cnf.xml')).toEqual({ kind: 'missing', code: 'file.enterprise-load' });
  });

  it('carries the login that the list gives, for HTTP to ask', async () => {
    const { ask } = open();
    expect(await ask(`/${mac}.cfg`)).toMatchObject({ login: null });
    expect(await open(undefined, false, { http_user: 'bench', http_password: 'pass' }).ask(`/${mac}.cfg`)).toMatchObject({
      login: { user: 'bench', password: 'pass' },
    });
  });

  it('is filled once until the phone or the template changes', async () => {
    const { ask } = open();
    const first = await ask(`/${mac}.cfg`);
    const second = await ask(`/${mac}.xml`);
    expect(first.kind === 'profile' && second.kind === 'profile' && first.bytes === second.bytes).toBe(true);
  });
});
