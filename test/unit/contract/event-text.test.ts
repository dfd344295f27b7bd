import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type EventKind, eventKinds } from '../../../core/contract/event-kinds.ts';
import { eventSentence, eventText } from '../../../core/contract/event-text.ts';
import type { EngineEvent, ToldEvent } from '../../../core/contract/events.ts';
import { languages } from '../../../core/contract/language.ts';

const kinds = Object.keys(eventKinds) as EventKind[];
const words = 'w0rds';

/** Every value that the shape of a field allows to choose from: each word of a list, and null where it may be. */
function valuesOf(schema: z.core.$ZodType): unknown[] {
  const { def } = schema._zod;
  switch (def.type) {
    case 'enum':
      return Object.values((schema as z.core.$ZodEnum)._zod.def.entries);
    case 'nullable':
      return [null, ...valuesOf((schema as z.core.$ZodNullable)._zod.def.innerType)];
    case 'optional':
      return valuesOf((schema as z.core.$ZodOptional)._zod.def.innerType);
    case 'default':
      return valuesOf((schema as z.core.$ZodDefault)._zod.def.innerType);
    case 'boolean':
      return [true, false];
    case 'number':
      return [1, 0];
    default:
      return [words];
  }
}

/** Data of a kind in which each field has each of its values at least once. */
function examplesOf(kind: EventKind): ToldEvent['data'][] {
  const fields = Object.entries(eventKinds[kind].shape).map(([name, field]) => [name, valuesOf(field)] as const);
  const most = Math.max(1, ...fields.map(([, values]) => values.length));
  return Array.from({ length: most }, (_, index) =>
    Object.fromEntries(fields.map(([name, values]) => [name, values[index % values.length]])),
  ) as ToldEvent['data'][];
}

function sentence(kind: EventKind, data: ToldEvent['data'], language: (typeof languages)[number]): string {
  return eventSentence({ kind, data, subject: 'subject' } as EngineEvent, language);
}

describe.each(kinds)('%s', (kind) => {
  it('is a sentence in every language, whatever its data is', () => {
    for (const data of examplesOf(kind)) {
      eventKinds[kind].parse(data);
      for (const language of languages) {
        const said = sentence(kind, data, language);
        expect(said.trim()).not.toBe('');
        expect(said).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });

  it('has its figures and names in both languages alike', () => {
    for (const data of examplesOf(kind)) {
      const named = languages.map((language) => {
        const said = sentence(kind, data, language);
        return [said.includes(words), said.includes('subject')];
      });
      expect(named[1]).toEqual(named[0]);
    }
  });
});

it('Chinese sentences are Chinese but for those that are somebody else’s words', () => {
  const foreign = kinds.filter((kind) =>
    examplesOf(kind).some((data) => !/\p{Script=Han}/u.test(sentence(kind, data, 'zh'))),
  );
  expect(foreign).toEqual(['config.warning', 'console.internal-error-stack']);
});

it('why the engine changed a list is said in Chinese, why an operator did as he wrote it', () => {
  const data = { act: 'removed', list: 'black', origin: 'automatic', from: null, before: '', after: null } as const;
  const because = (who: 'automaton' | 'operator', reason: string) =>
    eventText(
      { kind: 'access.changed', subject: 'x', data: { ...data, who, reason, whitelisted: 0, blacklisted: 0 } },
      'zh',
    );
  expect(because('automaton', 'the ban is void')).toBe('x 已移出黑名单（自动）：封禁已失效');
  expect(because('automaton', 'a.test: refused: ECONNREFUSED')).toContain('：拒绝连接 · a.test（ECONNREFUSED）');
  expect(because('operator', 'validated')).toContain('：validated');
});

describe('an event of another version', () => {
  const old = { kind: 'connection.closed', subject: '7', text: 'connection 7 closed', data: { reason: 'bored' } };

  it('whose data is another has the words that were stored with it', () => {
    expect(eventText(old, 'zh')).toBe('connection 7 closed');
  });

  it('whose kind is not known any more as well, and its kind where none were stored', () => {
    const gone = { ...old, kind: 'connection.gone' };
    expect(eventText(gone, 'en')).toBe('connection 7 closed');
    expect(eventText({ kind: 'toString', subject: '', data: {} }, 'en')).toBe('toString');
  });

  it('whose data has grown since is said in the words of now', () => {
    const data = { host: 'a.test', since: 5 };
    expect(eventText({ kind: 'dns.recovered', subject: 'a.test', data, text: 'old' }, 'zh')).toBe('a.test 已恢复解析');
  });
});
