/**
 * Configuration: read it, see what a change would do, change it whole or not at all, in the form or as the file's text.
 * A change of the console is written to the file, whose comments, order and formatting stay.
 */
import { z } from 'zod';
import { command, query, stream } from './define.ts';
import { phraseSchema, toldSchema } from './phrase.ts';
import { countSchema, epochMsSchema } from './vocabulary.ts';

export const configValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])),
]);
export type ConfigValue = z.infer<typeof configValueSchema>;

/** Of what kind a value is, and so which field of a form holds it. */
export const configKinds = [
  'whole-number',
  'seconds',
  'share',
  'number',
  'choice',
  'switch',
  'text',
  'statuses',
  'status-ranges',
  'addresses',
  'resolvers',
] as const;
export type ConfigKind = (typeof configKinds)[number];

/**
 * When a change holds. `at-once`: for what is running, timers and limits included. `next`: for the dials, checks and leases
 * that begin from then on; those under way keep what they began with. `reconnect`: for new connections; those that are open
 * are replaced. `next-start`: when the engine starts again.
 */
export const configAppliesSchema = z.enum(['at-once', 'next', 'reconnect', 'next-start']);
export type ConfigApplies = z.infer<typeof configAppliesSchema>;

/** One key as the operator writes it: seconds, not milliseconds. */
export const configKeySchema = z.object({
  /** `pool.max_connections` */
  path: z.string(),
  value: configValueSchema,
  default: configValueSchema,
  kind: z.enum(configKinds),
  /** Of a choice; else empty. */
  options: z.array(z.string()),
  /** `s`, `connections`, … or the empty string. */
  unit: z.string(),
  meaning: z.string(),
  recommended: z.tuple([z.number(), z.number()]).nullable(),
  hard: z.tuple([z.number(), z.number()]).nullable(),
  /** What may be written. */
  allowed: toldSchema,
  applies: configAppliesSchema,
  /** False: in the file's text alone, for the console has entries of its own that go before it. */
  editable: z.boolean(),
  /** It stands in the file; else its value is the default, or follows another key. */
  written: z.boolean(),
});
export type ConfigKey = z.infer<typeof configKeySchema>;

/**
 * Of what kind a target's value is. `number-or-all`: a number, or the word "all"; `choices`: some of the options, in an
 * order that counts.
 */
export const configTargetKinds = ['text', 'number', 'number-or-all', 'addresses', 'choice', 'choices'] as const;
export type ConfigTargetKind = (typeof configTargetKinds)[number];

export const configTargetKeySchema = z.object({
  key: z.string(),
  meaning: z.string(),
  kind: z.enum(configTargetKinds),
  /** Of a choice; else empty. */
  options: z.array(z.string()),
  applies: configAppliesSchema,
});
export type ConfigTargetKey = z.infer<typeof configTargetKeySchema>;

/** One `[[targets]]`: its keys as they are written or by default. */
export const configTargetSchema = z.object({
  /** Canonical `host` or `host:port`. */
  host: z.string(),
  values: z.record(z.string(), configValueSchema),
});
export type ConfigTarget = z.infer<typeof configTargetSchema>;

/** Something wrong, with its place in the file's text where it has one. */
export const configFaultSchema = z.object({
  /** `pool.max_connections`, `targets.0.host`; empty when the text itself is at fault. */
  path: z.string(),
  /** From 1; null for a change that is no text. */
  line: z.int().min(1).nullable(),
  column: z.int().min(1).nullable(),
  /** What is wrong and what is allowed. */
  message: z.string(),
  /** The message, for a reader of another language; left out where it is not the engine's own. */
  phrase: phraseSchema.exactOptional(),
});
export type ConfigFault = z.infer<typeof configFaultSchema>;

/** The configuration's state beside its values: what a screen shows without being asked. */
export const configStateSchema = z.object({
  /** Changes with each change of the configuration or of the file's text. Opaque. */
  revision: z.string(),
  /** The file that is watched and written; null when the engine runs without one, as the demo does. */
  file: z.string().nullable(),
  /** The running configuration stays while the file on the disk has faults. */
  fault: z.object({ faults: z.array(configFaultSchema), atMs: epochMsSchema }).nullable(),
  warnings: z.array(phraseSchema),
  /** The file is not on the disk any more; the next change writes it anew. */
  missing: z.boolean(),
});
export type ConfigState = z.infer<typeof configStateSchema>;

/** Keys that are to get another value. */
export const configDiffSchema = z.array(
  z.object({ path: z.string(), before: configValueSchema, after: configValueSchema }),
);
export type ConfigDiff = z.infer<typeof configDiffSchema>;

/** Two configurations key by key; a target's keys are `targets[host].key`. null: it was not, or is not any more. */
export const configDifferenceSchema = z.array(
  z.object({
    path: z.string(),
    before: configValueSchema.nullable(),
    after: configValueSchema.nullable(),
    applies: configAppliesSchema,
  }),
);
export type ConfigDifference = z.infer<typeof configDifferenceSchema>;

export const configEffectKinds = ['drains', 'expires', 'reconnects', 'watches', 'unwatches'] as const;
/** What a change does to what is open now. */
export const configEffectSchema = z.object({
  kind: z.enum(configEffectKinds),
  /** Of `watches`, `unwatches` and `reconnects`; null when it concerns the whole pool. */
  host: z.string().nullable(),
  /** Connections that drain or are replaced; leased ones finish first. */
  connections: countSchema,
  leased: countSchema,
  /** One sentence. */
  text: z.string(),
});
export type ConfigEffect = z.infer<typeof configEffectSchema>;

