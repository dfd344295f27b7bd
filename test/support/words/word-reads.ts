/**
 * Which words the renderer's sources read. A words module joins `words-en.ts` and `words-zh.ts` by `inLanguages`; from
 * there each name is followed through imports, constants and destructuring to where a word, or all words of a branch,
 * are taken.
 */
import { posix } from 'node:path';
import {
  bindingOf,
  isFunction,
  isNode,
  lineOf,
  nodeOf,
  nodesOf,
  type SourceFile,
  type SyntaxNode,
  walk,
} from './syntax.ts';

/** A step that is only known when it runs, as in `words.columns[name]`. */
const anyStep = '*';

/** Words of one English file, by the name of their export and the names below it. */
interface Place {
  readonly file: string;
  readonly path: readonly string[];
}

export interface WordRead extends Place {
  /** `file:line` of who reads. */
  readonly at: string;
  /** Read once, when the module is loaded, and so in the language of that moment for ever. */
  readonly atLoad: boolean;
}

const isEnglish = (file: string): boolean => file.endsWith('-en.ts');
const isTranslation = (file: string): boolean => file.endsWith('-zh.ts');

export function wordReads(sources: readonly SourceFile[]): WordRead[] {
  const readers = sources.filter(({ file }) => !isTranslation(file));
  const exports = new Map<string, Place>();
  // Each round follows the words one module further; a chain of them is short.
  for (let before = -1; before < exports.size; ) {
    before = exports.size;
    for (const source of readers) {
      new Reader(source, exports).publish();
    }
  }
  return readers.flatMap((source) => new Reader(source, exports).reads());
}

/** One file: which of its names stand for words. */
class Reader {
  readonly #source: SourceFile;
  /** By `file#name`: the words that a module hands on. */
  readonly #exports: Map<string, Place>;
  readonly #places = new Map<SyntaxNode, Place>();

  constructor(source: SourceFile, exports: Map<string, Place>) {
    this.#source = source;
    this.#exports = exports;
    this.#bindImports();
    walk(source.program, (node, ancestors) => {
      if (node.type === 'VariableDeclarator' && isNode(node.init)) {
        const place = this.#placeOf(node.init, [node, ...ancestors]);
        if (place) {
          this.#bind(nodeOf(node.id), place);
        }
      }
    });
  }

  publish(): void {
    const { file, program } = this.#source;
    for (const statement of nodesOf(program.body)) {
      if (statement.type === 'ExportNamedDeclaration' && isNode(statement.declaration)) {
        for (const declarator of nodesOf(statement.declaration.declarations)) {
          const name = String(nodeOf(declarator.id).name);
          const place = isEnglish(file) ? { file, path: [name] } : this.#places.get(nodeOf(declarator.id));
          if (place) {
            this.#exports.set(`${file}#${name}`, place);
          }
        }
      }
    }
  }

