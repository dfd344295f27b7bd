/** What a word that is a function may be called with: by the types that its English declares. */
import { readFileSync } from 'node:fs';
import { explained } from '../connection-explanation.ts';
import { isFunction, isNode, nodeOf, nodesOf, parseSource, type SourceFile, type SyntaxNode } from './syntax.ts';
import type { Word } from './word-files.ts';

const entry = {
  list: 'black',
  value: '192.0.2.7',
  note: 'a note',
  origin: 'operator',
  addedAtMs: 0,
  expiresAtMs: null,
};
const other = { ...entry, list: 'white', value: '198.51.100.0/24', origin: 'config' };
const rule = { ...entry, hits: 3, lastHitAtMs: null, why: 'decides' };
const none = { allowed: 0, blocked: 0, entries: [] };
const audited = { before: null, after: entry };
const lastError = { class: 'reset', code: 'ECONNRESET', message: 'reset by peer', atMs: 1_000 };
const endpoint = {
  host: 'edge.example',
  access: { allowed: true, list: null, rule: null },
  vanished: false,
  connections: 3,
  idle: 2,
  leased: 1,
  dialing: 0,
  waiting: 0,
  ejection: null,
  backOffUntilMs: null,
  lastError,
};
const explanation = {
  ip: '192.0.2.7',
  atMs: 5_000,
  sentence: 'Two are idle.',
  access: endpoint.access,
  endpoints: [endpoint],
};

/** Two of each kind, which must be told apart in both languages, then those at the edges. */
const samples: Readonly<Record<string, readonly unknown[]>> = {
  number: [5, 7_654_321, 0, 1, 2, 86_400_000],
  string: ['alpha.example', 'beta.example', ''],
  boolean: [true, false],
  'number | null': [5, 7_654_321, null, 0, 1],
  'string | null': ['alpha.example', '/etc/beta.toml', null],
  'readonly string[]': [['one.example'], ['two.example', 'three.example'], []],
  AccessListName: ['white', 'black'],
  AccessOrigin: ['operator', 'config', 'file', 'automatic'],
  AccessAuthor: ['operator', 'automaton', 'file', 'config', 'clock'],
  AccessImpact: [
    { closesConnections: 5, ofThemLeased: 2 },
    { closesConnections: 7, ofThemLeased: 3 },
    { closesConnections: 0, ofThemLeased: 0 },
    { closesConnections: 1, ofThemLeased: 1 },
  ],
  AccessPreview: [
    { closesConnections: 5, ofThemLeased: 2, ofConnections: 9 },
    { closesConnections: 7, ofThemLeased: 2, ofConnections: 7 },
    { closesConnections: 0, ofThemLeased: 0, ofConnections: 0 },
  ],
  AccessUndoPreview: [
    { total: 3, closesConnections: 5, ofThemLeased: 2 },
    { total: 3, closesConnections: 8, ofThemLeased: 3 },
    { total: 0, closesConnections: 0, ofThemLeased: 0 },
  ],
  AccessAuditRecord: [
    { total: 5, changes: [audited, { before: entry, after: other }] },
    { total: 9, changes: [audited, audited] },
    { total: 1, changes: [{ before: entry, after: null }] },
    { total: 1, changes: [{ before: other, after: null }] },
  ],
  AccessFinding: [
    { kind: 'both-lists', entry, by: other },
    { kind: 'covered', entry, by: other },
    { kind: 'overruled', entry, by: other },
  ],
  AccessExplanation: [
    { value: '192.0.2.7', allowed: false, list: 'black', hosts: [], rules: [rule], inside: none, text: 'Is blocked.' },
    { value: '192.0.2.7', allowed: true, list: null, hosts: [], rules: [], inside: none, text: 'May be dialled.' },
    {
      value: '192.0.2.0/24',
      allowed: true,
      list: null,
      hosts: [],
      rules: [],
      inside: { allowed: 1, blocked: 2, entries: [] },
      text: 'May be dialled, but for two.',
    },
    {
      value: '192.0.2.7',
      allowed: true,
      list: 'black',
      hosts: ['edge.example'],
      rules: [rule],
      inside: none,
      text: 'Is out of use.',
    },
  ],
  "AccessExplanation['rules'][number]": [
    rule,
    { ...rule, ...other, why: 'outranked: the operator counts before the configuration' },
    { ...rule, list: 'white', why: 'outranked: black counts before white' },
  ],
  ProbeResult: [{ kind: 'well' }, { kind: 'failed', errorClass: 'blocked' }, { kind: 'open' }],
  AlertRule: ['success-rate', 'wait-p95', 'disk-full'],
  'EjectionReason | null': ['failures-in-a-row', 'latency-outlier', null],
  "ConfigVersion['by']": ['console', 'revert', 'start', 'file'],
  "NonNullable<Alert['acknowledged']>": [
    { by: 'Ada', reason: 'known', atMs: 0 },
    { by: 'operator', reason: 'a release', atMs: 0 },
  ],
  "'below' | 'above'": ['below', 'above'],
  "'<' | '>'": ['<', '>'],
  "'IP' | 'connection'": ['IP', 'connection'],
  'keyof typeof limitNames': ['max_connections', 'no-allowed-ip', 'max_idle_conns'],
  IpList: [
    { format: 'text', ips: ['192.0.2.7', '::1'], ipv4: 1, ipv6: 1, duplicates: 2 },
    { format: 'csv', ips: ['192.0.2.7'], ipv4: 1, ipv6: 0, duplicates: 0 },
  ],
  WarmUpTimes: [
    { p50Ms: 5, p95Ms: 9, p99Ms: 12, meanMs: 6 },
    { p50Ms: 5, p95Ms: 9, p99Ms: 34, meanMs: 7 },
  ],
  ConsoleSession: [
    { mode: 'demo', hosts: [{ host: 'edge.example', ips: 12 }], configFile: null },
    { mode: 'config', hosts: [{ host: 'edge.example', ips: 3 }], configFile: '/etc/hotpool.toml' },
  ],
  IpExplanation: [
    explanation,
    { ...explanation, sentence: 'None is there.', endpoints: [] },
    {
      ...explanation,
      sentence: 'It is ejected.',
      endpoints: [
        {
          ...endpoint,
          ejection: { reason: null, untilMs: 65_000, nextProbeAtMs: 17_000, count: 2, held: false },
          backOffUntilMs: 9_000,
        },
      ],
    },
  ],
  ConnectionExplanation: [
    explained({}),
    explained(
      { state: 'leased', idleSinceMs: null, leasedSinceMs: 940_000 },
      { verdict: 'busy', sentence: 'It carries 1 lease.' },
    ),
    explained(
      { state: 'closed' },
      {
        verdict: 'closed',
        sentence: 'It was closed 5 s ago.',
        closed: { atMs: 995_000, reason: 'goaway' },
        lastError: { class: 'reset', code: 'ECONNRESET', message: 'reset by peer', atMs: 1_000 },
      },
    ),
  ],
  ConfigEffect: [
    { kind: 'drains', host: null, connections: 5, leased: 2, text: '5 connections are above the new limits' },
    { kind: 'watches', host: 'edge.example', connections: 0, leased: 0, text: 'edge.example is resolved' },
    { kind: 'unwatches', host: 'edge.example', connections: 3, leased: 0, text: 'edge.example is watched no more' },
    {
      kind: 'reconnects',
      host: 'edge.example',
      connections: 4,
      leased: 1,
      text: 'edge.example: 4 connections are of the old TLS',
    },
    { kind: 'expires', host: null, connections: 6, leased: 0, text: '6 connections are older than the new lifetime' },
  ],
  ContractError: [
    { code: 'refused', told: 'The host is not watched.' },
    { code: 'conflict', told: 'The revision is another.' },
  ],
  '{ checked: number; healthy: number; unhealthy: number }': [
    { checked: 5, healthy: 4, unhealthy: 1 },
    { checked: 9, healthy: 9, unhealthy: 0 },
    { checked: 0, healthy: 0, unhealthy: 0 },
  ],
};

