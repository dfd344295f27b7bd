/** The draft of the configuration's file: one text, which the form and the editor both change. */
import { useEffect, useRef } from 'react';
import type { ConfigKey, ConfigValue } from '../../../core/contract/config.ts';
import type { RequestOutput } from '../../../core/contract/index.ts';
import { valueTyped } from '../../base/field-value.ts';
import { type TextPreviewState, useTextPreview } from '../../config-edit/use-preview.ts';
import type { RunningConfig } from '../../store/config-store.ts';
import { type TextDraft, type TypedValues, textRead, useSettingsDraft } from '../../store/settings-draft.ts';
import { useOfRevision } from './use-of-revision.ts';

export interface FileDraft {
  /** As it is on the disk, or was last known; null before that. */
  readonly file: RequestOutput<'config.text'> | null;
  /** Why it is not known (any more). */
  readonly failure: string | null;
  /** What it is going to say; null while the form's values are being written into it, and before it is known. */
  readonly text: string | null;
  /** What the text began from, and when; null: it is the file's. */
  readonly begun: TextDraft | null;
  /** null: it says what the file says. */
  readonly state: TextPreviewState | null;
  /** By path, what it says; null: what is in force. */
  readonly values: Readonly<Record<string, ConfigValue>> | null;
  /** It is no TOML just now, so nothing can be written into it by a form. */
  readonly isBroken: boolean;
  /** The file is another than the one that it began from. */
  readonly isStale: boolean;
  /** It may be written to the file as it is. */
  readonly maySave: boolean;
}

/** What was typed in the form, as the engine takes it; keys that are no more are left out. */
export function valuesOf(keys: readonly ConfigKey[], typed: TypedValues): Record<string, ConfigValue | null> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = typed[key.path];
      return text === undefined ? [] : [[key.path, text === null ? null : valueTyped(key, text)]];
    }),
  );
}

/** `typed`: in the form, over the text. */
export function useFileDraft(config: RunningConfig, typed: TypedValues): FileDraft {
  const kept = useSettingsDraft((settings) => settings.text);
  // A file for the next start is saved without a new revision of what runs.
  const asOf = `${config.revision} ${config.missing} ${kept?.savedOver ?? ''}`;
  const { value: read, failure } = useOfRevision('config.text', asOf);
  useEffect(() => {
    if (read !== null) {
      textRead(read.revision);
    }
  }, [read]);
  const isOlder = read !== null && kept?.savedOver === read.revision;
  const file = isOlder ? { ...read, text: kept.base } : read;
  // What says the same as what it began from was put there by nobody, and goes along with the file.
  const begun = kept?.value === kept?.base ? null : kept;
  const own = begun?.value ?? file?.text ?? null;
  const changes = valuesOf(config.keys, typed);
  const isTyped = Object.keys(changes).length > 0;
  const state = useTextPreview(
    own !== null && (isTyped || begun !== null) ? { text: own, changes } : null,
    config.revision,
  );
  const answer = state?.kind === 'answer' ? state.value : null;
  const text = isTyped ? (answer?.text ?? null) : own;
  const values = useRef<FileDraft['values']>(null);
  values.current = state === null ? null : (answer?.values ?? values.current);
  const isSame = text !== null && text === file?.text;
  const isStale = begun !== null && file !== null && begun.base !== file.text && text !== file.text;
  return {
    file,
    failure,
    text,
    begun,
    state: isSame ? null : state,
    values: values.current,
    isBroken: answer !== null && answer.values === null,
    isStale,
    maySave: file !== null && !isSame && !isStale && !isOlder && answer !== null && answer.faults.length === 0,
  };
}
