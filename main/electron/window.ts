import { BrowserWindow, type WebPreferences } from 'electron';
import { join } from 'node:path';
import { APP_URL } from './app-page.ts';

/** What the page may do: nothing but show itself and talk through the one pipe of the preload. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    // A bench in the background still counts its minutes right.
    backgroundThrottling: false,
  };
}

export function openWindow(root: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Dialbench',
    backgroundColor: '#F4F6F8',
    icon: join(root, 'resources/icon.png'),
    webPreferences: webPreferences(join(root, 'out/electron/preload.cjs')),
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(APP_URL);
  return window;
}
