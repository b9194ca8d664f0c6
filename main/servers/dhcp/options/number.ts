/** An unsigned number of one, two or four bytes, as the option demands; null for any other length. */
export function readNumber(value: Uint8Array | undefined, bytes: 1 | 2 | 4): number | null {
  if (value?.length !== bytes) return null;
  return value.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function writeNumber(value: number, bytes: 1 | 2 | 4): Uint8Array {
  const whole = new Uint8Array(bytes);
  const view = new DataView(whole.buffer);
  if (bytes === 1) view.setUint8(0, value);
  else if (bytes === 2) view.setUint16(0, value);
  else view.setUint32(0, value);
  return whole;
}
