/** A JSON file of ours in the data folder, as it was left by the process before. */
import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { isMissing } from './system-fault.ts';

/** `null`: there is none, or it could not be read, which `onDamaged` has heard of by then. */
export type JsonFileRead<Kept> = { readonly kept: Kept; readonly text: string } | null;

export interface DamagedFile {
  /** Where it lies now; null: it could not be moved. */
  readonly keptAs: string | null;
  readonly message: string;
}

/** One that cannot be read is set aside as `….damaged`, in place of an earlier one: its owner begins anew and loses nothing. */
export async function readJsonFile<Kept>(
  file: string,
  schema: z.ZodType<Kept>,
  onDamaged: (damaged: DamagedFile) => void,
): Promise<JsonFileRead<Kept>> {
  try {
    const text = await readFile(file, 'utf8');
    return { kept: schema.parse(JSON.parse(text)), text };
  } catch (error) {
    if (!isMissing(error)) {
      const aside = `${file}.damaged`;
      const keptAs = await rename(file, aside).then(
        () => aside,
        () => null,
      );
      onDamaged({ keptAs, message: messageOf(error) });
    }
    return null;
  }
}

/** Of zod's many lines the first. */
function messageOf(error: unknown): string {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  if (issue) {
    return `${issue.path.join('.')}: ${issue.message}`;
  }
  return error instanceof Error ? error.message : String(error);
}
