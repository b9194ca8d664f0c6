/**
 * UDP payloads taken with tcpdump on Debian 12's loopback on 2026-11-22, between programs that are not ours:
 * tftp-hpa 5.2 (client and in.tftpd), atftp and atftpd 0.8.0, curl 7.88.1, busybox 1.35 tftp, dnsmasq 2.90 and
 * npm tftp 0.1.2. `says` is what the person at the keyboard asked for, or what the program printed.
 */
export const requests = [
  {
    origin: 'tftp-hpa client: -m netascii -c get text.txt',
    hex: '0001746578742e747874006e6574617363696900',
    says: { kind: 'read', path: 'text.txt', mode: 'netascii', options: {} },
  },
  {
    origin: 'dnsmasq peer, tftp-hpa client: -m binary -c get empty',
    hex: '0001656d707479006f6374657400',
    says: { kind: 'read', path: 'empty', mode: 'octet', options: {} },
  },
  {
    origin: 'curl --tftp-blksize 1000 tftp://…/small.txt',
    hex: '0001736d616c6c2e747874006f63746574007473697a65003000626c6b73697a6500313030300074696d656f7574003600',
    says: { kind: 'read', path: 'small.txt', mode: 'octet', options: { tsize: '0', blksize: '1000', timeout: '6' } },
  },
  {
    origin: 'curl -T text.txt tftp://…/put.txt',
    hex: '00027075742e747874006f63746574007473697a6500313500626c6b73697a65003531320074696d656f7574003600',
    says: { kind: 'write', path: 'put.txt', mode: 'octet', options: { tsize: '15', blksize: '512', timeout: '6' } },
  },
  {
    origin: 'busybox tftp -g -r small.txt -b 800',
    hex: '0001736d616c6c2e747874006f6374657400626c6b73697a6500383030007473697a65003000',
    says: { kind: 'read', path: 'small.txt', mode: 'octet', options: { blksize: '800', tsize: '0' } },
  },
  {
    origin: 'atftp --option "windowsize 4" "blksize 600" "tsize 0" "timeout 3" -g -r small.txt',
    hex: '0001736d616c6c2e747874006f63746574007473697a6500300074696d656f7574003300626c6b73697a65003630300077696e646f7773697a65003400',
    says: { kind: 'read', path: 'small.txt', mode: 'octet', options: { tsize: '0', timeout: '3', blksize: '600', windowsize: '4' } },
  },
] as const;

/** What servers answered to `small.txt` (1,200 bytes) and to names that do not exist. */
export const optionAnswers = [
  { origin: 'in.tftpd to curl', hex: '00067473697a65003132303000626c6b73697a6500313030300074696d656f7574003600', says: { tsize: '1200', blksize: '1000', timeout: '6' } },
  { origin: 'in.tftpd to busybox', hex: '0006626c6b73697a6500383030007473697a65003132303000', says: { blksize: '800', tsize: '1200' } },
  {
    origin: 'atftpd to atftp',
    hex: '00067473697a6500313230300074696d656f7574003300626c6b73697a65003630300077696e646f7773697a65003400',
    says: { tsize: '1200', timeout: '3', blksize: '600', windowsize: '4' },
  },
] as const;

export const errors = [
  { origin: 'in.tftpd, curl asked for a missing file', hex: '0005000146696c65206e6f7420666f756e6400', code: 1, message: 'File not found' },
  {
    origin: 'in.tftpd, npm tftp asked for timeout 1000',
    hex: '00050008556e737570706f72746564206f7074696f6e2873292072657175657374656400', code: 8, message: 'Unsupported option(s) requested',
  },
] as const;

export const acks = [
  { origin: 'curl after the OACK', hex: '00040000', block: 0 },
  { origin: 'atftp after a window', hex: '00040003', block: 3 },
] as const;

/** text.txt is `one LF two CR three CR LF`; in.tftpd sent it to the tftp-hpa client in netascii. */
export const netasciiData = {
  origin: 'in.tftpd, netascii', hex: '000300016f6e650d0a74776f0d0074687265650d000d0a', block: 1, text: 'one\ntwo\rthree\r\n',
} as const;

/** in.tftpd to the tftp-hpa client: the empty last block after a file of 0 bytes, from dnsmasq. */
export const emptyData = { origin: 'dnsmasq, empty file', hex: '00030001', block: 1 } as const;
