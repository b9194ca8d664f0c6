// Runs in the page before anything else: gives the preload its `electron`, and turns numbered ports into real ones.
(() => {
  const ports = new Map();
  const listeners = new Map();
  const tell = (message) => window.__standIn(JSON.stringify(message));
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze({ ...api }) }) },
    // Chromium alone knows no path of a File; a test says where the files that it chooses lie.
    webUtils: { getPathForFile: (file) => window.__standInPaths?.[file.name] ?? '' },
    ipcRenderer: {
      send: (channel, ...args) => tell({ kind: 'send', channel, args }),
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
  };
  const open = (id) => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = ({ data }) => tell({ kind: 'wire', message: { kind: 'data', id, data } });
    port1.addEventListener('close', () => tell({ kind: 'wire', message: { kind: 'close', id } }));
    return port2;
  };
  window.__standInHear = (text) => {
    const message = JSON.parse(text);
    if (message.kind === 'post') {
      const event = { ports: message.ports.map(open) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, message.data);
    } else if (message.message.kind === 'data') ports.get(message.message.id)?.postMessage(message.message.data);
    else {
      ports.get(message.message.id)?.close();
      ports.delete(message.message.id);
    }
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error(`a sandboxed preload cannot require ${name}`);
  };
  window.__standInPreload = (run) => run(require, {}, { exports: {} });
})();
