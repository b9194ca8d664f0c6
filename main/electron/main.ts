import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, session, utilityProcess, type MessagePortMain } from 'electron';
import { join } from 'node:path';
import { answerPages, APP_SCHEME } from './app-page.ts';
import { benchArguments } from './arguments.ts';
import { runBenchProcess, type BenchProcess } from './bench-process.ts';
import { guardContents, guardSession } from './guards.ts';
import { menuTemplate } from './menu.ts';
import { CONNECT_CHANNEL, PORT_CHANNEL } from './messages.ts';
import { isOwnSender } from './sender.ts';
import { askBeforeLosing } from './unsaved.ts';
import { openWindow } from './window.ts';

/** The thin desktop host: a window, and a bench process that it keeps running. Everything else lives in the bench. */
const root = app.getAppPath();
const language = (): 'en' | 'fr' => (app.getLocale().startsWith('fr') ? 'fr' : 'en');

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start(): void {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
  guardContents(app);
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  void app.whenReady().then(open);
}

function open(): void {
  guardSession(session.defaultSession);
  session.defaultSession.protocol.handle(APP_SCHEME, answerPages(join(root, 'out/renderer')));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(language(), app.isPackaged)));
  const bench = runBenchProcess<MessagePortMain>({
    fork: () =>
      utilityProcess.fork(benchFile(), [...benchArguments(process.argv)], {
        serviceName: 'Dialbench bench',
        env: { ...process.env, DIALBENCH_LANGUAGE: language() },
      }),
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return { cancel: () => clearTimeout(timer) };
    },
    giveUp: (reason) => {
      dialog.showErrorBox('Dialbench', reason.kind === 'refused' ? reason.sentence : crashes());
      app.exit(3);
    },
  });
  connectPages(bench);
  app.on('window-all-closed', () => app.quit());
  stopCleanly(bench);
  askBeforeLosing(openWindow(root), language());
}

/** Each request of our page gives it one end of a new pipe and the bench the other: the main process reads none of it. */
function connectPages(bench: BenchProcess<MessagePortMain>): void {
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    const windows = BrowserWindow.getAllWindows().map((window) => window.webContents);
    if (!isOwnSender(event, windows)) return;
    const { port1, port2 } = new MessageChannelMain();
    bench.attach(port1);
    event.senderFrame?.postMessage(PORT_CHANNEL, null, [port2]);
  });
}

/** The servers close their sockets and the record its file before the program ends. */
function stopCleanly(bench: BenchProcess<MessagePortMain>): void {
  app.on('before-quit', (event) => {
    event.preventDefault();
    void bench.stop().then(() => app.exit(0));
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
}

/** Inside a package the bench and its threads lie beside the archive: threads read them as plain files. */
function benchFile(): string {
  return join(root.replace(/app\.asar$/, 'app.asar.unpacked'), 'out/main/host.mjs');
}

function crashes(): string {
  return language() === 'fr'
    ? 'Le banc s’est arrêté plusieurs fois de suite. Tout ce qui est enregistré est gardé. Relancer Dialbench.'
    : 'The bench stopped several times in a row. Everything recorded is kept. Start Dialbench again.';
}
