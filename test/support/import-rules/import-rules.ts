/** Who may import whom: the one table, and how a specifier is judged by it. */
import { posix } from 'node:path';
import { parseSync } from 'vite';

export interface ImportRule {
  /** Files below this folder; the longest that fits counts. */
  readonly folder: string;
  /** Folders of the house that may be imported, beside the folder itself. */
  readonly folders: readonly string[];
  /** Packages that may be imported; `node:` stands for every built-in module, `*` for everything. */
  readonly packages: readonly string[];
}

/** `core/` names what a module there clearly needs: the demo makes certificates, the log rotates, and nothing else does. */
export const importRules: readonly ImportRule[] = [
  { folder: 'core/contract', folders: [], packages: ['zod'] },
  {
    folder: 'core/demo',
    folders: ['core'],
    packages: ['node:', 'undici', 'zod', 'ipaddr.js', '@peculiar/x509', 'reflect-metadata'],
  },
  { folder: 'core/logging', folders: ['core'], packages: ['node:', 'rotating-file-stream'] },
  { folder: 'core', folders: ['core'], packages: ['node:', 'undici', 'smol-toml', 'zod', 'ipaddr.js'] },
  { folder: 'electron/headless', folders: ['core', 'electron/shared'], packages: ['node:', 'ws', 'zod'] },
  { folder: 'electron/shared', folders: ['core'], packages: ['node:', 'zod'] },
  { folder: 'electron/launch', folders: ['electron/shared'], packages: ['node:'] },
  { folder: 'electron', folders: ['core', 'electron/shared'], packages: ['node:', 'electron', 'zod'] },
  {
    folder: 'renderer',
    folders: ['core/contract'],
    packages: [
      'react',
      'react-dom',
      'zustand',
      'zod',
      'ipaddr.js',
      'lucide-react',
      'node-diff3',
      'tinykeys',
      '@base-ui/react',
      '@tanstack/react-table',
      '@tanstack/react-virtual',
      '@codemirror/autocomplete',
      '@codemirror/commands',
      '@codemirror/language',
      '@codemirror/legacy-modes',
      '@codemirror/lint',
      '@codemirror/search',
      '@codemirror/state',
      '@codemirror/view',
      '@lezer/highlight',
    ],
  },
  {
    // Fonts of its own, for pictures that are the same everywhere; the console itself ships none.
    folder: 'renderer/gallery',
    folders: ['core/contract', 'renderer'],
    packages: [
      'react',
      'react-dom',
      'lucide-react',
      '@base-ui/react',
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
      '@fontsource-variable/noto-sans-sc',
    ],
  },
  { folder: 'test', folders: ['*'], packages: ['*'] },
];

/** What the rest of the console stands on, lowest first: each imports itself and what is before it, and no view or feature. */
export const consoleLayers = ['base', 'words', 'bridge', 'store', 'styles', 'parts', 'actions'] as const;

function ruleFor(file: string): ImportRule | undefined {
  return importRules
    .filter((rule) => file.startsWith(`${rule.folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** Specifiers of all imports and re-exports, type-only ones included, and of `new URL('./x', import.meta.url)` workers. */
export function importsOf(file: string, source: string): string[] {
  const { module, errors } = parseSync(file, source);
  const first = errors[0];
  if (first) {
    throw new Error(`${file} does not parse: ${first.message}`);
  }
  const specifiers = module.staticImports.map((entry) => entry.moduleRequest.value);
  for (const statement of module.staticExports) {
    for (const entry of statement.entries) {
      if (entry.moduleRequest) {
        specifiers.push(entry.moduleRequest.value);
      }
    }
  }
  for (const entry of module.dynamicImports) {
    const text = source.slice(entry.moduleRequest.start, entry.moduleRequest.end);
    const literal = /^(['"])(.*)\1$/.exec(text);
    specifiers.push(literal?.[2] ?? `(computed) ${text}`);
  }
  return specifiers;
}

/**
 * What `file` (path from the repository's root, slashes) imports against the rules: one sentence each, empty when fine.
 */
export function importFaults(file: string, source: string): string[] {
  const rule = ruleFor(file);
  if (!rule) {
    return [`${file} is in no folder of the house: core, electron, renderer, config or test`];
  }
  if (rule.folders.includes('*')) {
    return [];
  }
  const faults: string[] = [];
  for (const specifier of new Set(importsOf(file, source))) {
    if (specifier.startsWith('.')) {
      const target = posix.normalize(posix.join(posix.dirname(file), specifier));
      const allowed = [rule.folder, ...rule.folders].some((folder) => target.startsWith(`${folder}/`));
      if (!allowed) {
        faults.push(
          `${file} imports ${target}: ${rule.folder}/ may import ${[rule.folder, ...rule.folders].join(', ')}`,
        );
      } else if (rule.folder === 'renderer' && crossesViews(file, target)) {
        faults.push(`${file} imports ${target}: no view imports another's`);
      } else if (rule.folder === 'renderer' && climbs(file, target)) {
        faults.push(`${file} imports ${target}: below it are ${consoleLayers.join(', ')}, in this order`);
      }
      continue;
    }
    const name = specifier.startsWith('node:') ? 'node:' : packageOf(specifier);
    if (!rule.packages.includes(name)) {
      faults.push(
        `${file} imports ${specifier}: ${rule.folder}/ may import ${rule.packages.join(', ') || 'no package'}`,
      );
    }
  }
  return faults;
}

function crossesViews(file: string, target: string): boolean {
  const view = (path: string): string | undefined => /^renderer\/views\/([^/]+)\//.exec(path)?.[1];
  const from = view(file);
  const to = view(target);
  return from !== undefined && to !== undefined && from !== to;
}

/** A layer that imports one above it, or what is built on the layers. */
function climbs(file: string, target: string): boolean {
  const layer = (path: string): number => consoleLayers.findIndex((name) => path.startsWith(`renderer/${name}/`));
  const from = layer(file);
  const to = layer(target);
  return from !== -1 && target.startsWith('renderer/') && (to === -1 || to > from);
}