/** Changes by path; null goes back to the default and takes the key out of the file. */
const changesSchema = z.record(z.string(), configValueSchema.nullable()).default({});
const targetChangesSchema = z
  .object({
    /** Adds a host, or changes keys of one that is watched (null takes a key out). */
    set: z
      .array(z.object({ host: z.string(), values: z.record(z.string(), configValueSchema.nullable()).default({}) }))
      .default([]),
    remove: z.array(z.string()).default([]),
  })
  .default({ set: [], remove: [] });
export const configChangeSchema = z.object({ changes: changesSchema, targets: targetChangesSchema });
export type ConfigChange = z.output<typeof configChangeSchema>;

/** Of `config.get` or `config.text`; refused with `conflict` when it is another by now. Left out: whatever it is. */
const expectedRevisionSchema = z.string().optional();

export const configPreviewSchema = z.object({
  /** Empty when the change can be applied. With faults the rest is empty. */
  faults: z.array(configFaultSchema),
  diff: configDifferenceSchema,
  warnings: z.array(phraseSchema),
  effects: z.array(configEffectSchema),
  /** The file as it would be; null without a file. */
  text: z.string().nullable(),
});
export type ConfigPreview = z.infer<typeof configPreviewSchema>;

/** Of a text of the file, right or not. */
export const configTextPreviewSchema = configPreviewSchema.extend({
  /** With the changes in it. */
  text: z.string(),
  /**
   * What it says, by path: as written, be it allowed or not, else by default. null: it is no TOML, and nothing can be
   * written into it.
   */
  values: z.record(z.string(), configValueSchema).nullable(),
});
export type ConfigTextPreview = z.infer<typeof configTextPreviewSchema>;

export const configAppliedSchema = z.object({
  diff: configDifferenceSchema,
  warnings: z.array(phraseSchema),
  effects: z.array(configEffectSchema),
  revision: z.string(),
  /** Where it was written; null when the engine runs without a file. */
  file: z.string().nullable(),
  /** False: the engine runs on the demo; the file is read at the next start. */
  applied: z.boolean(),
});
export type ConfigApplied = z.infer<typeof configAppliedSchema>;

export const configPresetNames = ['low', 'medium', 'high'] as const;
export const configPresetSchema = z.object({
  name: z.enum(configPresetNames),
  title: z.string(),
  /** Ready for `config.update`. */
  values: z.record(z.string(), configValueSchema),
  /** Against the running configuration; empty when it is in force. */
  diff: configDifferenceSchema,
});

export const configVersionSources = ['start', 'console', 'file', 'revert'] as const;
export const configVersionSchema = z.object({
  id: z.string(),
  savedAtMs: epochMsSchema,
  /** Who brought it: the file at the start, the console, a hand edit, or a return to an earlier one. */
  by: z.enum(configVersionSources),
  /** Keys that differ from the version before. */
  changed: z.array(z.string()),
  /** The file's text is this one now. */
  current: z.boolean(),
});
export type ConfigVersion = z.infer<typeof configVersionSchema>;

export const configRequests = {
  'config.get': query(
    z.object({}),
    configStateSchema.extend({
      keys: z.array(configKeySchema),
      targetKeys: z.array(configTargetKeySchema),
      targets: z.array(configTargetSchema),
    }),
  ),
  /** What `config.update` would do; faults are part of the answer. */
  'config.preview': query(configChangeSchema, configPreviewSchema),
  /**
   * Validated together, written to the file and applied to timers and limits at once, or refused whole: `invalid-input`
   * with an issue per key path, `conflict` when the revision is another or the file was changed meanwhile, `refused`
   * when the file has faults or cannot be written.
   */
  'config.update': command(configChangeSchema.extend({ revision: expectedRevisionSchema }), configAppliedSchema),
  /** The file's text; without a file the commented defaults, which may be saved as `file`. */
  'config.text': query(
    z.object({}),
    z.object({ file: z.string(), exists: z.boolean(), text: z.string(), revision: z.string() }),
  ),
  /** `changes` are written into the text first, in place, even those that are not allowed: their faults have a line then. */
  'config.previewText': query(z.object({ text: z.string(), changes: changesSchema }), configTextPreviewSchema),
  /** As `config.update`; the issues of `invalid-input` are at `line:column`. */
  'config.saveText': command(z.object({ text: z.string(), revision: expectedRevisionSchema }), configAppliedSchema),
  'config.presets': query(
    z.object({}),
    z.object({
      presets: z.array(configPresetSchema),
      /** Measured; null before there is a minute of it. */
      requestsPerSecond: z.number().min(0).nullable(),
      /** The one that fits the measured rate; does not flap between two. */
      suggested: z.enum(configPresetNames).nullable(),
    }),
  ),
  /** Newest first; a bounded number is kept. */
  'config.history': query(z.object({}), z.object({ versions: z.array(configVersionSchema) })),
  /** One version's text, and what going back to it would do. `not-found` */
  'config.version': query(z.object({ id: z.string() }), configTextPreviewSchema),
  /** The whole file as it was in that version; as `config.saveText`. `not-found` */
  'config.revert': command(z.object({ id: z.string(), revision: expectedRevisionSchema }), configAppliedSchema),
} as const;

export const configStreams = {
  /** A complete picture at each change. */
  config: stream(configStateSchema),
} as const;
