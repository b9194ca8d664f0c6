/** Domain that phones on the bench are told; `.local` would belong to mDNS (RFC 6762 §3). */
export const BENCH_DOMAIN = 'bench.internal';

/** Where phones fetch the authority for `Custom_CA_Rule`, over HTTP, HTTPS and TFTP. */
export const AUTHORITY_PATH = '/ca.pem';
