/**
 * Values that a structured clone keeps, as text and back. Runs in the page and in Node: each file of this folder is
 * read as text and put into the page, so none of them imports anything.
 */

/**
 * What JSON cannot hold, told apart by its mark.
 * @typedef {{ readonly $: 'undefined' }
 *   | { readonly $: 'number' | 'bigint' | 'error' | 'function', readonly of: string }
 *   | { readonly $: 'date', readonly of: number }
 *   | { readonly $: 'bytes', readonly of: readonly number[] }
 *   | { readonly $: 'set', readonly of: readonly unknown[] }
 *   | { readonly $: 'map' | 'object', readonly of: readonly (readonly [unknown, unknown])[] }} Mark
 */
/**
 * @param {unknown} value
 * @param {((callback: Function) => string) | undefined} [keepFunction] makes an id of a function; without it a function
 *   cannot be cloned, as over IPC
 * @returns {string}
 */
export function encodeClone(value, keepFunction) {
  if (isPlain(value)) {
    return `plain:${JSON.stringify(value)}`;
  }
  // The browser's own algorithm decides what can be cloned at all.
  return `tagged:${JSON.stringify(tagValue(keepFunction ? value : structuredClone(value), keepFunction))}`;
}

/**
 * @param {string} text
 * @param {((id: string) => Function) | undefined} [reviveFunction]
 * @returns {unknown}
 */
export function decodeClone(text, reviveFunction) {
  const [, kind, json = ''] = /^(plain|tagged):(.*)$/s.exec(text) ?? [];
  return kind === 'plain' ? JSON.parse(json) : untagValue(JSON.parse(json), reviveFunction);
}

/** Whether JSON keeps it whole, as it does all of the contract's messages: then the long way is spared.
 * @param {unknown} value @returns {boolean} */
function isPlain(value) {
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0);
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return true;
  }
  if (Array.isArray(value)) {
    return value.every(isPlain);
  }
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) {
    return false;
  }
  return Object.values(value).every(isPlain);
}

/** @param {unknown} value @param {((callback: Function) => string) | undefined} keepFunction @returns {unknown} */
function tagValue(value, keepFunction) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $: 'number', of: Object.is(value, -0) ? '-0' : `${value}` };
  }
  if (value === undefined) {
    return { $: 'undefined' };
  }
  if (typeof value === 'bigint') {
    return { $: 'bigint', of: `${value}` };
  }
  if (typeof value === 'function' && keepFunction) {
    return { $: 'function', of: keepFunction(value) };
  }
  if (typeof value !== 'object') {
    throw new DOMException('An object could not be cloned.', 'DataCloneError');
  }
  /** @param {unknown} part */
  const inner = (part) => tagValue(part, keepFunction);
  if (Array.isArray(value)) {
    return value.map(inner);
  }
  if (value instanceof Date) {
    return { $: 'date', of: value.getTime() };
  }
  if (value instanceof Map) {
    return { $: 'map', of: [...value].map(inner) };
  }
  if (value instanceof Set) {
    return { $: 'set', of: [...value].map(inner) };
  }
  if (value instanceof Error) {
    return { $: 'error', of: value.message };
  }
  if (value instanceof Uint8Array) {
    return { $: 'bytes', of: [...value] };
  }
  const entries = Object.entries(value).map(([key, part]) => [key, inner(part)]);
  return Object.hasOwn(value, '$') ? { $: 'object', of: entries } : Object.fromEntries(entries);
}

/** @param {unknown} tagged @param {((id: string) => Function) | undefined} reviveFunction @returns {unknown} */
function untagValue(tagged, reviveFunction) {
  if (tagged === null || typeof tagged !== 'object') {
    return tagged;
  }
  /** @param {unknown} part */
  const inner = (part) => untagValue(part, reviveFunction);
  if (Array.isArray(tagged)) {
    return tagged.map(inner);
  }
  if (!('$' in tagged)) {
    return Object.fromEntries(Object.entries(tagged).map(([key, part]) => [key, inner(part)]));
  }
  const mark = /** @type {Mark} */ (tagged);
  switch (mark.$) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(mark.of);
    case 'bigint':
      return BigInt(mark.of);
    case 'date':
      return new Date(mark.of);
    case 'map':
      return new Map(mark.of.map(([key, part]) => [inner(key), inner(part)]));
    case 'set':
      return new Set(mark.of.map(inner));
    case 'error':
      return new Error(mark.of);
    case 'bytes':
      return new Uint8Array(mark.of);
    case 'object':
      return Object.fromEntries(mark.of.map(([key, part]) => [String(key), inner(part)]));
    default:
      if (mark.$ === 'function' && reviveFunction) {
        return reviveFunction(mark.of);
      }
      throw new Error(`Cannot decode ${mark.$}`);
  }
}
