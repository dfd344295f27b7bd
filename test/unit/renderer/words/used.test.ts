import { describe, expect, it } from 'vitest';
import { parseSource, readRenderer } from '../../../support/words/syntax.ts';
import { nameOf, readWords } from '../../../support/words/word-files.ts';
import { takes, wordReads } from '../../../support/words/word-reads.ts';

const sources = readRenderer();
const reads = wordReads(sources);

describe('the words of the console', () => {
  it('are all read somewhere', async () => {
    const words = await readWords();
    expect(words.length).toBeGreaterThan(500);
    const unused = words.filter((word) => !reads.some((read) => takes(read, word)));
    expect(unused.map(nameOf)).toEqual([]);
  });

  it('are read when they are drawn, not kept from when their module was loaded', async () => {
    const words = await readWords();
    const kept = reads.filter(
      (read) => read.atLoad && words.some((word) => takes(read, word) && read.path.length >= word.path.length),
    );
    expect(kept.map(({ at, path }) => `${at} keeps ${path.join('.')}`)).toEqual([]);
  });
});

describe('the reads that are found', () => {
  const files = (view: string) =>
    wordReads([
      parseSource(
        'renderer/a/words-en.ts',
        "export const words = { form: { title: 'T', rows: { one: '1' } }, top: 'x' };",
      ),
      parseSource(
        'renderer/a/words.ts',
        "import { inLanguages } from '../words/language.ts';\nimport * as en from './words-en.ts';\nimport * as zh from './words-zh.ts';\nexport const words = inLanguages(en.words, zh.words);",
      ),
      parseSource('renderer/a/view.tsx', `import { words } from './words.ts';\n${view}`),
    ]).map(({ path, atLoad }) => `${path.join('.')}${atLoad ? ' at load' : ''}`);

  it.each([
    ['const f = () => words.top;', ['words.top']],
    ['const text = words.form; const f = () => text.title;', ['words.form.title']],
    ['const f = () => { const { rows: { one } } = words.form; return one; };', ['words.form.rows.one']],
    ['const f = (name: string) => words.form.rows[name].length;', ['words.form.rows.*.length']],
    ['const action = { words: words.form };', ['words.form at load']],
    ['const label = words.top + 1;', ['words.top at load']],
    ['const f = (words: string[]) => words;', []],
    ['const text = words.form; const f = (text: string) => text;', []],
    ['type Name = keyof typeof words.form;', []],
    ['const f = (row: { words: string }) => row.words;', []],
  ])('%s', (view, found) => {
    expect(files(view)).toEqual(found);
  });
});
