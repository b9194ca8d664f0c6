const REGISTERS = Array.from('ABCDEFGHIJKLMNOP');
const SECRETS = ['SA', 'SB', 'SC', 'SD'];
const DEVICE = ['MA', 'MAU', 'MAC', 'PN', 'PSN', 'SN', 'CCERT', 'IP', 'EXTIP', 'SWVER', 'HWVER', 'ISCUST'];
const STATE = ['PRVST', 'UPGST', 'UPGERR', 'PRVTMR', 'UPGTMR', 'REGTMR1', 'REGTMR2', 'UPGCOND'];
const REQUEST = ['SCHEME', 'METH', 'SERV', 'SERVIP', 'PORT', 'PATH', 'ERR'];
const MOBILITY = ['EMS', 'MUID', 'MPWD', 'PDOM'];
const LINE = ['UID', 'DISPLAYNAME', 'AUTHID', 'PROXY'];
/** Lines of the largest phones. */
const LINES = 16;

/** Every macro of provisioning text, without the `$`. Lower-case names and VERSION, USER, PROXY belong to other texts. */
export const MACRO_NAMES: ReadonlySet<string> = new Set([
  ...REGISTERS, ...SECRETS, ...DEVICE, ...STATE, ...REQUEST, ...MOBILITY,
  ...LINE.flatMap((name) => Array.from({ length: LINES }, (_, line) => `${name}${line + 1}`)),
]);

/** GPP_A to GPP_P: free text of the owner, so their value may be anything. */
export function isRegister(name: string): boolean {
  return /^[A-P]$/.test(name);
}

/** GPP_SA to GPP_SD: filled only as arguments of --key, --uid and --pwd. */
export function isSecretRegister(name: string): boolean {
  return /^S[A-D]$/.test(name);
}

/** Macros whose value is a password and is never shown, wherever it stands. */
export function holdsSecret(name: string): boolean {
  return isSecretRegister(name) || name === 'MPWD';
}
