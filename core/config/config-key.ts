/** The kinds of configuration keys: what each may hold, and how that is said to an operator. */
import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { canonicalIp, parseIpRange } from '../access/ip-range.ts';
import { PhraseError } from '../base/phrase-error.ts';
import type { ConfigApplies, ConfigKind, ConfigValue } from '../contract/config.ts';
import { type Phrase, phrase, type Told } from '../contract/phrase.ts';

/** One key as it is declared: everything the parser, the default file and the settings form know of it. */
export interface ConfigKeyDeclaration<Value extends ConfigValue> {
  readonly default: Value;
  readonly kind: ConfigKind;
  /** Of a choice; else empty. */
  readonly options: readonly string[];
  /** `s`, `connections`, … or the empty string. */
  readonly unit: string;
  readonly meaning: string;
  /** Inclusive; outside is a warning. null: no advice. */
  readonly recommended: readonly [number, number] | null;
  /** Inclusive; outside is an error. null for keys that are not numbers. */
  readonly hard: readonly [number, number] | null;
  /** What may be written. */
  readonly allowed: Told;
  readonly applies: ConfigApplies;
  /** False: changed in the file's text alone, not key by key. */
  readonly editable: boolean;
  /**
   * The value as it is kept.
   * @throws PhraseError saying what is wrong; what is allowed is said by whoever catches it.
   */
  read(written: unknown): Value;
}

interface NumberWords {
  readonly default: number;
  readonly unit?: string;
  readonly recommended?: readonly [number, number];
  readonly hard: readonly [number, number];
  readonly meaning: string;
  /** At once when it is not said. */
  readonly applies?: ConfigApplies;
}

/** A whole number of something. */
export function count(words: NumberWords): ConfigKeyDeclaration<number> {
  return numberKey(words, 'whole-number', phrase('number.whole'), Number.isSafeInteger);
}

/** A length of time; fractions are fine. */
export function seconds(words: NumberWords): ConfigKeyDeclaration<number> {
  return numberKey({ ...words, unit: 's' }, 'seconds', phrase('number.seconds'), Number.isFinite);
}

/** A part of a whole. */
export function share(words: NumberWords): ConfigKeyDeclaration<number> {
  return numberKey(words, 'share', phrase('number.any'), Number.isFinite);
}

export function choice<const Option extends string>(words: {
  readonly options: readonly Option[];
  readonly default: NoInfer<Option>;
  readonly meaning: string;
}): ConfigKeyDeclaration<Option> {
  return {
    ...words,
    ...plain,
    kind: 'choice',
    allowed: words.options.map((option) => `"${option}"`).join(', '),
    read(written) {
      const option = words.options.find((one) => one === written);
      if (option === undefined) {
        throw new PhraseError(phrase(typeof written === 'string' ? 'value.not-choice' : 'value.not-text'));
      }
      return option;
    },
  };
}

/** Ranges of HTTP statuses: `"200-399"`, `204`, or several of them in a list. */
export function statusRanges(words: {
  readonly default: string;
  readonly meaning: string;
}): ConfigKeyDeclaration<ConfigValue> {
  return {
    ...words,
    ...plain,
    kind: 'status-ranges',
    options: [],
    allowed: phrase('allowed.status-ranges'),
    read(written) {
      const value = asListOrOne(written);
      parseStatusRanges(value);
      return value;
    },
  };
}

/**
 * Reads what {@link statusRanges} keeps; both ends are inclusive.
 * @throws PhraseError naming the part that is no range.
 */
export function parseStatusRanges(value: ConfigValue): [number, number][] {
  const parts = Array.isArray(value) ? value : [value];
  return parts.map((part) => {
    const match = /^([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?$/.exec(String(part));
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? first);
    if (!match || last < first) {
      throw new PhraseError(phrase('value.part-not-statuses', { part: String(part) }));
    }
    return [first, last];
  });
}

/** Single HTTP statuses. */
export function statusList(words: {
  readonly default: readonly number[];
  readonly meaning: string;
}): ConfigKeyDeclaration<number[]> {
  return {
    ...words,
    default: [...words.default],
    ...plain,
    kind: 'statuses',
    options: [],
    allowed: phrase('allowed.statuses', { usual: words.default.join(', ') }),
    read(written) {
      if (!Array.isArray(written)) {
        throw new PhraseError(phrase('value.not-list'));
      }
      return written.map((status: unknown) => {
        if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) {
          throw new PhraseError(phrase('value.part-not-status', { part: JSON.stringify(status) }));
        }
        return status;
      });
    },
  };
}

/** IPv4, IPv6 and CIDR, kept canonical and each once. */
export function addresses(words: { readonly meaning: string }): ConfigKeyDeclaration<string[]> {
  return {
    ...words,
    default: [],
    ...plain,
    kind: 'addresses',
    options: [],
    editable: false,
    allowed: phrase('allowed.addresses'),
    read(written) {
      if (!Array.isArray(written)) {
        throw new PhraseError(phrase('value.not-list'));
      }
      return [...new Set(written.map(readAddress))];
    },
  };
}

