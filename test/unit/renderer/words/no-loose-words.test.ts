import { describe, expect, it } from 'vitest';
import {
  isNode,
  lineOf,
  nodeOf,
  parseSource,
  readRenderer,
  type SourceFile,
  type SyntaxNode,
  walk,
} from '../../../support/words/syntax.ts';

/** Words are in words files, looks are none; the gallery and its memory bridge play an engine, which speaks English. */
const elsewhere = /-(en|zh|look)\.ts$|^renderer\/(bridge\/memory\/|gallery)/;

/** Attributes that are read to the operator. */
const spoken = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'title',
  'placeholder',
  'label',
  'hint',
  'alt',
]);

/** Two words of a sentence, which no name of a class, a colour or an event is. */
const sentence = /\p{L}{2,}[,.:]? \p{L}{2,}/u;

/** Units, keys of a keyboard, and what is written for a browser or the engine. */
const notWords = new Set([
  ...[
    'ms',
    'v',
    'Esc',
    'PgUp PgDn',
    'Home End',
    'Hotpool Console',
    '· Hotpool Console',
    'Accept: application/json',
    'after line',
  ],
  ...['td :is(input, button)', ', textarea, select'],
]);

const mediaQuery = /^\((prefers|forced|min|max)-[a-z-]+: [a-z0-9]+\)$/;

function looseWords(source: SourceFile): string[] {
  const found: string[] = [];
  walk(source.program, (node, ancestors) => {
    const text = textOf(node);
    if (text !== null && !notWords.has(text.trim()) && !mediaQuery.test(text) && isSpoken(node, text, ancestors)) {
      found.push(`${lineOf(source, node)} ${text.trim()}`);
    }
  });
  return found;
}

function textOf(node: SyntaxNode): string | null {
  if (node.type === 'TemplateElement') {
    return String(Reflect.get(Object(node.value), 'cooked'));
  }
  return (node.type === 'JSXText' || node.type === 'Literal') && typeof node.value === 'string' ? node.value : null;
}

function isSpoken(node: SyntaxNode, text: string, ancestors: readonly SyntaxNode[]): boolean {
  const [parent] = ancestors;
  if (node.type === 'JSXText') {
    return /\p{L}/u.test(text);
  }
  if (parent?.type === 'JSXAttribute') {
    return spoken.has(String(nodeOf(parent.name).name)) ? /\p{L}/u.test(text) : false;
  }
  return sentence.test(text) && !ancestors.some(isForOthers);
}

/** An import, the message of a programmer's mistake, a look. */
function isForOthers(node: SyntaxNode): boolean {
  return (
    node.type === 'ImportDeclaration' ||
    (node.type === 'NewExpression' && /Error$/.test(String(nodeOf(node.callee).name))) ||
    (node.type === 'JSXAttribute' && isNode(node.name) && node.name.name === 'style')
  );
}

describe('words outside of words files', () => {
  it('are nowhere: each could not be translated', () => {
    const sources = readRenderer().filter(({ file }) => !elsewhere.test(file));
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.flatMap(looseWords)).toEqual([]);
  });

  it.each([
    ['<p>Loading</p>', ['Loading']],
    ['<button aria-label="Close">{icon}</button>', ['Close']],
    ['<button aria-label={words.close}>×</button>', []],
    ["const label = 'Nothing was found';", ['Nothing was found']],
    [`const label = \`\${rows} rows left\`;`, ['rows left']],
    ["const key = 'connection-row';", []],
  ])('%s', (text, found) => {
    expect(looseWords(parseSource('renderer/a.tsx', text)).map((one) => one.replace(/^\S+ /, ''))).toEqual(found);
  });
});
