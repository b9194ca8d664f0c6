import type { Fetched } from '../fetched.ts';
import { httpGet } from '../http-get.ts';
import { readProfile } from '../profile.ts';
import { tftpGet } from '../tftp-get.ts';
import { nameToAsk, noAnswer, NOTHING_TO_DO } from './check.ts';
import type { Check, Finding, ProbeOptions } from './check.ts';

/** Asks for a profile by TFTP. Any answer, error 1 included, shows that the server can be reached. */
export async function checkTftp(options: ProbeOptions, port: number): Promise<Check> {
  const started = performance.now();
  const fetched = await tftpGet({ address: options.address, port, path: nameToAsk(options) }, options.signal);
  return judge(options, { server: 'tftp', transport: 'udp', target: `${options.address}:${port}` }, fetched, performance.now() - started);
}

/**
 * Asks for a profile by HTTP, under a name of its own: the User-Agent of a phone would tell the bench of a load that nobody runs.
 * A redirect is told, not followed.
 */
export async function checkHttp(options: ProbeOptions, port: number): Promise<Check> {
  const started = performance.now();
  const fetched = await httpGet(
    { address: options.address, port, path: nameToAsk(options), host: options.address },
    { userAgent: 'Dialbench-probe', restMs: 0, dieInBody: false, post: null, login: null },
    options.signal,
  );
  return judge(options, { server: 'http', transport: 'tcp', target: `${options.address}:${port}` }, fetched, performance.now() - started);
}

type Place = Pick<Check, 'server' | 'transport' | 'target'>;

function judge(options: ProbeOptions, place: Place, fetched: Fetched, ms: number): Check {
  const asked = nameToAsk(options);
  const tookMs = Math.round(ms);
  const say = (verdict: Check['verdict'], finding: Finding, advice: Finding): Check => ({ ...place, verdict, finding, advice, tookMs });
  if (fetched.kind === 'redirect') {
    return say('right', { code: 'probe.redirected', params: { asked, location: fetched.location } }, NOTHING_TO_DO);
  }
  if (fetched.kind === 'file') {
    const read = readProfile(fetched.bytes);
    const bytes = fetched.bytes.length;
    if (read.ok) {
      return say('right', { code: 'probe.served', params: { asked, bytes, parameters: read.parameters.size, ms: tookMs } }, NOTHING_TO_DO);
    }
    const mend = options.named ? 'probe.do-mend' : 'probe.do-missing';
    return say('wrong', { code: 'probe.not-a-profile', params: { asked, bytes, cause: read.cause } }, { code: mend, params: {} });
  }
  const answer = fetched.kind === 'failed' ? fetched.answer : null;
  if (answer === null) {
    const cause = fetched.kind === 'failed' ? fetched.error : '';
    const advice = place.transport === 'udp' ? 'probe.do-firewall' : 'probe.do-start';
    return say('wrong', noAnswer(place.target, cause), { code: advice, params: {} });
  }
  return say(options.named ? 'wrong' : 'right', { code: 'probe.refused', params: { asked, answer } }, adviceForRefusal(options, answer));
}

/** The bench answers 404 or error 1 to phones that it does not serve, 503 or error 0 where a template cannot be filled. */
function adviceForRefusal(options: ProbeOptions, answer: string): Finding {
  if (!options.named) return { code: 'probe.do-stranger', params: {} };
  if (answer === '503' || answer === 'error 0') return { code: 'probe.do-fill', params: {} };
  return { code: 'probe.do-enrol', params: { mac: options.phone.mac } };
}
