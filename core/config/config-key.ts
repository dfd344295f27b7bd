/** The kinds of configuration keys: what each may hold, and how that is said to an operator. */
import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { canonicalIp, parseIpRange } from '../access/ip-range.ts';
import type { ConfigApplies, ConfigKind, ConfigValue } from '../contract/config.ts';

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
  /** What may be written, in words. */
  readonly allowed: string;
  readonly applies: ConfigApplies;
  /** False: changed in the file's text alone, not key by key. */
  readonly editable: boolean;
  /**
   * The value as it is kept.
   * @throws RangeError saying what is wrong; what is allowed is said by whoever catches it.
   */
  read(written: unknown): Value;
}

interface NumberWords {
  readonly default: number;
  readonly unit?: string;
  readonly recommended?: readonly [number, number];
  readonly hard: readonly [number, number];
  readonly meaning: string;
}

/** A whole number of something. */
export function count(words: NumberWords): ConfigKeyDeclaration<number> {
  return numberKey(words, 'whole-number', 'a whole number', Number.isSafeInteger);
}

/** A length of time; fractions are fine. */
export function seconds(words: NumberWords): ConfigKeyDeclaration<number> {
  return numberKey({ ...words, unit: 's' }, 'seconds', 'a number of seconds', Number.isFinite);
}

/** A part of a whole. */
export function share(words: NumberWords): ConfigKeyDeclaration<number> {
  return numberKey(words, 'share', 'a number', Number.isFinite);
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
        throw new RangeError(typeof written === 'string' ? 'is not one of the choices' : 'is not a text in quotes');
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
    allowed: 'a status or range from 100 to 599, like "200-399", or a list of them',
    read(written) {
      const value = asListOrOne(written);
      parseStatusRanges(value);
      return value;
    },
  };
}

/**
 * Reads what {@link statusRanges} keeps; both ends are inclusive.
 * @throws RangeError naming the part that is no range.
 */
export function parseStatusRanges(value: ConfigValue): [number, number][] {
  const parts = Array.isArray(value) ? value : [value];
  return parts.map((part) => {
    const match = /^([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?$/.exec(String(part));
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? first);
    if (!match || last < first) {
      throw new RangeError(`has "${part}", which is no range of HTTP statuses`);
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
    allowed: `a list of HTTP statuses from 100 to 599, like [${words.default.join(', ')}]`,
    read(written) {
      if (!Array.isArray(written)) {
        throw new RangeError('is not a list');
      }
      return written.map((status: unknown) => {
        if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) {
          throw new RangeError(`has ${JSON.stringify(status)}, which is no HTTP status`);
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
    allowed: 'a list of IPv4, IPv6 or CIDR in quotes, like ["192.0.2.1", "2001:db8::/32"]',
    read(written) {
      if (!Array.isArray(written)) {
        throw new RangeError('is not a list');
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
    allowed: 'one IPv4 or IPv6 address in quotes, like "127.0.0.1"',
    read(written) {
      if (typeof written !== 'string') {
        throw new RangeError('is not in quotes');
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
    allowed: 'true or false',
    read(written) {
      if (typeof written !== 'boolean') {
        throw new RangeError('is neither true nor false');
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
    allowed: 'an http or https URL in quotes, or ""',
    read(written) {
      if (typeof written !== 'string') {
        throw new RangeError('is not in quotes');
      }
      const text = written.trim();
      if (text !== '' && !['http:', 'https:'].includes(URL.parse(text)?.protocol ?? '')) {
        throw new RangeError('is no http or https URL');
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
    allowed: 'an absolute path in quotes, or ""',
    read(written) {
      if (typeof written !== 'string') {
        throw new RangeError('is not in quotes');
      }
      const path = written.trim();
      if (path !== '' && !isAbsolute(path)) {
        throw new RangeError('does not begin at the root of the disk');
      }
      return path;
    },
  };
}

const plain = { unit: '', recommended: null, hard: null, applies: 'at-once', editable: true } as const;

/** One element of a list of addresses, whose place is known to the caller. @throws RangeError */
export function readAddress(written: unknown): string {
  if (typeof written !== 'string') {
    throw new RangeError(`has ${JSON.stringify(written)}, which is not in quotes`);
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
    allowed: 'a list of IPs in quotes, each with a port where it is not 53, like ["192.0.2.53", "[2001:db8::53]:5353"]',
    read(written) {
      if (!Array.isArray(written)) {
        throw new RangeError('is not a list');
      }
      return [...new Set(written.map(readNameServer))];
    },
  };
}

/** As `node:dns` takes it. @throws RangeError */
function readNameServer(written: unknown): string {
  const match =
    typeof written === 'string' ? /^(?:\[([^\]]+)\]|([^:]+)|(.+))(?::(\d{1,5}))?$/.exec(written.trim()) : null;
  const [, inBrackets, plainIp, bareIpv6, port] = match ?? [];
  const ip = inBrackets ?? plainIp ?? bareIpv6 ?? '';
  if (isIP(ip) === 0 || (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))) {
    throw new RangeError(`has ${JSON.stringify(written)}, which is no IP of a name server`);
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
  throw new RangeError('is neither a status nor a list of statuses');
}

function numberKey(
  words: NumberWords,
  kind: ConfigKind,
  what: string,
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
    allowed: `${what} from ${formatNumber(least)} to ${formatNumber(most)}`,
    read(written) {
      if (typeof written !== 'number' || !isRight(written)) {
        throw new RangeError(`is not ${what}`);
      }
      if (written < least || written > most) {
        throw new RangeError('is out of range');
      }
      return written;
    },
  };
}

/** 20,000: as the documentation writes it. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
}
