/** A product as the phone spells it in `$PN`: `CP-8841-3PCC`, `CP-9861`, `ATA192-MPP`. */
export type Model = string & { readonly model: unique symbol };

const PHONE = /(?:^|[^A-Z0-9])(?:CP|DP)-(\d{4}[A-Z]{0,3})(-3PCC|-3PC-RC|-3PW|-MPP)?(?:-K9)?/i;
const BARE = /^(\d{4}[A-Z]{0,3})-3PCC$/i;
const ATA = /\b(ATA19[12])(?:-MPP|-3PW)?/i;

/**
 * Finds the product name in a vendor class, a User-Agent, a label's PID or a file name.
 * `CP-8841-3PCC-K9=`, `Cisco Systems, Inc. IP Phone CP-8841-3PCC` and `8841-3PCC` all give `CP-8841-3PCC`.
 * A `CP-nnnn` without an MPP mark keeps that spelling: on older series it is an enterprise load.
 */
export function findModel(text: string): Model | null {
  const clean = text.replaceAll('\0', '').trim();
  const bare = BARE.exec(clean);
  if (bare?.[1]) return `CP-${bare[1].toUpperCase()}-3PCC` as Model;
  const phone = PHONE.exec(` ${clean}`);
  if (phone?.[1]) return `CP-${phone[1].toUpperCase()}${phone[2] ? '-3PCC' : ''}` as Model;
  const ata = ATA.exec(clean);
  return ata?.[1] ? (`${ata[1].toUpperCase()}-MPP` as Model) : null;
}

/** The `$PSN` macro: `CP-8841-3PCC` → `8841-3PCC`. */
export function shortName(model: Model): string {
  return model.replace(/^(?:CP|DP)-/, '');
}

/** The four digits people call the phone by: `CP-8841-3PCC` → `8841`. */
export function spokenName(model: Model): string {
  return /\d{3,4}[A-Z]{0,3}/.exec(model)?.[0] ?? model;
}

/** True for a name that only Multiplatform loads use, or a series that exists as Multiplatform only. */
export function isMultiplatform(model: Model): boolean {
  return model.endsWith('-3PCC') || model.endsWith('-MPP') || /^CP-98\d\d/.test(model);
}
