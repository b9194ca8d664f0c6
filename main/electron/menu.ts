import type { MenuItemConstructorOptions } from 'electron';
import type { Language } from '../../common/contract/sentences/sentence.ts';

const WORDS = {
  en: { file: 'File', edit: 'Edit', view: 'View', reload: 'Reload the window', quit: 'Quit (stops the servers)' },
  fr: { file: 'Fichier', edit: 'Édition', view: 'Affichage', reload: 'Recharger la fenêtre', quit: 'Quitter (arrête les serveurs)' },
} satisfies Record<Language, Readonly<Record<string, string>>>;

/** The menu of the window. The keys of the bench itself belong to the page; developer tools are left out of a packaged app. */
export function menuTemplate(language: Language, packaged: boolean): MenuItemConstructorOptions[] {
  const words = WORDS[language];
  return [
    { label: words.file, submenu: [{ role: 'quit', label: words.quit }] },
    {
      label: words.edit,
      submenu: [{ role: 'undo' }, { role: 'redo' }, { type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    {
      label: words.view,
      submenu: [
        { role: 'reload', label: words.reload },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [{ type: 'separator' } as const, { role: 'toggleDevTools' } as const]),
      ],
    },
  ];
}
