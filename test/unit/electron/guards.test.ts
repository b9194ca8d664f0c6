import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { guardContents, guardSession } from '../../../main/electron/guards.ts';
import { isOwnSender } from '../../../main/electron/sender.ts';

type Handler = (...args: readonly unknown[]) => unknown;

/** Keeps what the guards set, so that each can be asked. */
class FakeSession extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  readonly webRequest = { onBeforeRequest: (_filter: unknown, handler: Handler) => this.handlers.set('request', handler) };
  setPermissionRequestHandler(handler: Handler): void {
    this.handlers.set('permission', handler);
  }
  setPermissionCheckHandler(handler: Handler): void {
    this.handlers.set('check', handler);
  }
  setDevicePermissionHandler(handler: Handler): void {
    this.handlers.set('device', handler);
  }
  setDisplayMediaRequestHandler(handler: Handler): void {
    this.handlers.set('display', handler);
  }
  setSpellCheckerEnabled(on: boolean): void {
    this.handlers.set('spelling', () => on);
  }
  ask(name: string, ...args: readonly unknown[]): unknown {
    return this.handlers.get(name)?.(...args);
  }
}

class FakeContents extends EventEmitter {
  openHandler: Handler = () => ({ action: 'allow' });
  setWindowOpenHandler(handler: Handler): void {
    this.openHandler = handler;
  }
  /** Whether the event was refused. */
  refused(event: string, details: object): boolean {
    let prevented = false;
    this.emit(event, { ...details, preventDefault: () => (prevented = true) });
    return prevented;
  }
}

function guardedSession(): FakeSession {
  const session = new FakeSession();
  guardSession(session as unknown as Session);
  return session;
}

function guardedContents(): FakeContents {
  const app = new EventEmitter();
  guardContents(app as unknown as App);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  return contents;
}

const PERMISSIONS = ['media', 'geolocation', 'notifications', 'midiSysex', 'pointerLock', 'fullscreen', 'openExternal', 'clipboard-read', 'hid', 'serial', 'usb', 'fileSystem', 'idle-detection', 'display-capture'];

describe('the session of the window', () => {
  it.each(PERMISSIONS)('refuses the permission %s to its own page', (permission) => {
    const session = guardedSession();
    let answer: unknown;
    session.ask('permission', { getURL: () => 'app://dialbench/' }, permission, (given: unknown) => (answer = given));
    expect(answer).toBe(false);
    expect(session.ask('check', null, permission, 'app://dialbench')).toBe(false);
  });

  it('lets its own page, and no other, put text on the clipboard', () => {
    const session = guardedSession();
    expect(session.ask('check', null, 'clipboard-sanitized-write', 'app://dialbench')).toBe(true);
    expect(session.ask('check', null, 'clipboard-sanitized-write', 'https://example.com')).toBe(false);
  });

  it('gives no device and no screen', () => {
    const session = guardedSession();
    let streams: unknown;
    session.ask('display', {}, (given: unknown) => (streams = given));
    expect([session.ask('device', {}), streams]).toEqual([false, {}]);
  });

  it('lets no request leave the program', () => {
    const session = guardedSession();
    const cancelled = (url: string): unknown => {
      let result: unknown;
      session.ask('request', { url }, (answer: { readonly cancel: boolean }) => (result = answer.cancel));
      return result;
    };
    for (const url of ['https://example.com/', 'http://127.0.0.1/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'ftp://x/', 'app://other/', 'blob:https://example.com/1']) expect(cancelled(url)).toBe(true);
    for (const url of ['app://dialbench/main.js', 'data:image/png;base64,', 'blob:app://dialbench/1']) expect(cancelled(url)).toBe(false);
  });

  it('refuses downloads and fetches no dictionaries', () => {
    const session = guardedSession();
    let prevented = false;
    session.emit('will-download', { preventDefault: () => (prevented = true) });
    expect([prevented, session.ask('spelling')]).toEqual([true, false]);
  });
});

describe('everything that shows content', () => {
  it('opens no window', () => {
    expect(guardedContents().openHandler({ url: 'app://dialbench/index.html' })).toEqual({ action: 'deny' });
  });

  it('goes nowhere but to its own page', () => {
    const contents = guardedContents();
    for (const event of ['will-navigate', 'will-redirect']) {
      for (const url of ['https://example.com/', 'file:///etc/passwd', 'app://other/', 'javascript:alert(1)', 'data:text/html,x']) expect(contents.refused(event, { url })).toBe(true);
      expect(contents.refused(event, { url: 'app://dialbench/index.html' })).toBe(false);
    }
  });

  it('shows no frame inside its page', () => {
    expect(guardedContents().refused('will-frame-navigate', { url: 'app://dialbench/index.html', isMainFrame: false })).toBe(true);
    expect(guardedContents().refused('will-frame-navigate', { url: 'app://dialbench/index.html', isMainFrame: true })).toBe(false);
  });

  it('attaches no webview', () => {
    expect(guardedContents().refused('will-attach-webview', {})).toBe(true);
  });
});

describe('who may ask for a port to the bench', () => {
  const contents = {};
  const frame = { url: 'app://dialbench/index.html', parent: null };

  it('is the main frame of our own page in our own window', () => {
    expect(isOwnSender({ senderFrame: frame, sender: contents }, [contents])).toBe(true);
  });

  it('is nobody else', () => {
    expect(isOwnSender({ senderFrame: null, sender: contents }, [contents])).toBe(false);
    expect(isOwnSender({ senderFrame: { ...frame, url: 'https://example.com/' }, sender: contents }, [contents])).toBe(false);
    expect(isOwnSender({ senderFrame: { ...frame, url: 'about:blank' }, sender: contents }, [contents])).toBe(false);
    expect(isOwnSender({ senderFrame: { ...frame, parent: frame }, sender: contents }, [contents])).toBe(false);
    expect(isOwnSender({ senderFrame: frame, sender: {} }, [contents])).toBe(false);
  });
});
