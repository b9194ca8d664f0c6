import { useEffect, useState } from 'react';
import type { PreviewView } from '../../../../common/contract/views/profiles.ts';
import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { connection, host } from '../../../api/host.ts';
import { useFailureText } from '../../../api/use-call.ts';
import { useSignal } from '../../../model/signal.ts';
import type { Draft } from '../draft.ts';

export interface Preview {
  /** The template text that was filled. */
  readonly template: string;
  /** null before the first answer and where it cannot be filled. */
  readonly view: PreviewView | null;
  /** Why it cannot be filled. */
  readonly failure: string | null;
}

/** What a phone would get of the text as it is now; asked once the hand rests, and only the newest answer counts. */
export function usePreview(draft: Draft, view: TemplateView, mac: Mac | null): Preview {
  const text = useSignal(draft.settled);
  const open = useSignal(connection.state).kind === 'open';
  const tell = useFailureText();
  const [preview, setPreview] = useState<Preview & { readonly mac: Mac | null }>({ mac, template: text, view: null, failure: null });
  const { name, protection } = view;
  useEffect(() => {
    if (!open || mac === null) return undefined;
    let stale = false;
    host.profiles.preview({ name, mac, text, protection }).then(
      (answer) => {
        if (stale) return;
        draft.filled.set(valuesOf(answer.text));
        setPreview({ mac, template: text, view: answer, failure: null });
      },
      (error: unknown) => {
        if (stale) return;
        draft.filled.set(null);
        setPreview({ mac, template: text, view: null, failure: tell(error) });
      },
    );
    return () => {
      stale = true;
    };
  }, [open, mac, text, name, protection, tell, draft]);
  // What was filled for one phone is never shown, or traced, under the name of another.
  const mine = preview.mac === mac;
  useEffect(() => {
    if (!mine) draft.filled.set(null);
  }, [mine, draft]);
  return mine ? preview : { template: text, view: null, failure: null };
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };

/** Values of a filled profile by parameter; of a parameter that stands twice, the last one, as on the phone. */
function valuesOf(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/<([A-Za-z_][\w.-]*)(?:\s[^<>]*)?>([^<]*)<\/\1\s*>/g)].map((match) => [match[1] ?? '', (match[2] ?? '').replaceAll(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity).trim()]));
}
