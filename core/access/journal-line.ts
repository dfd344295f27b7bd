/**
 * A line of the journal. A short change stands there in plain JSON, for whoever searches the file; of a long one the first
 * entries do, and the others follow packed: a paste of 100,000 entries would else be fourteen megabytes of the same words.
 */
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';
import { z } from 'zod';
import { inTurns, type Pieces } from '../base/turns.ts';
import { type AccessAuditedChange, accessAuditedChangeSchema, accessAuthorSchema } from '../contract/access.ts';

/** Changes of a record that are at hand; the others are read from the file. */
export const headLength = 20;
/** A change of more entries than these is packed. */
const mostPlain = 200;
/** Packed and unpacked at a stretch; between them others have their turn. */
const stretch = 500;

/** A change of the lists as it is made, with all its entries. */
export interface Line {
  readonly id: number;
  readonly atMs: number;
  readonly who: z.infer<typeof accessAuthorSchema>;
  readonly reason: string;
  readonly undoes: number | null;
  readonly changes: readonly AccessAuditedChange[];
}

export const lineSchema = z.object({
  id: z.int().min(1),
  atMs: z.number(),
  who: accessAuthorSchema,
  reason: z.string(),
  undoes: z.int().nullable(),
  /** All of them, or the first. */
  changes: z.array(accessAuditedChangeSchema),
  /** The others, and how many they are: blocks of JSON, one a line, gzip, base64. */
  packed: z.object({ changes: z.int().min(1), gzip: z.base64() }).optional(),
});
/** As it is in the file. */
export type WrittenLine = z.infer<typeof lineSchema>;

const blockSchema = z.array(accessAuditedChangeSchema);

export async function written({ changes, ...line }: Line): Promise<WrittenLine> {
  if (changes.length <= mostPlain) {
    return { ...line, changes: [...changes] };
  }
  const others = changes.slice(headLength);
  const gzip = (await pack(others)).toString('base64');
  return { ...line, changes: changes.slice(0, headLength), packed: { changes: others.length, gzip } };
}

export function totalOf({ changes, packed }: WrittenLine): number {
  return changes.length + (packed?.changes ?? 0);
}

/** A line of a version that packed none. */
export function isLongAndPlain({ changes, packed }: WrittenLine): boolean {
  return packed === undefined && changes.length > mostPlain;
}

/** The line of the file as it would be written today. @throws ZodError for what is no line. */
export async function repacked(value: unknown): Promise<WrittenLine> {
  const line = lineSchema.parse(value);
  return isLongAndPlain(line) ? written(line) : line;
}

/** @throws when what is packed was damaged. */
export async function changesOf({ changes, packed }: WrittenLine): Promise<readonly AccessAuditedChange[]> {
  if (packed === undefined) {
    return changes;
  }
  const blocks = await promisify(gunzip)(Buffer.from(packed.gzip, 'base64'));
  const others = await inTurns(unpack(blocks));
  if (others.length !== packed.changes) {
    throw new RangeError(`${others.length} of ${packed.changes} packed changes are there`);
  }
  return changes.concat(others);
}

function* unpack(blocks: Buffer): Pieces<AccessAuditedChange[]> {
  const changes: AccessAuditedChange[] = [];
  for (let from = 0, end = blocks.indexOf('\n'); end !== -1; from = end + 1, end = blocks.indexOf('\n', from)) {
    changes.push(...blockSchema.parse(JSON.parse(blocks.toString('utf8', from, end))));
    yield;
  }
  return changes;
}

async function pack(changes: readonly AccessAuditedChange[]): Promise<Buffer> {
  const gzip = createGzip();
  const [packed] = await Promise.all([buffer(gzip), pipeline(blocksOf(changes), gzip)]);
  return packed;
}

function* blocksOf(changes: readonly AccessAuditedChange[]): Generator<string> {
  for (let from = 0; from < changes.length; from += stretch) {
    yield `${JSON.stringify(changes.slice(from, from + stretch))}\n`;
  }
}
