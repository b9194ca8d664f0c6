import type { implement } from '@orpc/server';
import type { contract } from '../../../common/contract/contract.ts';
import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import type { KeyView } from '../../../common/values/key.ts';
import { phoneAt } from './fleet.ts';
import { REPORT_TEXT } from './made-up-rules.ts';

type Os = ReturnType<typeof implement<typeof contract>>;
const DAY = 86_400_000;
const started = Date.now();

/** Keys, key doctor and certificates of the made-up host: enough for a screen to be drawn. */
export function madeUpSecrets(os: Os, namesOld = false) {
  if (namesOld) bend({ remark: { code: 'tls.names-old', params: { name: '10.20.0.9' } } });
  return {
    keys: {
      list: os.keys.list.handler(() => ring),
      make: os.keys.make.handler(({ input }) => put({ id: `k${ring.length + 1}`, owner: input.owner, use: input.use, createdAt: Date.now(), fingerprint: '0c1d 77aa 90fe 3b12', shownAt: null })),
      makeForPhones: os.keys.makeForPhones.handler(({ input }) => ({ made: input.macs.map((mac) => put({ id: `p${mac}`, owner: { kind: 'phone', mac }, use: input.use, createdAt: Date.now(), fingerprint: '4be1 0d2c 55a0 91f7', shownAt: null })).length })),
      take: os.keys.take.handler(({ input }) => put({ id: `k${ring.length + 1}`, owner: input.owner, use: input.use, createdAt: Date.now(), fingerprint: '9f86 d081 884c 7d65', shownAt: null })),
      reveal: os.keys.reveal.handler(({ input }) => {
        const view = ring.find((key) => key.id === input.id);
        if (!view) throw new Error('no such key');
        const shown = { ...view, shownAt: view.shownAt ?? Date.now() };
        ring = ring.map((key) => (key.id === input.id ? shown : key));
        return { text: 'mK7vQ0pXz3LrT8sYbN2dW5cF1hJ6aGeUi9oRkVxMtEs', view: shown };
      }),
      remove: os.keys.remove.handler(({ input }) => {
        ring = ring.filter((key) => key.id !== input.id);
        return { removed: true };
      }),
    },
    doctor: {
      examine: os.doctor.examine.handler(({ input }) => {
        const bytes = Buffer.from(input.file, 'base64');
        if (bytes.subarray(0, 8).toString('latin1') !== 'Salted__') return { verdict: { verdict: 'unknown', layers: [{ kind: 'unknown', bytes: bytes.length }], accidents: [], code: 'doctor.unknown', params: {}, openssl: null }, text: null };
        const layers = [{ kind: 'salted', salt: bytes.subarray(8, 16).toString('hex'), digest: 'md5' }, { kind: 'gzip', bytes: 19_916 }, { kind: 'xml', root: 'flat-profile', elements: 214 }] as const;
        if (!input.key && !input.keyId) return { verdict: { verdict: 'needs-key', layers: [{ ...layers[0], digest: null }], accidents: [], code: 'doctor.needs-key', params: {}, openssl: null }, text: null };
        const newline = input.key?.endsWith('\n') === true;
        return {
          verdict: { verdict: newline ? 'opened-otherwise' : 'opened', layers, accidents: newline ? ['newline-removed'] : [], code: newline ? 'doctor.opened-otherwise' : 'doctor.opened', params: {}, openssl: 'openssl enc -d -aes-256-cbc -md md5 -in 00562b043615.cfg -out profile.xml.gz -pass stdin' },
          text: REPORT_TEXT,
        };
      }),
    },
    certificates: {
      view: os.certificates.view.handler(() => certificate),
      renew: os.certificates.renew.handler(({ input }) => bend({ remark: null, origin: 'bench', server: { ...SERVER, names: [...new Set([...SERVER.names, ...input.names])], to: Date.now() + input.days * DAY } })),
      request: os.certificates.request.handler(() => ({ pem: '-----BEGIN CERTIFICATE REQUEST-----\nMIICijCCAXICAQAwGDEWMBQGA1UEAwwNYmVuY2guaW50ZXJuYWwwggEiMA0GCSqG\n-----END CERTIFICATE REQUEST-----\n' })),
      importChain: os.certificates.importChain.handler(() => bend({ origin: 'customer', server: { ...SERVER, issuer: 'Clinique Saint-Roch Issuing CA 2' } })),
      useOwn: os.certificates.useOwn.handler(() => bend({ origin: 'bench', server: SERVER })),
      clientCertificates: os.certificates.clientCertificates.handler(({ input }) => bend({ clientCertificates: input.mode })),
      tlsFloor: os.certificates.tlsFloor.handler(({ input }) => bend({ tlsFloor: input.floor })),
      authority: os.certificates.authority.handler(() => ({ pem: '-----BEGIN CERTIFICATE-----\nMIIDbench\n-----END CERTIFICATE-----\n' })),
    },
  };
}

const SERVER = {
  subject: 'bench.internal', issuer: 'Dialbench CA, Atelier Lyon', names: ['bench.internal', '10.20.0.1'], from: started - 30 * DAY, to: started + 397 * DAY,
  fingerprint: '7F:0C:91:E4:22:6B:0A:13:9D:44:8E:F1:70:5C:B2:19:63:AE:07:D8:5B:31:CC:90:4F:12:E6:88:A7:3D:5A:D2', serial: '0A1B2C3D',
};
let certificate: CertificatesView = {
  authority: { ...SERVER, subject: SERVER.issuer, names: [] }, server: SERVER, origin: 'bench', clientCertificates: 'asked', tlsFloor: 'TLSv1.2', authorityPath: '/ca.pem', phones: 43, phonesHolding: 31,
  failed: [{ at: started - 240_000, peer: '10.20.0.127', code: 'tls.unknown-ca', params: {} }, { at: started - 2 * DAY, peer: '10.20.0.131', code: 'tls.version', params: { offered: 'TLS 1.1', floor: 'TLS 1.2' } }],
  remark: null,
};
function bend(part: Partial<CertificatesView>): CertificatesView {
  return (certificate = { ...certificate, ...part });
}

let ring: readonly KeyView[] = [
  { id: 'k1', owner: { kind: 'batch', name: 'Clinique Saint-Roch' }, use: 'passphrase', createdAt: started - 3 * DAY, fingerprint: '9c1e 04b7 aa52 ef13', shownAt: started - 2 * DAY },
  { id: 'k2', owner: { kind: 'customer', name: 'Mairie de Bron' }, use: 'passphrase', createdAt: started - 90 * DAY, fingerprint: '1f00 8c3d 6e25 b7a4', shownAt: null },
  { id: 'k3', owner: { kind: 'phone', mac: phoneAt(3, started).mac }, use: 'ikm', createdAt: started - 600_000, fingerprint: 'd4c2 11fe 7801 93ab', shownAt: null },
];
function put(view: KeyView): KeyView {
  ring = [...ring.filter((key) => JSON.stringify([key.owner, key.use]) !== JSON.stringify([view.owner, view.use])), view];
  return view;
}

