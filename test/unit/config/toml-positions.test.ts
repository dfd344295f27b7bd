import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { scanToml, TomlPositions } from '../../../core/config/toml-positions.ts';

describe('TomlPositions', () => {
  const text = [
    '\uFEFF# heading = 1',
    'top = "a # no remark = [1]"',
    '[pool]  # remark',
    "  quoted.'odd key' = 1",
    'list = [ "a", # one, ]',
    '',
    '  [1, 2], { x = "}" },',
    ']',
    'long = """',
    '[no.table]',
    'no = key"""',
    '[[targets]]',
    'host = "a"',
    '[[targets]]',
    'host = "b"',
    '[targets.tls]',
    "ca = 'C:\\ca'",
    'last = 2030-01-01',
  ].join('\r\n');
  const positions = new TomlPositions(text);

  test.each([
    [['top'], 2, 1],
    [['pool'], 3, 1],
    [['pool', 'quoted', 'odd key'], 4, 3],
    [['pool', 'list'], 5, 1],
    [['pool', 'list', 0], 5, 10],
    [['pool', 'list', 1], 7, 3],
    [['pool', 'list', 2], 7, 11],
    [['pool', 'long'], 9, 1],
    [['targets'], 12, 1],
    [['targets', 0, 'host'], 13, 1],
    [['targets', 1], 14, 1],
    [['targets', 1, 'host'], 15, 1],
    [['targets', 1, 'tls', 'ca'], 17, 1],
    [['targets', 1, 'tls', 'last'], 18, 1],
    [['targets', 1, 'tls', 'missing'], 16, 1],
    [['targets', 0, 'missing'], 12, 1],
  ])('%j stands at line %i, column %i', (path, line, column) => {
    expect(parse(text)).toBeDefined();
    expect(positions.find(path)).toEqual({ line, column });
  });

  test('knows nothing of what is not there', () => {
    expect(positions.find(['no'])).toBeNull();
    expect(positions.find([])).toBeNull();
  });

  test('finds every key of any document', () => {
    const leaf = fc.oneof(
      fc.integer(),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.array(fc.string(), { maxLength: 3 }),
    );
    const table = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), leaf, { maxKeys: 4 });
    const document = fc.dictionary(
      fc.stringMatching(/^[a-z]{1,5}$/),
      fc.oneof(leaf, table, fc.array(table, { minLength: 1, maxLength: 3 })),
      { maxKeys: 4 },
    );
    fc.assert(
      fc.property(document, (value) => {
        const written = stringify(value);
        const lines = written.split('\n');
        const found = new TomlPositions(written);
        for (const path of leafPaths(JSON.parse(JSON.stringify(value)))) {
          const position = found.find(path);
          expect(lines[(position?.line ?? 0) - 1]?.slice((position?.column ?? 0) - 1)).toMatch(
            new RegExp(`^${path.at(-1)} = `),
          );
        }
      }),
    );
  });
});

/** Paths of everything that stands behind an equals sign. */
function leafPaths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object')) {
    return value.flatMap((item, index) => leafPaths(item, [...path, index]));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, item]) => leafPaths(item, [...path, key]));
  }
  return [path];
}

test('any text is walked to its end, every statement after the one before', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '=', '[', ']', '"', "'", '#', '\n', '\r\n', ' ', '{', '}', ',', '\\', '.'),
  });
  fc.assert(
    fc.property(text, (any) => {
      let end = 0;
      for (const statement of scanToml(any)) {
        expect(statement.start).toBeGreaterThanOrEqual(end);
        expect(statement.end).toBeGreaterThan(statement.start);
        expect(any.slice(end, statement.start)).toMatch(/^(\s|#[^\n]*)*$/);
        end = statement.end;
      }
      expect(any.slice(end)).toMatch(/^(\s|#[^\n]*)*$/);
    }),
    { numRuns: 1_000 },
  );
});
