/** The renderer's words, file by file and word by word, in both languages. */
import { existsSync, globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export interface Word {
  /** `renderer/shell/words-en.ts` */
  readonly file: string;
  /** Of its export and the names below it. */
  readonly path: readonly string[];
  readonly english: unknown;
  /** undefined: there is none. */
  readonly chinese: unknown;
}

export function englishFiles(): string[] {
  return globSync('renderer/**/*-en.ts').map((path) => path.replaceAll('\\', '/'));
}

export function chineseFileOf(file: string): string {
  return file.replace(/-en\.ts$/, '-zh.ts');
}

/** Every word of the English files beside its Chinese. */
export async function readWords(): Promise<Word[]> {
  const words: Word[] = [];
  for (const file of englishFiles()) {
    const english = await load(file);
    const chinese = existsSync(chineseFileOf(file)) ? await load(chineseFileOf(file)) : {};
    words.push(...leavesOf(english, chinese).map((leaf) => ({ file, ...leaf })));
  }
  return words;
}

async function load(file: string): Promise<object> {
  return { ...(await import(pathToFileURL(file).href)) };
}

type Leaf = Omit<Word, 'file'>;

function leavesOf(english: object, chinese: unknown, path: readonly string[] = []): Leaf[] {
  return Object.entries(english).flatMap(([name, word]: [string, unknown]) => {
    const translated: unknown =
      typeof chinese === 'object' && chinese !== null ? Reflect.get(chinese, name) : undefined;
    return isBranch(word)
      ? leavesOf(word, translated, [...path, name])
      : [{ path: [...path, name], english: word, chinese: translated }];
  });
}

export function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export function nameOf({ file, path }: Pick<Word, 'file' | 'path'>): string {
  return `${file}: ${path.join('.')}`;
}
