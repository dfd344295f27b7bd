/** A target as it is typed, and what is to be told the engine of it. */
import type { ConfigFault, ConfigTarget, ConfigTargetKey, ConfigValue } from '../../core/contract/config.ts';
import type { ContractIssue } from '../../core/contract/errors.ts';
import { faultInWords } from '../words/told.ts';

/** By key, `host` among them; a key that is not there is not written. */
export type TargetDraft = Readonly<Record<string, string>>;

export const emptyTarget: TargetDraft = { host: '' };

/** Its name holds the port as well. */
export function fieldsOf(keys: readonly ConfigTargetKey[]): readonly ConfigTargetKey[] {
  return keys.filter(({ key }) => key !== 'port');
}

export function draftOf({ host, values }: ConfigTarget): TargetDraft {
  const typed = Object.entries(values).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.join(', ') : `${value}`,
  ]);
  return { ...Object.fromEntries(typed), host };
}

/** A whole URL, pasted where a host is wanted, is taken apart: its path goes to where paths are, unless one is there. */
export function withHost(draft: TargetDraft, typed: string): TargetDraft {
  const isPasted = typed.length - (draft.host ?? '').length > 1;
  const url = isPasted && /^\s*https:\/\//i.test(typed) ? URL.parse(typed) : null;
  if (url === null) {
    return { ...draft, host: typed };
  }
  const path = `${url.pathname}${url.search}`;
  const isFree = (draft.path ?? '').trim() === '';
  return { ...draft, host: url.host, ...(path !== '/' && isFree && { path }) };
}

/** Each key but the host; null takes one out that was there. What is no number goes as it is: the engine says what is wrong. */
export function valuesOf(keys: readonly ConfigTargetKey[], draft: TargetDraft): Record<string, ConfigValue | null> {
  return Object.fromEntries(
    fieldsOf(keys).flatMap(({ key, kind }) => (key === 'host' ? [] : [[key, readTyped(kind, draft[key] ?? '')]])),
  );
}

/** Of a target that is watched: only the keys that are typed otherwise than it was opened; the others are nobody's business here. */
export function touchedOf(
  keys: readonly ConfigTargetKey[],
  draft: TargetDraft,
  opened: TargetDraft,
): Record<string, ConfigValue | null> {
  const touched = (key: string): boolean => (draft[key] ?? '').trim() !== (opened[key] ?? '').trim();
  return Object.fromEntries(Object.entries(valuesOf(keys, draft)).filter(([key]) => touched(key)));
}

/** The target as it is now, with what was typed over it as it was opened. */
export function rebased(draft: TargetDraft, opened: TargetDraft, now: TargetDraft): TargetDraft {
  const typed = Object.entries(draft).filter(([key, value]) => value !== (opened[key] ?? ''));
  return { ...now, ...Object.fromEntries(typed) };
}

/** As {@link valuesOf}, without what is not written. */
export function writtenOf(keys: readonly ConfigTargetKey[], draft: TargetDraft): Record<string, ConfigValue> {
  const values = Object.entries(valuesOf(keys, draft));
  return Object.fromEntries(values.filter((entry): entry is [string, ConfigValue] => entry[1] !== null));
}

export function listOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

function readTyped(kind: ConfigTargetKey['kind'], typed: string): ConfigValue | null {
  const text = typed.trim();
  if (text === '') {
    return null;
  }
  switch (kind) {
    case 'addresses':
    case 'choices':
      return listOf(text);
    case 'number':
    case 'number-or-all':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    default:
      return text;
  }
}

/** What the engine says of the target's keys, by key; what is about none of them under the empty text. */
export function faultsByKey(faults: readonly (ConfigFault | ContractIssue)[]): ReadonlyMap<string, string> {
  const byKey = new Map<string, string>();
  for (const fault of faults) {
    const path = 'path' in fault ? fault.path : fault.at;
    // `targets.0.ips.2`; a host that cannot be read has no number yet.
    const key = /^targets\.\d+\.(\w+)/.exec(path)?.[1] ?? (path === 'host' || path === 'targets' ? 'host' : '');
    byKey.set(key, byKey.get(key) ?? shorten(faultInWords(fault)));
  }
  return byKey;
}

/** The field shows of which key it speaks. */
function shorten(message: string): string {
  return message.replace(/^\[\[targets\]\] number \d+: targets\.\d+\.\w+:? (= )?/, '');
}