  reads(): WordRead[] {
    const reads: WordRead[] = [];
    walk(this.#source.program, (node, ancestors) => {
      const read = node.type === 'Identifier' ? this.#readAt(node, ancestors) : null;
      if (read) {
        reads.push(read);
      }
    });
    return reads;
  }

  #bindImports(): void {
    const { file, program } = this.#source;
    for (const statement of nodesOf(program.body)) {
      if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') {
        continue;
      }
      const from = posix.join(posix.dirname(file), String(nodeOf(statement.source).value));
      for (const specifier of nodesOf(statement.specifiers)) {
        if (specifier.type === 'ImportNamespaceSpecifier' && isEnglish(from)) {
          this.#places.set(nodeOf(specifier.local), { file: from, path: [] });
        }
        if (specifier.type === 'ImportSpecifier') {
          const place = this.#exports.get(`${from}#${String(nodeOf(specifier.imported).name)}`);
          if (place) {
            this.#places.set(nodeOf(specifier.local), place);
          }
        }
      }
    }
    if (isEnglish(file)) {
      for (const statement of nodesOf(program.body)) {
        const declared = isNode(statement.declaration) ? nodesOf(statement.declaration.declarations) : [];
        for (const { id } of declared) {
          this.#places.set(nodeOf(id), { file, path: [String(nodeOf(id).name)] });
        }
      }
    }
  }

  #bind(pattern: SyntaxNode, place: Place): void {
    if (pattern.type === 'Identifier') {
      this.#places.set(pattern, place);
    }
    if (pattern.type === 'ObjectPattern') {
      for (const property of nodesOf(pattern.properties)) {
        if (property.type === 'Property') {
          this.#bind(nodeOf(property.value), { ...place, path: [...place.path, String(nodeOf(property.key).name)] });
        }
      }
    }
  }

  /** The words that an expression stands for: a name, members of it, or two languages of them joined. */
  #placeOf(node: SyntaxNode, ancestors: readonly SyntaxNode[]): Place | undefined {
    if (node.type === 'Identifier') {
      const binding = bindingOf(String(node.name), ancestors);
      return binding && this.#places.get(binding);
    }
    if (node.type === 'MemberExpression') {
      const place = this.#placeOf(nodeOf(node.object), ancestors);
      return place && { ...place, path: [...place.path, stepOf(node)] };
    }
    if (node.type === 'CallExpression' && nodeOf(node.callee).name === 'inLanguages') {
      const [english] = nodesOf(node.arguments);
      return english && this.#placeOf(english, ancestors);
    }
    return undefined;
  }

  #readAt(identifier: SyntaxNode, ancestors: readonly SyntaxNode[]): WordRead | null {
    const binding = bindingOf(String(identifier.name), ancestors);
    const place = binding && this.#places.get(binding);
    const [parent] = ancestors;
    if (!place || !parent || binding === identifier || isOnlyName(identifier, parent) || isInType(ancestors)) {
      return null;
    }
    const path = [...place.path];
    let [at, above] = [identifier, 0];
    for (let outer = ancestors[0]; outer; outer = ancestors[above]) {
      if (outer.type === 'MemberExpression' && outer.object === at) {
        path.push(stepOf(outer));
      } else if (outer.type !== 'ChainExpression' && outer.type !== 'TSNonNullExpression') {
        break;
      }
      at = outer;
      above += 1;
    }
    const user = ancestors[above];
    const handsOn = (user?.type === 'VariableDeclarator' && user.init === at) || isJoin(user);
    return handsOn
      ? null
      : {
          file: place.file,
          path,
          at: lineOf(this.#source, identifier),
          atLoad: !ancestors.some((ancestor) => isFunction(ancestor) || ancestor.type === 'PropertyDefinition'),
        };
  }
}

function stepOf({ computed, property }: SyntaxNode): string {
  const name = nodeOf(property);
  if (computed !== true) {
    return String(name.name);
  }
  return name.type === 'Literal' ? String(name.value) : anyStep;
}

function isJoin(node: SyntaxNode | undefined): boolean {
  return node?.type === 'CallExpression' && nodeOf(node.callee).name === 'inLanguages';
}

/** The name of a member, of a property, of what another module exports: it is bound to nothing here. */
function isOnlyName(identifier: SyntaxNode, parent: SyntaxNode): boolean {
  return (
    (parent.type === 'MemberExpression' && parent.property === identifier && parent.computed !== true) ||
    (parent.key === identifier && parent.computed !== true) ||
    parent.type === 'ImportSpecifier' ||
    parent.type === 'ExportSpecifier'
  );
}

function isInType(ancestors: readonly SyntaxNode[]): boolean {
  return ancestors.some(({ type }) => type === 'TSTypeQuery' || type === 'TSQualifiedName');
}

/** Whether the read takes this word: itself, something of it, or a branch that it is on. */
export function takes(read: Place, word: Place): boolean {
  return (
    read.file === word.file &&
    word.path.every(
      (step, index) => index >= read.path.length || read.path[index] === step || read.path[index] === anyStep,
    )
  );
}
