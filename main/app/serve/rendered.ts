import { createHash } from 'node:crypto';
import type { Mac } from '../../../common/values/mac.ts';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import type { Device } from '../../domain/device/device.ts';
import { pickTemplate } from '../../domain/profile/scope.ts';
import { maskFilled } from '../../domain/profile/mask-filled.ts';
import { fillTemplate, readTemplate, type Template } from '../../domain/profile/template.ts';
import { wantedLoad } from '../../domain/profile/wanted-load.ts';
import type { TemplateRow } from '../../store/store.ts';

/** A profile as one phone gets it. */
export interface RenderedProfile {
  readonly template: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** The same with secrets replaced: the only form that is kept or shown. */
  readonly masked: string;
  readonly load: string | null;
}

/** Fills a phone's template once for each change, not once for each request or block. */
export interface Renderer {
  render(device: Device): Result<RenderedProfile>;
  /** Forgets everything: the templates or the bench's own address changed. */
  reset(templates: readonly TemplateRow[]): void;
  templates(): readonly TemplateRow[];
}

/** What is kept filled, phones' whole configurations of 0.2 MB included: beyond it the longest unasked is filled anew. */
const MOST_HELD_BYTES = 64_000_000;

interface Held {
  readonly device: Device;
  readonly result: Result<RenderedProfile>;
}

/** @param variables every `{{place}}` that a phone can fill: its own columns and what the bench adds. */
export function createRenderer(variables: (device: Device) => Readonly<Record<string, string>>): Renderer {
  let rows: readonly TemplateRow[] = [];
  const parsed = new Map<string, Result<Template>>();
  /** Longest unasked first. */
  const held = new Map<Mac, Held>();
  let heldBytes = 0;

  return {
    render: (device) => {
      const known = held.get(device.mac);
      drop(device.mac);
      const result = known && sameForTemplate(known.device, device) ? known.result : fill(device);
      held.set(device.mac, { device, result });
      heldBytes += sizeOf(result);
      for (const mac of held.keys()) {
        if (heldBytes <= MOST_HELD_BYTES || mac === device.mac) break;
        drop(mac);
      }
      return result;
    },
    reset: (templates) => {
      rows = templates;
      parsed.clear();
      held.clear();
      heldBytes = 0;
    },
    templates: () => rows,
  };

  function drop(mac: Mac): void {
    const known = held.get(mac);
    if (!known) return;
    held.delete(mac);
    heldBytes -= sizeOf(known.result);
  }

  function fill(device: Device): Result<RenderedProfile> {
    const row = pickTemplate(rows, device);
    if (!row) return failed('profile.no-template', { model: device.model ?? '', mac: device.mac });
    const template = parsed.get(row.name) ?? readTemplate(row.text);
    parsed.set(row.name, template);
    if (!template.ok) return template;
    const values = variables(device);
    const filled = fillTemplate(template.value, values);
    if (!filled.ok) return filled;
    const bytes = new TextEncoder().encode(filled.value);
    return done({
      template: row.name,
      bytes,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      masked: maskFilled(template.value, values),
      load: wantedLoad(filled.value),
    });
  }
}

/** The bytes and their masked text, which takes two for each letter. */
function sizeOf(result: Result<RenderedProfile>): number {
  return result.ok ? result.value.bytes.length + 2 * result.value.masked.length : 0;
}

/** Only what a template can name: a phone that moves from stage to stage keeps its rendered profile. */
function sameForTemplate(one: Device, other: Device): boolean {
  return (
    one.variables === other.variables && one.model === other.model && one.serial === other.serial &&
    one.name === other.name && one.number === other.number && one.ip === other.ip
  );
}
