import { Remarks } from './problems.ts';
import { scan, type Sink } from './scan.ts';

const FLAW = /<!-?[ \t]*(?:available[ \t]+)?options:/i;

/**
 * Cisco's own samples hold option lists that lack the dashes of a comment: `<!available options: A|B-->`. They are made
 * comments, so that the file can be served; everything else stays byte for byte, and a text without any is the same string.
 */
export function repairOptionLists(text: string): string {
  if (!FLAW.test(text)) return text;
  const parts: string[] = [];
  let kept = 0;
  const ignore = (): void => undefined;
  const sink: Sink = {
    insideValue: () => false, cut: ignore, instruction: ignore, text: ignore, cdata: ignore, open: ignore, close: ignore,
    comment(from, to, sound) {
      if (sound) return;
      const begin = text.lastIndexOf('<', from);
      const end = text.indexOf('>', to) + 1;
      parts.push(text.slice(kept, begin), `<!-- ${text.slice(from, to).trim()} -->`);
      kept = end;
    },
  };
  scan(text, sink, new Remarks());
  return kept === 0 ? text : parts.join('') + text.slice(kept);
}
