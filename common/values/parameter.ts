/** Kind of value, where it is known (types of Cisco's "Provisioning Formats"). */
export type ParameterType =
  | 'bool' | 'enum' | 'text' | 'number' | 'port' | 'ip' | 'host' | 'rule' | 'dial-plan' | 'tone' | 'time' | 'url';

/** One parameter of the dictionary. */
export interface ParameterEntry {
  /** As the phone spells it; `{n}` stands for the index: `Proxy_{n}_`. */
  readonly name: string;
  /** Heading of the phone's own web page, empty where the export told none. */
  readonly section: string;
  readonly type: ParameterType | null;
  /** Literal values, in the phone's order; empty where none are known. */
  readonly options: readonly string[];
  readonly secret: boolean;
  /** Access of the phone's user that the export showed. */
  readonly ua: 'na' | 'ro' | 'rw' | null;
  /** Documented factory value, null where no source tells it. */
  readonly factory: string | null;
  /** Lowest and highest number that Cisco documents. */
  readonly range: { readonly from: number; readonly to: number; readonly unit: string } | null;
  /** Exports in which it was seen; `maxIndex` 0 for a parameter without index. */
  readonly seen: readonly { readonly model: string; readonly firmware: string; readonly maxIndex: number }[];
  /** One or two sentences where we can say more than the name does. */
  readonly help: { readonly en: string; readonly fr: string } | null;
}
