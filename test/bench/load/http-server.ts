// The HTTP server alone, answering every name with 20 KB from memory, and `.bin` from one file:
//   node http-server.ts [FILE SHA256 [CHAIN.pem KEY.pem]]        with a certificate it speaks HTTPS
// What the bench adds to it (who asks, which profile, evidence on disk) is measured by serving a workspace instead.
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { certificateFacts } from '../../../main/crypto/pki/facts.ts';
import { createHttpServer } from '../../../main/servers/http/server.ts';
import { tlsTransport } from '../../../main/servers/http/tls-transport.ts';

const [file = '', fileSha256 = '', chainFile, keyFile] = process.argv.slice(2);
const size = file === '' ? 0 : statSync(file).size;
const bytes = Buffer.alloc(20_000, '<flat-profile/> ');
const sha256 = createHash('sha256').update(bytes).digest('hex');
let observed = 0;

const server = createHttpServer(
  { name: chainFile === undefined ? 'http' : 'https', address: '127.0.0.1', port: 0 },
  {
    answer: async ({ path }) =>
      path.endsWith('.bin')
        ? { kind: 'file', file, size, sha256: fileSha256, contentType: 'application/octet-stream' }
        : { kind: 'bytes', bytes, sha256, contentType: 'text/xml' },
    spool: async () => ({ refuse: { status: 404, code: 'file.not-found' } }),
    observe: () => { observed += 1; },
    progress: () => undefined,
    changed: () => undefined,
  },
  () => Date.now(),
  chainFile === undefined || keyFile === undefined ? undefined : overTls(readFileSync(chainFile, 'utf8'), readFileSync(keyFile, 'utf8')),
);
const { port, error } = await server.start();
process.stdout.write(`${JSON.stringify({ ready: true, port, error })}\n`);
process.once('SIGTERM', () => {
  void server.stop().then(() => process.stdout.write(`${JSON.stringify({ observed })}\n`));
});

function overTls(chain: string, privateKey: string): ReturnType<typeof tlsTransport> {
  const { names, from, to } = certificateFacts(new X509Certificate(chain));
  return tlsTransport({ chain, privateKey, facts: { names, from, to }, clientCertificates: 'off', clientAuthorities: [], floor: 'TLSv1.2' }, () => Date.now());
}
