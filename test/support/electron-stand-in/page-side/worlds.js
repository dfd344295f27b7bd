/* What runs in each world of a window before any script of the page. */

/**
 * The page's own world: waits for what the preload exposes.
 * @param {ReturnType<typeof import('./world-bridge.js').createWorldBridge>} bridge
 * @param {{ nodeIntegration: boolean }} options
 */
export function preparePage(bridge, options) {
  /** @param {unknown} value @returns {unknown} */
  const freeze = (value) => {
    if (value && typeof value === 'object') {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };
  bridge.offer('expose', (/** @type {string} */ key, /** @type {unknown} */ api) => {
    Object.defineProperty(window, key, { value: freeze(api), enumerable: true });
  });
  if (options.nodeIntegration) {
    Object.assign(window, { require: () => ({}), process: { type: 'renderer', versions: { node: '24' } } });
  }
}

/**
 * The preload's world: a sandboxed preload's `require`, and the preload itself.
 * @param {ReturnType<typeof import('./world-bridge.js').createWorldBridge> | null} bridge null without context isolation
 * @param {typeof import('./clone-codec.js')} codec
 * @param {{ binding: string, deliver: string }} names of the function to and the function from the browser's owner
 * @param {(require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void} preload
 */
export function runPreload(bridge, codec, names, preload) {
  /** The function to the browser's owner, as the browser has bound it. @type {(text: string) => void} */
  const send = Reflect.get(globalThis, names.binding);
  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (error: Error) => void }>} */
  const calls = new Map();
  /** @type {Map<string, Set<(event: unknown, ...args: unknown[]) => void>>} */
  const listeners = new Map();
  let lastCall = 0;

  /** @param {object} message */
  const tell = (message) => send(JSON.stringify(message));
  const ipcRenderer = {
    /** @param {string} channel @param {unknown[]} args */
    invoke(channel, ...args) {
      const text = codec.encodeClone(args);
      lastCall += 1;
      const id = lastCall;
      return new Promise((resolve, reject) => {
        calls.set(id, { resolve, reject });
        tell({ kind: 'invoke', id, channel, args: text });
      });
    },
    /** @param {string} channel @param {unknown[]} args */
    send(channel, ...args) {
      tell({ kind: 'send', channel, args: codec.encodeClone(args) });
    },
    /** @param {string} channel @param {(event: unknown, ...args: unknown[]) => void} listener */
    on(channel, listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    /** @param {string} channel @param {(event: unknown, ...args: unknown[]) => void} listener */
    off(channel, listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  Object.assign(ipcRenderer, { addListener: ipcRenderer.on, removeListener: ipcRenderer.off });

  /**
   * @typedef {{ kind: 'message', channel: string, args: string }} Sent
   * @typedef {{ kind: 'answer', id: number, value: string, error?: string }} Answered
   */
  const deliver = (/** @type {Sent | Answered} */ message) => {
    if (message.kind === 'message') {
      const event = { sender: ipcRenderer, senderId: 0, ports: [] };
      for (const listener of [...(listeners.get(message.channel) ?? [])]) {
        listener(event, .../** @type {unknown[]} */ (codec.decodeClone(message.args)));
      }
      return;
    }
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (message.error !== undefined) {
      call?.reject(new Error(message.error));
    } else {
      call?.resolve(codec.decodeClone(message.value));
    }
  };
  Reflect.set(globalThis, names.deliver, deliver);

  const contextBridge = {
    /** @param {string} key @param {unknown} api */
    exposeInMainWorld(key, api) {
      if (!bridge) {
        throw new Error('contextBridge API can only be used when contextIsolation is enabled');
      }
      bridge.callThere('expose', [key, api]);
    },
  };
  let zoomFactor = 1;
  const webFrame = {
    getZoomFactor: () => zoomFactor,
    /** Remembered and not painted: a page cannot zoom itself as its host can. @param {number} factor */
    setZoomFactor(factor) {
      zoomFactor = factor;
    },
  };
  const module = { exports: {} };
  preload(
    (name) => {
      if (name === 'electron') {
        return { contextBridge, ipcRenderer, webFrame };
      }
      throw new Error(`module not found: ${name}`);
    },
    module,
    module.exports,
  );
}
