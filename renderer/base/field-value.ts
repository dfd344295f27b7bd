/** A key's value as it is typed, and back. What cannot be read goes to the engine as it stands: its fault has the words. */
import type { ConfigKey, ConfigKind, ConfigValue } from '../../core/contract/config.ts';

const numeric: ReadonlySet<ConfigKind> = new Set(['whole-number', 'seconds', 'share', 'number']);
const lists: ReadonlySet<ConfigKind> = new Set(['statuses', 'addresses', 'resolvers']);

export function typedOf(value: ConfigValue): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

export function valueTyped({ kind }: Pick<ConfigKey, 'kind'>, typed: string): ConfigValue {
  const text = typed.trim();
  if (kind === 'switch') {
    return text === 'true';
  }
  if (numeric.has(kind)) {
    return asNumber(text);
  }
  if (lists.has(kind) || (kind === 'status-ranges' && text.includes(','))) {
    const parts = text.split(/[\s,]+/).filter((part) => part !== '');
    return kind === 'statuses' ? parts.map(asNumber) : parts;
  }
  return text;
}

function asNumber(text: string): number | string {
  const number = Number(text);
  return text === '' || !Number.isFinite(number) ? text : number;
}

export function isSame(a: ConfigValue, b: ConfigValue): boolean {
  return typedOf(a) === typedOf(b);
}

/** What was typed over the running values; null goes back to the default. What changes nothing is left out. */
export function changesOf(
  keys: readonly ConfigKey[],
  typed: Readonly<Record<string, string | null>>,
): Record<string, ConfigValue | null> {
  const changes: Record<string, ConfigValue | null> = {};
  for (const key of keys) {
    const text = typed[key.path];
    if (text === null && (key.written || !isSame(key.value, key.default))) {
      changes[key.path] = null;
    } else if (typeof text === 'string' && !isSame(valueTyped(key, text), key.value)) {
      changes[key.path] = valueTyped(key, text);
    }
  }
  return changes;
}

/** What is typed and not saved yet: what was sent is saved, unless it was typed anew meanwhile. */
export function withoutSaved<Value>(
  typed: Readonly<Record<string, Value>>,
  sent: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(typed).filter(([path, value]) => !Object.hasOwn(sent, path) || sent[path] !== value),
  );
}
