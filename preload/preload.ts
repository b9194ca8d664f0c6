import { contextBridge, ipcRenderer, webUtils } from 'electron';

/** The little of the page's window that is used here: this side is compiled without the DOM. */
declare const window: { postMessage(message: string, target: string, ports: readonly unknown[]): void };

/**
 * The one pipe between page and bench: `connect()` asks the main process for a port, which arrives as a message event of this
 * window with the port in it. `pathOf` tells where a chosen file lies, so that the bench reads it itself. Nothing else of
 * Electron or Node is within the page's reach.
 */
contextBridge.exposeInMainWorld('dialbench', {
  connect: () => ipcRenderer.send('dialbench-connect'),
  // Only for a File that the person chose or dropped; a page cannot make one with a path.
  pathOf: (file: Parameters<typeof webUtils.getPathForFile>[0]) => webUtils.getPathForFile(file),
});

ipcRenderer.on('dialbench-port', (event) => {
  // A port can only be handed into the page by a message of its own window; no other window can be the receiver.
  window.postMessage('dialbench-port', '*', [...event.ports]);
});
