/** The renderer's sources as syntax trees, and what a name in them is bound to. */
import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';

export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

export interface SourceFile {
  /** From the house's root, with slashes. */
  readonly file: string;
  readonly text: string;
  readonly program: SyntaxNode;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function readRenderer(): SourceFile[] {
  return globSync('renderer/**/*.{ts,tsx}').map((path) => {
    const text = readFileSync(path, 'utf8');
    return parseSource(path.replaceAll('\\', '/'), text);
  });
}

export function parseSource(file: string, text: string): SourceFile {
  const { program } = parseSync(file, text);
  if (!isNode(program)) {
    throw new Error(`${file} has no syntax tree`);
  }
  return { file, text, program };
}

export function lineOf({ file, text }: SourceFile, { start }: SyntaxNode): string {
  return `${file}:${text.slice(0, start).split('\n').length}`;
}

/** Ancestors from the nearest on. */
export type Visit = (node: SyntaxNode, ancestors: readonly SyntaxNode[]) => void;

export function walk(node: SyntaxNode, visit: Visit, ancestors: readonly SyntaxNode[] = []): void {
  visit(node, ancestors);
  const inner = [node, ...ancestors];
  for (const child of childrenOf(node)) {
    walk(child, visit, inner);
  }
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

export function isFunction({ type }: SyntaxNode): boolean {
  return type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';
}

/** The names that a pattern binds: itself, or those in an object, an array, a default. */
function boundBy(pattern: SyntaxNode): SyntaxNode[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return nodesOf(pattern.properties).flatMap((property) => boundBy(nodeOf(property.value ?? property.argument)));
    case 'ArrayPattern':
      return nodesOf(pattern.elements).flatMap(boundBy);
    case 'AssignmentPattern':
      return boundBy(nodeOf(pattern.left));
    case 'RestElement':
      return boundBy(nodeOf(pattern.argument));
    default:
      return [];
  }
}

export function nodeOf(value: unknown): SyntaxNode {
  if (!isNode(value)) {
    throw new Error('A syntax node was expected');
  }
  return value;
}

export function nodesOf(value: unknown): SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

const scopes = new WeakMap<SyntaxNode, ReadonlyMap<string, SyntaxNode>>();

/** What is declared right in a scope: a file, a block, a function's parameters, a loop's head. */
function declaredIn(scope: SyntaxNode): ReadonlyMap<string, SyntaxNode> {
  const known = scopes.get(scope);
  if (known) {
    return known;
  }
  const statements =
    scope.type === 'Program' || scope.type === 'BlockStatement'
      ? nodesOf(scope.body).map((statement) => (isNode(statement.declaration) ? statement.declaration : statement))
      : [scope.init, scope.left].filter(isNode);
  const bound = [
    ...statements.flatMap((statement) =>
      statement.type === 'VariableDeclaration'
        ? nodesOf(statement.declarations).flatMap((declarator) => boundBy(nodeOf(declarator.id)))
        : statement.type === 'ImportDeclaration'
          ? nodesOf(statement.specifiers).map((specifier) => nodeOf(specifier.local))
          : statement.type === 'FunctionDeclaration' && isNode(statement.id)
            ? [statement.id]
            : [],
    ),
    ...(isFunction(scope) ? nodesOf(scope.params).flatMap(boundBy) : []),
    ...(scope.type === 'CatchClause' && isNode(scope.param) ? boundBy(scope.param) : []),
  ];
  const names = new Map(bound.map((identifier) => [String(identifier.name), identifier]));
  scopes.set(scope, names);
  return names;
}

/** Where the name is declared, as the identifier that declares it; undefined: nowhere in this file. */
export function bindingOf(name: string, ancestors: readonly SyntaxNode[]): SyntaxNode | undefined {
  for (const scope of ancestors) {
    const binding = declaredIn(scope).get(name);
    if (binding) {
      return binding;
    }
  }
  return undefined;
}
