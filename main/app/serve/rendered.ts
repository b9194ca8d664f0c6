import { createHash } from 'node:crypto';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { UNPROTECTED, type Protection } from '../../../common/values/protection.ts';
import type { Device } from '../../domain/device/device.ts';
import { maskFilled } from '../../domain/profile/mask-filled.ts';
import { pickByPath, pickTemplate } from '../../domain/profile/scope.ts';
import { fillTemplate, readTemplate, type Template } from '../../domain/profile/template.ts';
import { wantedLoad } from '../../domain/profile/wanted-load.ts';
import type { TemplateRow } from '../../store/store.ts';
import { createFillable } from './fillable.ts';
import { createHeld } from './held.ts';

/** A profile as one phone gets it. */
export interface RenderedProfile {
  readonly template: string;
  /** As they go over the wire: compressed and encrypted where the template says so. */
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Size before compression and encryption. */
  readonly xmlBytes: number;
  readonly protection: Protection;
  /** Header that HTTP must send with these bytes (RFC 8188). */
  readonly contentEncoding: 'aes128gcm' | null;
  /** The same with secrets replaced: the only form that is kept or shown. Made when it is read, and not kept here: it costs more than the filling. */
  readonly masked: string;
  readonly load: string | null;
}

/** A text that is not stored yet, or not any more. */
export interface Draft {
  readonly name: string;
  readonly text: string;
  readonly protection: Protection | undefined;
}

/** Fills a phone's template once for each change, not once for each request or block. */
export interface Renderer {
  /** The profile under the usual names. */
  render(device: Device): Result<RenderedProfile>;
  /** The profile with a name of its own that this path means for this phone; null when no template has that name. */
  renderPath(device: Device, path: string): Result<RenderedProfile> | null;
  /** Fills a draft and keeps nothing. */
  trial(device: Device, draft: Draft): Result<RenderedProfile>;
  /** Names of the places that this phone can fill, lower case. */
  fillable(device: Device): ReadonlySet<string>;
  /** Forgets what was filled for this phone: what a place holds for it is another now. */
  forget(mac: Mac): void;
  /** Forgets everything: the templates, a key, or the bench's own address changed. */
  reset(templates: readonly TemplateRow[]): void;
  templates(): readonly TemplateRow[];
}

export interface RendererNeeds {
  /** Every `{{place}}` that a phone can fill: its own columns and what the bench adds. */
  variables(device: Device): Readonly<Record<string, string>>;
  /** Compresses and encrypts with the key that the protection names for this phone. */
  protect(xml: Uint8Array, protection: Protection, device: Device): Result<{ readonly bytes: Uint8Array; readonly contentEncoding: 'aes128gcm' | null }>;
}

export function createRenderer({ variables, protect }: RendererNeeds): Renderer {
  let rows: readonly TemplateRow[] = [];
  const parsed = new Map<string, Result<Template>>();
  const held = createHeld<RenderedProfile>();
  const fillable = createFillable(variables);

  return {
    render: (device) => {
      const row = pickTemplate(rows, device);
      return row ? renderRow(device, row) : failed('profile.no-template', { model: device.model ?? '', mac: device.mac });
    },
    renderPath: (device, path) => {
      const row = pickByPath(rows, device, path);
      return row && renderRow(device, row);
    },
    trial: (device, { name, text, protection }) => {
      const template = readTemplate(text);
      return template.ok ? fill(device, name, template.value, protection ?? UNPROTECTED) : template;
    },
    fillable: fillable.names,
    forget: (mac) => {
      for (const { name } of rows) held.forget({ mac }, name);
    },
    reset: (templates) => {
      rows = templates;
      parsed.clear();
      held.clear();
      fillable.reset();
    },
    templates: () => rows,
  };

  function renderRow(device: Device, row: TemplateRow): Result<RenderedProfile> {
    return held.get(device, row.name, () => {
      const template = parsed.get(row.name) ?? readTemplate(row.text);
      parsed.set(row.name, template);
      return template.ok ? fill(device, row.name, template.value, row.protection) : template;
    });
  }

  function fill(device: Device, name: string, template: Template, protection: Protection): Result<RenderedProfile> {
    const values = variables(device);
    const filled = fillTemplate(template, values);
    if (!filled.ok) return filled;
    const xml = new TextEncoder().encode(filled.value);
    const wire = protect(xml, protection, device);
    if (!wire.ok) return wire;
    return done({
      template: name,
      bytes: wire.value.bytes,
      sha256: createHash('sha256').update(wire.value.bytes).digest('hex'),
      xmlBytes: xml.length,
      protection,
      contentEncoding: wire.value.contentEncoding,
      get masked() {
        return maskFilled(template, values);
      },
      load: wantedLoad(filled.value),
    });
  }
}
