import type { TlsFloor } from '../../../common/values/certificate.ts';
import type { Detail } from './exchange.ts';
import type { ClientHello } from './client-hello.ts';

/** What is known of a handshake that came to nothing. */
export interface BrokenHandshake {
  /** Code of the runtime's error: `ERR_SSL_NO_SHARED_CIPHER`; Electron's library spells a few otherwise. */
  readonly error: string;
  /** Number of the alert that the client sent, NaN where the error does not tell. */
  readonly alert: number;
  readonly hello: ClientHello | null;
  /** The bench's address at which it came in: what a client without a name in its hello was given. */
  readonly local: string;
  /** Names in the bench's certificate, and its time. */
  readonly names: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly floor: TlsFloor;
  /** Why the client's certificate was not accepted, in the library's word. */
  readonly clientError: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface HandshakeVerdict {
  readonly code: string;
  /** What was said on the wire: `alert 48` when either side said why, `closed` when the connection just ended. */
  readonly answer: string;
  readonly params: Detail;
}

/** Alerts that the client sent (RFC 8446 §6), by the word in the library's code where it gives no number. */
const ALERTS: readonly (readonly [RegExp, number])[] = [
  [/ALERT_UNKNOWN_CA/, 48],
  [/ALERT_BAD_CERTIFICATE$/, 42],
  [/ALERT_UNSUPPORTED_CERTIFICATE/, 43],
  [/ALERT_CERTIFICATE_REVOKED/, 44],
  [/ALERT_CERTIFICATE_EXPIRED/, 45],
  [/ALERT_CERTIFICATE_UNKNOWN/, 46],
  [/ALERT_ILLEGAL_PARAMETER/, 47],
  [/ALERT_ACCESS_DENIED/, 49],
  [/ALERT_DECODE_ERROR/, 50],
  [/ALERT_DECRYPT_ERROR/, 51],
  [/ALERT_PROTOCOL_VERSION/, 70],
  [/ALERT_INSUFFICIENT_SECURITY/, 71],
  [/ALERT_INTERNAL_ERROR/, 80],
  [/ALERT_USER_CANCELL?ED/, 90],
  [/ALERT_UNRECOGNIZED_NAME|UNRECOGNIZED_NAME/, 112],
  [/ALERT_BAD_CERTIFICATE_STATUS_RESPONSE|BAD_CERTIFICATE_STATUS/, 113],
  [/ALERT_HANDSHAKE_FAILURE/, 40],
  [/ALERT_UNEXPECTED_MESSAGE/, 10],
];
/** What the library of this bench refused, and the alert that it sent. */
const OURS: readonly (readonly [RegExp, string, number])[] = [
  [/UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|INAPPROPRIATE_FALLBACK/, 'tls.version', 70],
  [/NO_SHARED_CIPHER|NO_SUITABLE_SIGNATURE|NO_COMMON_SIGNATURE|NO_SHARED_GROUP|NO_SUITABLE_KEY_SHARE/, 'tls.no-cipher', 40],
  [/PEER_DID_NOT_RETURN_A_CERTIFICATE/, 'tls.no-client-certificate', 116],
];
/** Words that only bytes which are no TLS bring about. */
const GARBAGE = /WRONG_VERSION_NUMBER|BAD_RECORD|PACKET_LENGTH|RECORD_LENGTH|LENGTH_MISMATCH|DECODE|UNEXPECTED_(?:MESSAGE|RECORD)|BAD_(?:LENGTH|EXTENSION|PACKET)|UNKNOWN_PROTOCOL|UNSOLICITED|DECRYPT/;

/** Says in a code of `tls.…` why a handshake failed, and with what alert. */
export function judgeHandshake(broken: BrokenHandshake): HandshakeVerdict {
  const { error, floor, hello, clientError } = broken;
  if (clientError !== null) return { code: 'tls.client-unverified', answer: 'closed', params: { reason: clientError } };
  if (error === 'ERR_TLS_HANDSHAKE_TIMEOUT') return { code: 'tls.timeout', answer: 'closed', params: {} };
  const alert = Number.isNaN(broken.alert) ? ALERTS.find(([word]) => word.test(error))?.[1] : broken.alert;
  if (alert !== undefined) return { answer: `alert ${alert}`, ...judgeAlert(alert, broken) };
  const ours = OURS.find(([word]) => word.test(error));
  if (ours) {
    const offered = hello?.newest ?? 'SSL 3.0';
    return { code: ours[1], answer: `alert ${ours[2]}`, params: ours[1] === 'tls.version' ? { offered, floor } : {} };
  }
  if (GARBAGE.test(error)) return { code: 'tls.garbage', answer: 'closed', params: {} };
  // Some clients that do not like the certificate hang up without a word.
  if (error === 'ECONNRESET' || error === 'EPIPE' || error === '') {
    const wrong = wrongName(broken);
    return wrong === null ? { code: 'tls.gone', answer: 'closed', params: {} } : { code: 'tls.wrong-name', answer: 'closed', params: { name: wrong } };
  }
  return { code: 'tls.failed', answer: 'closed', params: { cause: error.replace(/^ERR_SSL_/, '').toLowerCase().replaceAll('_', ' ').slice(0, 80) } };
}

/** One alert stands for several causes: what the bench knows of its own certificate decides which it can be. */
function judgeAlert(alert: number, broken: BrokenHandshake): Pick<HandshakeVerdict, 'code' | 'params'> {
  const date = new Date(broken.to).toISOString().slice(0, 10);
  switch (alert) {
    case 48:
      return { code: 'tls.unknown-ca', params: {} };
    case 45:
      return broken.now > broken.to ? { code: 'tls.expired', params: { date } } : { code: 'tls.clock', params: {} };
    case 42:
    case 46: {
      const name = wrongName(broken);
      if (name !== null) return { code: 'tls.wrong-name', params: { name } };
      return broken.now > broken.to ? { code: 'tls.expired', params: { date } } : { code: 'tls.bad-certificate', params: {} };
    }
    case 112:
      return { code: 'tls.wrong-name', params: { name: askedName(broken) } };
    case 40:
    case 71:
      return { code: 'tls.refused', params: {} };
    case 70:
      return { code: 'tls.version-refused', params: { floor: broken.floor } };
    case 43:
    case 44:
    case 49:
    case 51:
    case 113:
      return { code: 'tls.bad-certificate', params: {} };
    default:
      return { code: 'tls.alert', params: { alert } };
  }
}

function askedName({ hello, local }: Pick<BrokenHandshake, 'hello' | 'local'>): string {
  return hello?.name ?? local;
}

/** The name that the client asked for, when the certificate does not carry it. */
export function wrongName(broken: Pick<BrokenHandshake, 'hello' | 'local' | 'names'>): string | null {
  const asked = askedName(broken);
  const covers = (name: string): boolean => {
    const own = name.toLowerCase();
    return own === asked || (own.startsWith('*.') && asked.slice(asked.indexOf('.') + 1) === own.slice(2));
  };
  return broken.hello === null || broken.names.some(covers) ? null : asked;
}
