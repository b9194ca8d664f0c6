import { useState } from 'react';

export const VIEWS = ['xml', 'form', 'both'] as const;
export type EditorView = (typeof VIEWS)[number];

const KEPT = 'dialbench.profile-view';

/** XML, form or both; as chosen last on this computer. */
export function useTemplateView(): readonly [EditorView, (view: EditorView) => void] {
  const [view, setView] = useState<EditorView>(kept);
  return [
    view,
    (next) => {
      setView(next);
      try {
        localStorage.setItem(KEPT, next);
      } catch {
        // Storage may be refused (private window): the choice then lasts as long as the screen.
      }
    },
  ];
}

function kept(): EditorView {
  try {
    return VIEWS.find((view) => view === localStorage.getItem(KEPT)) ?? 'xml';
  } catch {
    return 'xml';
  }
}
