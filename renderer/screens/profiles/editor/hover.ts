import { hoverTooltip, type Tooltip } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import { aboutFindings, aboutParameter } from './about.ts';
import type { EditorEnv } from './env.ts';
import { placedFindings } from './findings.ts';

/** Under the pointer: what is wrong here, and what the parameter does. */
export function profileHover(env: EditorEnv): Extension {
  return hoverTooltip((view, at): Tooltip | null => {
    const found = placedFindings(view.state).filter(({ from, to }) => from <= at && at <= Math.max(to, from + 1));
    const line = view.state.doc.lineAt(at);
    const name = [...line.text.matchAll(/<\/?([A-Za-z_][\w.-]*)/g)].find((match) => line.from + match.index <= at && at <= line.from + match.index + match[0].length);
    const entry = name?.[1] === undefined ? null : env.dictionary?.find(name[1]) ?? null;
    if (found.length === 0 && !entry) return null;
    return {
      pos: name ? line.from + name.index : found[0]?.from ?? at,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        if (found.length > 0) dom.append(aboutFindings(found.map(({ finding }) => finding), env.words));
        if (entry && name?.[1] !== undefined) dom.append(aboutParameter(name[1], entry, env.words));
        return { dom };
      },
    };
  }, { hoverTime: 350 });
}
