import type { App, Session, WebContents } from 'electron';
import { isOwnAddress } from './app-page.ts';

/** The one permission that the page has: putting text on the clipboard (a MAC, a command to copy), never reading it. */
const ALLOWED = new Set(['clipboard-sanitized-write']);
/** Requests that stay inside this computer and this program. */
const INSIDE = /^(app:\/\/dialbench\/|data:|blob:app:\/\/dialbench\/|devtools:\/\/)/;

/** Refuses every permission, device, download and request that leaves the program; spell checking would fetch dictionaries. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(mayUse(permission, contents.getURL())));
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (details, answer) => answer({ cancel: !INSIDE.test(details.url) }));
}

/** Refuses leaving our page, new windows and webviews for everything that ever shows content. */
export function guardContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

function mayUse(permission: string, address: string): boolean {
  return ALLOWED.has(permission) && isOwnAddress(address);
}
