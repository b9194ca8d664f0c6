import { CLASS_IN, TYPE } from '../../../main/servers/dns/message.ts';

export interface Asked {
  readonly id?: number;
  readonly type?: number;
  readonly class?: number;
  /** UDP payload size of an OPT record. */
  readonly edns?: number;
  readonly flags?: number;
}

/** A question as bytes, written here and not by the product's own codec. Letter case is kept. */
export function questionBytes(name: string, { id = 0x1234, type = TYPE.A, class: klass = CLASS_IN, edns, flags = 0x0100 }: Asked = {}): Uint8Array {
  const labels = name === '' ? [] : name.split('.').flatMap((label) => [label.length, ...Buffer.from(label, 'latin1')]);
  const opt = edns === undefined ? [] : [0, 0, 41, ...two(edns), 0, 0, 0, 0, 0, 0];
  return Uint8Array.from([...two(id), ...two(flags), 0, 1, 0, 0, 0, 0, 0, opt.length === 0 ? 0 : 1, ...labels, 0, ...two(type), ...two(klass), ...opt]);
}

function two(value: number): readonly number[] {
  return [value >> 8, value & 255];
}
