/* Joins the two JavaScript worlds of a page, as Electron's context bridge does: values are copied, functions become
   stand-ins that call across. Events of the shared document carry it, for they are synchronous and cross worlds. */

/**
 * @typedef {object} Messages
 * @property {{ id: string, args: string }} call
 * @property {string} return
 * @property {{ promise: string, value: string, error?: string }} settled
 */

/**
 * @param {string} token known to both ends and to nothing else in the page
 * @param {'page' | 'preload'} here
 * @param {{ encodeClone: (value: unknown, keep: (callback: Function) => string) => string,
 *           decodeClone: (text: string, revive: (id: string) => Function) => unknown }} codec
 */
export function createWorldBridge(token, here, codec) {
  const there = here === 'page' ? 'preload' : 'page';
  /** @type {Map<string, Function>} */
  const mine = new Map();
  /** @type {Map<string, { resolve: (value: unknown) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let last = 0;
  /** @type {string | null} */
  let returned = null;

  /** @param {Function} callback */
  const keep = (callback) => {
    last += 1;
    mine.set(`${here}-${last}`, callback);
    return `${here}-${last}`;
  };
  /** @param {string} id */
  const revive =
    (id) =>
    (/** @type {unknown[]} */ ...args) =>
      callThere(id, args);
  /** @param {unknown} error */
  const messageOf = (error) => (error instanceof Error ? error.message : String(error));
  /** @param {string} kind @param {unknown} detail */
  const tell = (kind, detail) => {
    document.dispatchEvent(new CustomEvent(`${token}:${there}:${kind}`, { detail: JSON.stringify(detail) }));
  };
  /** @template {keyof Messages} Kind @param {Kind} kind @param {(detail: Messages[Kind]) => void} listener */
  const hear = (kind, listener) => {
    document.addEventListener(`${token}:${here}:${kind}`, (event) => {
      listener(JSON.parse(/** @type {CustomEvent<string>} */ (event).detail));
    });
  };

  /** @param {string} id @param {unknown[]} args @returns {unknown} */
  function callThere(id, args) {
    returned = null;
    tell('call', { id, args: codec.encodeClone(args, keep) });
    if (returned === null) {
      throw new Error('The other world did not answer');
    }
    const answer = JSON.parse(returned);
    if (answer.error !== undefined) {
      throw new Error(answer.error);
    }
    if (answer.promise !== undefined) {
      return new Promise((resolve, reject) => waiting.set(answer.promise, { resolve, reject }));
    }
    return codec.decodeClone(answer.value, revive);
  }

  hear('call', ({ id, args }) => {
    /** @param {unknown} answer */
    const answer = (answer) => tell('return', JSON.stringify(answer));
    try {
      const value = mine.get(id)?.(.../** @type {unknown[]} */ (codec.decodeClone(args, revive)));
      if (value instanceof Promise) {
        last += 1;
        const promise = `${here}-${last}`;
        answer({ promise });
        value.then(
          (result) => tell('settled', { promise, value: codec.encodeClone(result, keep) }),
          (error) => tell('settled', { promise, error: messageOf(error) }),
        );
      } else {
        answer({ value: codec.encodeClone(value, keep) });
      }
    } catch (error) {
      answer({ error: messageOf(error) });
    }
  });
  hear('return', (text) => {
    returned = text;
  });
  hear('settled', ({ promise, value, error }) => {
    const waiter = waiting.get(promise);
    waiting.delete(promise);
    if (error !== undefined) {
      waiter?.reject(new Error(error));
    } else {
      waiter?.resolve(codec.decodeClone(value, revive));
    }
  });

  return {
    /** @param {string} id @param {Function} callback */
    offer: (id, callback) => mine.set(id, callback),
    callThere,
  };
}
