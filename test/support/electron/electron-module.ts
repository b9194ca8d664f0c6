import { EventEmitter } from 'node:events';
import type { Chromium } from './chromium.ts';
import { StandInChannel } from './ports.ts';
import { StandInUtility } from './utility.ts';
import { StandInContents, type Surroundings } from './windows.ts';

type RequestFilter = (details: { readonly url: string }, answer: (result: { readonly cancel: boolean }) => void) => void;
interface WindowOptions {
  readonly webPreferences?: { readonly preload?: string };
}

/** The parts of `electron` that our main process uses. What is only kept has no effect; README.md lists it. */
export function electronModule(chromium: Chromium, root: string): object {
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    /** Calls that have no effect here, for a test to look at. */
    kept: [] as string[],
    commandLine: { appendSwitch: () => undefined },
    getAppPath: () => root,
    getLocale: () => (process.env['LANG'] ?? 'en').slice(0, 2),
    requestSingleInstanceLock: () => true,
    enableSandbox: () => void app.kept.push('enableSandbox'),
    whenReady: () => Promise.resolve(),
    quit: () => {
      let prevented = false;
      app.emit('before-quit', { preventDefault: () => (prevented = true) });
      if (!prevented) app.exit(0);
    },
    exit: (code = 0) => {
            chromium.kill();
      process.exit(code);
    },
  });

  let filter: RequestFilter = (_details, answer) => answer({ cancel: false });
  const protocols: Map<string, (request: Request) => Promise<Response>> = new Map();
  const keep = (name: string) => (): void => void app.kept.push(name);
  const defaultSession = Object.assign(new EventEmitter(), {
    protocol: { handle: (scheme: string, handler: (request: Request) => Promise<Response>) => void protocols.set(scheme, handler) },
    webRequest: {
      onBeforeRequest: (_urls: object, given: RequestFilter) => {
        filter = given;
      },
    },
    setPermissionRequestHandler: keep('setPermissionRequestHandler'),
    setPermissionCheckHandler: keep('setPermissionCheckHandler'),
    setDevicePermissionHandler: keep('setDevicePermissionHandler'),
    setDisplayMediaRequestHandler: keep('setDisplayMediaRequestHandler'),
    setSpellCheckerEnabled: keep('setSpellCheckerEnabled'),
  });
  const ipc = new EventEmitter();
  const around: Surroundings = {
    chromium,
    protocols,
    ipc,
    mayRequest: (url) => new Promise((resolve) => filter({ url }, ({ cancel }) => resolve(!cancel))),
    created: (contents) => app.emit('web-contents-created', {}, contents),
  };

  const windows = new Set<StandInWindow>();
  class StandInWindow extends EventEmitter {
    static getAllWindows(): StandInWindow[] {
      return [...windows];
    }
    static fromWebContents(contents: StandInContents): StandInWindow | null {
      return [...windows].find((window) => window.webContents === contents) ?? null;
    }
    readonly webContents = new StandInContents(around);
    readonly options: WindowOptions;
    constructor(options: WindowOptions) {
      super();
      this.options = options;
      windows.add(this);
      this.webContents.once('dom-ready', () => this.emit('ready-to-show'));
      this.webContents.once('destroyed', () => {
        windows.delete(this);
        this.emit('closed');
        if (windows.size === 0) app.emit('window-all-closed');
      });
    }
    loadURL(url: string): Promise<void> {
      return this.webContents.load(url, this.options.webPreferences?.preload);
    }
    show(): void {}
    focus(): void {}
    restore(): void {}
    isMinimized(): boolean {
      return false;
    }
    close(): void {
      this.webContents.close();
    }
  }

  return {
    app,
    BrowserWindow: StandInWindow,
    webContents: {
      fromDevToolsTargetId: (id: string) => [...windows].find((window) => window.webContents.targetId === id)?.webContents,
    },
    dialog: { showErrorBox: (title: string, text: string) => process.stderr.write(`${title}: ${text}\n`) },
    ipcMain: ipc,
    Menu: { buildFromTemplate: (template: object) => template, setApplicationMenu: keep('setApplicationMenu') },
    MessageChannelMain: StandInChannel,
    protocol: { registerSchemesAsPrivileged: keep('registerSchemesAsPrivileged') },
    session: { defaultSession },
    utilityProcess: {
      fork: (module: string, args: readonly string[] = [], options: { readonly env?: NodeJS.ProcessEnv } = {}) => new StandInUtility(module, args, options),
    },
  };
}