const parsed = new Map<string, SourceFile>();

function sourceOf(file: string): SourceFile {
  const source = parsed.get(file) ?? parseSource(file, readFileSync(file, 'utf8'));
  parsed.set(file, source);
  return source;
}

/** For each parameter of a word what it may be; null for a function that another module lends to both languages. */
export function argumentsOf({ file, path }: Pick<Word, 'file' | 'path'>): (readonly unknown[])[] | null {
  const source = sourceOf(file);
  const found = functionAt(source, path);
  return (
    found &&
    nodesOf(found.params).map((parameter) => {
      const annotation = isNode(parameter.typeAnnotation) ? nodeOf(parameter.typeAnnotation.typeAnnotation) : parameter;
      const type = source.text.slice(annotation.start, Number(annotation.end)).replaceAll(/\s+/g, ' ');
      const values = samples[type];
      if (!values) {
        throw new Error(
          `${file}: ${path.join('.')} takes ${type}, of which this test has no samples yet: add them to word-arguments.ts`,
        );
      }
      return values;
    })
  );
}

function functionAt({ program }: SourceFile, [name, ...names]: readonly string[]): SyntaxNode | null {
  let at = name === undefined ? undefined : declared(program, name);
  for (const step of names) {
    at = nodesOf(unwrapped(at)?.properties).find(({ key }) => keyName(key) === step);
    at = at && nodeOf(at.value);
  }
  const value = unwrapped(at);
  const called = value?.type === 'Identifier' ? unwrapped(declared(program, String(value.name))) : value;
  return called && isFunction(called) ? called : null;
}

/** A constant's value, or a function. */
function declared(program: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const statement of nodesOf(program.body)) {
    const declaration = isNode(statement.declaration) ? statement.declaration : statement;
    if (isNode(declaration.id) && declaration.id.name === name) {
      return declaration;
    }
    const constant = nodesOf(declaration.declarations).find(({ id }) => isNode(id) && id.name === name);
    if (constant) {
      return isNode(constant.init) ? constant.init : undefined;
    }
  }
  return undefined;
}

/** Without the types around it. */
function unwrapped(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.type === 'TSSatisfiesExpression' || node?.type === 'TSAsExpression'
    ? unwrapped(nodeOf(node.expression))
    : node;
}

function keyName(key: unknown): string {
  return isNode(key) ? String(key.name ?? key.value) : '';
}
