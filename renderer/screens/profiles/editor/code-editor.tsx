import { useEffect, useRef } from 'react';
import type { Draft } from '../draft.ts';
import styles from '../profiles.module.css';

/** The place of the editor in the page; the editor itself lives in the draft. */
export function CodeEditor({ draft, hidden }: { readonly draft: Draft; readonly hidden: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    draft.editor.attach(place.current);
    return () => draft.editor.detach();
  }, [draft]);
  return <div ref={place} className={styles.editor} hidden={hidden} />;
}
