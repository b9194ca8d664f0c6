import { dialog, type BrowserWindow } from 'electron';
import type { Language } from '../../common/contract/sentences/sentence.ts';

const WORDS = {
  en: { stay: 'Keep writing', leave: 'Close without saving', message: 'A template is not saved.', detail: 'What was typed since the last save is kept in this window alone.' },
  fr: { stay: 'Continuer', leave: 'Fermer sans enregistrer', message: 'Un modèle n’est pas enregistré.', detail: 'Ce qui a été saisi depuis n’existe que dans cette fenêtre.' },
} satisfies Record<Language, Readonly<Record<string, string>>>;

/** Electron keeps a page that asks before it closes open without a word; here the person is asked. */
export function askBeforeLosing(window: BrowserWindow, language: Language): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const { stay, leave, message, detail } = WORDS[language];
    const choice = dialog.showMessageBoxSync(window, { type: 'question', buttons: [stay, leave], defaultId: 0, cancelId: 0, message, detail, title: 'Dialbench' });
    // Here to prevent the default means to let the page go.
    if (choice === 1) event.preventDefault();
  });
}
