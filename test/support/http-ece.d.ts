/** The part of npm `http_ece` 1.2.1 that the tests use; the package brings no types. */
declare module 'http_ece' {
  export interface Parameters {
    readonly key?: Uint8Array;
    readonly salt?: Uint8Array;
    readonly keyid?: string;
    readonly rs?: number;
    /** Bytes of padding, spread over the records. */
    readonly pad?: number;
  }
  export function encrypt(plain: Uint8Array, parameters: Parameters): Buffer;
  export function decrypt(coded: Uint8Array, parameters: Parameters, findKey?: (keyId: Buffer) => Uint8Array | undefined): Buffer;
}