/** One address of this machine to listen on. */
export function listenAddress(words: {
  readonly default: string;
  readonly meaning: string;
}): ConfigKeyDeclaration<string> {
  return {
    ...words,
    ...plain,
    kind: 'text',
    options: [],
    allowed: phrase('allowed.listen-address'),
    read(written) {
      if (typeof written !== 'string') {
        throw new PhraseError(phrase('value.not-quoted'));
      }
      return canonicalIp(written.trim());
    },
  };
}

/** On or off. */
export function toggle(words: { readonly default: boolean; readonly meaning: string }): ConfigKeyDeclaration<boolean> {
  return {
    ...words,
    ...plain,
    kind: 'switch',
    options: [],
    allowed: phrase('allowed.boolean'),
    read(written) {
      if (typeof written !== 'boolean') {
        throw new PhraseError(phrase('value.not-boolean'));
      }
      return written;
    },
  };
}

/** Where something is sent to over HTTP; the empty text: nowhere. */
export function httpUrl(words: { readonly meaning: string }): ConfigKeyDeclaration<string> {
  return {
    ...words,
    default: '',
    ...plain,
    kind: 'text',
    options: [],
    allowed: phrase('allowed.url'),
    read(written) {
      if (typeof written !== 'string') {
        throw new PhraseError(phrase('value.not-quoted'));
      }
      const text = written.trim();
      if (text !== '' && !['http:', 'https:'].includes(URL.parse(text)?.protocol ?? '')) {
        throw new PhraseError(phrase('value.not-url'));
      }
      return text;
    },
  };
}

/** A file of this machine, read when it is needed; the empty text: none. */
export function absolutePath(words: { readonly meaning: string }): ConfigKeyDeclaration<string> {
  return {
    ...words,
    default: '',
    ...plain,
    kind: 'text',
    options: [],
    allowed: phrase('allowed.absolute-path'),
    read(written) {
      if (typeof written !== 'string') {
        throw new PhraseError(phrase('value.not-quoted'));
      }
      const path = written.trim();
      if (path !== '' && !isAbsolute(path)) {
        throw new PhraseError(phrase('value.not-absolute'));
      }
      return path;
    },
  };
}

const plain = { unit: '', recommended: null, hard: null, applies: 'at-once', editable: true } as const;

/** One element of a list of addresses, whose place is known to the caller. @throws PhraseError */
export function readAddress(written: unknown): string {
  if (typeof written !== 'string') {
    throw new PhraseError(phrase('value.part-not-quoted', { part: JSON.stringify(written) }));
  }
  return parseIpRange(written.trim()).text;
}

/** Name servers: an IP, or an IP and a port (`192.0.2.53:5353`, `[2001:db8::53]:53`). */
export function resolvers(words: { readonly meaning: string }): ConfigKeyDeclaration<string[]> {
  return {
    ...words,
    default: [],
    ...plain,
    kind: 'resolvers',
    options: [],
    allowed: phrase('allowed.name-servers'),
    read(written) {
      if (!Array.isArray(written)) {
        throw new PhraseError(phrase('value.not-list'));
      }
      return [...new Set(written.map(readNameServer))];
    },
  };
}

/** As `node:dns` takes it. @throws PhraseError */
function readNameServer(written: unknown): string {
  const match =
    typeof written === 'string' ? /^(?:\[([^\]]+)\]|([^:]+)|(.+))(?::(\d{1,5}))?$/.exec(written.trim()) : null;
  const [, inBrackets, plainIp, bareIpv6, port] = match ?? [];
  const ip = inBrackets ?? plainIp ?? bareIpv6 ?? '';
  if (isIP(ip) === 0 || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
    throw new PhraseError(phrase('value.part-not-server', { part: JSON.stringify(written) }));
  }
  const canonical = canonicalIp(ip);
  if (port === undefined) {
    return canonical;
  }
  return canonical.includes(':') ? `[${canonical}]:${Number(port)}` : `${canonical}:${Number(port)}`;
}

function asListOrOne(written: unknown): ConfigValue {
  const isOne = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';
  if (isOne(written) || (Array.isArray(written) && written.every(isOne))) {
    return written;
  }
  throw new PhraseError(phrase('value.not-status'));
}

function numberKey(
  words: NumberWords,
  kind: ConfigKind,
  what: Phrase,
  isRight: (value: number) => boolean,
): ConfigKeyDeclaration<number> {
  const [least, most] = words.hard;
  const unit = words.unit ?? '';
  return {
    ...plain,
    default: words.default,
    kind,
    options: [],
    unit,
    meaning: words.meaning,
    recommended: words.recommended ?? null,
    hard: words.hard,
    applies: words.applies ?? plain.applies,
    allowed: phrase('allowed.number', { what, least: formatNumber(least), most: formatNumber(most) }),
    read(written) {
      if (typeof written !== 'number' || !isRight(written)) {
        throw new PhraseError(phrase('value.not-number', { what }));
      }
      if (written < least || written > most) {
        throw new PhraseError(phrase('value.out-of-range'));
      }
      return written;
    },
  };
}

/** 20,000: as the documentation writes it. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
}
