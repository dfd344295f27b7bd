/** Completion and help of the configuration's text, from the schema's own keys. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorView, Tooltip } from '@codemirror/view';
import type { ConfigKey, ConfigTargetKey, ConfigValue } from '../../core/contract/config.ts';
import { keyAllowed, keyMeaning, keyUnit, targetKeyMeaning } from './key-words.ts';
import { keysWritten, type TomlPlace, tomlPlace } from './toml-place.ts';
import { words } from './words.ts';

export interface TomlSchema {
  readonly keys: readonly ConfigKey[];
  readonly targetKeys: readonly ConfigTargetKey[];
}

/** What is said of a key: its name, what it means, what may be written, when it holds. */
interface KeyHelp {
  readonly name: string;
  readonly lines: readonly string[];
}

const targetsTable = 'targets';

function helpOf({ keys, targetKeys }: TomlSchema, table: string | null, name: string): KeyHelp | null {
  const target = table === targetsTable ? targetKeys.find(({ key }) => key === name) : undefined;
  if (target) {
    return { name, lines: [targetKeyMeaning(target), words.help.applies[target.applies]] };
  }
  const key = keys.find(({ path }) => path === (table === null ? name : `${table}.${name}`));
  return key
    ? {
        name: key.path,
        lines: [
          keyMeaning(key),
          words.help.allowed(keyAllowed(key), printToml(key.default), keyUnit(key)),
          words.help.applies[key.applies],
        ],
      }
    : null;
}

function printToml(value: ConfigValue): string {
  return Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]` : JSON.stringify(value);
}

function draw({ name, lines }: KeyHelp): HTMLElement {
  const element = document.createElement('div');
  const title = document.createElement('strong');
  title.textContent = name;
  element.append(
    title,
    ...lines.map((line) => {
      const paragraph = document.createElement('p');
      paragraph.textContent = line;
      return paragraph;
    }),
  );
  return element;
}

function tableNames({ keys }: TomlSchema): readonly string[] {
  const tables = new Set(keys.map(({ path }) => path.slice(0, path.indexOf('.'))));
  return [...[...tables].map((table) => `[${table}]`), `[[${targetsTable}]]`];
}

function keyCompletions(schema: TomlSchema, { table }: TomlPlace, written: ReadonlySet<string>): readonly Completion[] {
  const names =
    table === targetsTable
      ? schema.targetKeys.map(({ key }) => ({ name: key, value: '' }))
      : schema.keys
          .filter(({ path }) => table !== null && path.startsWith(`${table}.`))
          .map((key) => ({ name: key.path.slice(key.path.indexOf('.') + 1), value: printToml(key.default) }));
  return names
    .filter(({ name }) => !written.has(name))
    .map(({ name, value }) => ({
      label: name,
      detail: value,
      apply: `${name} = `,
      info: () => {
        const help = helpOf(schema, table, name);
        return help ? draw(help) : null;
      },
    }));
}

function valueCompletions(schema: TomlSchema, { table, key }: TomlPlace): readonly Completion[] {
  if (table === targetsTable) {
    const target = schema.targetKeys.find((one) => one.key === key);
    const options = target?.options ?? [];
    return options.map((option) => ({
      label: target?.kind === 'choices' ? `[${JSON.stringify(option)}]` : JSON.stringify(option),
    }));
  }
  const found = schema.keys.find(({ path }) => path === `${table}.${key}`);
  if (!found) {
    return [];
  }
  const given = printToml(found.default);
  const values = [
    ...found.options.map((option) => JSON.stringify(option)),
    ...(found.kind === 'switch' ? ['true', 'false'] : []),
    ...(found.recommended ?? []).map(String),
  ];
  return [...new Set([given, ...values])].map((label) => ({
    label,
    ...(label === given ? { detail: words.help.isDefault } : {}),
  }));
}

export function completeToml(schema: TomlSchema, context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString();
  const place = tomlPlace(text.slice(0, context.pos));
  if (place === null || (place.typed === '' && !context.explicit && place.part === 'key')) {
    return null;
  }
  const options =
    place.part === 'table'
      ? tableNames(schema).map((label) => ({ label }))
      : place.part === 'key'
        ? keyCompletions(schema, place, keysWritten(text, context.pos))
        : valueCompletions(schema, place);
  return options.length === 0 ? null : { from: context.pos - place.typed.length, options: [...options] };
}

/** The help of the key under the pointer. */
export function explainToml(schema: TomlSchema, view: EditorView, at: number): Tooltip | null {
  const line = view.state.doc.lineAt(at);
  const key = /^\s*([\w.-]+)\s*=/.exec(line.text);
  const name = key?.[1];
  if (name === undefined || at > line.from + line.text.indexOf('=')) {
    return null;
  }
  const place = tomlPlace(view.state.doc.sliceString(0, line.from));
  const help = helpOf(schema, place?.table ?? null, name);
  return help === null
    ? null
    : {
        pos: line.from + line.text.indexOf(name),
        above: true,
        create: () => {
          const dom = draw(help);
          dom.className = 'cm-keyHelp';
          return { dom };
        },
      };
}
