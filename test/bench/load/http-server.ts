// The HTTP server alone, answering every name with 20 KB from memory: node http-server.ts
// What the bench adds to it (who asks, which profile, evidence on disk) is measured by serving a workspace instead.
import { createHash } from 'node:crypto';
import { createHttpServer } from '../../../main/servers/http/server.ts';

const bytes = Buffer.alloc(20_000, '<flat-profile/> ');
const sha256 = createHash('sha256').update(bytes).digest('hex');
let observed = 0;

const server = createHttpServer(
  { name: 'http', address: '127.0.0.1', port: 0 },
  {
    answer: async () => ({ kind: 'bytes', bytes, sha256, contentType: 'text/xml' }),
    spool: async () => ({ refuse: { status: 404, code: 'file.not-found' } }),
    observe: () => { observed += 1; },
    progress: () => undefined,
    changed: () => undefined,
  },
  () => Date.now(),
);
const { port, error } = await server.start();
process.stdout.write(`${JSON.stringify({ ready: true, port, error })}\n`);
process.once('SIGTERM', () => {
  void server.stop().then(() => process.stdout.write(`${JSON.stringify({ observed })}\n`));
});
