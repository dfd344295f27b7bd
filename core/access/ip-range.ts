/**
 * IP addresses and CIDR ranges, in one canonical form, so that the same range is never written in two ways.
 *
 * Only strict forms are read: four decimal parts without leading zeros (`127.1` and `010.0.0.1` mean different things to
 * different programs), no zone ids, and no host bits in a CIDR. `10.0.0.5/8` is refused rather than widened to
 * `10.0.0.0/8`: who wrote it may have meant one address, and a list must not block sixteen million by a guess.
 */
import ipaddr from 'ipaddr.js';
import { PhraseError } from '../base/phrase-error.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';

export interface IpRange {
  /** IPv4 in four parts or IPv6 as in RFC 5952; `/length` only where the range is more than one address. */
  readonly text: string;
  readonly family: 4 | 6;
  /** The network's bits, most significant word first, as signed 32-bit numbers; IPv4 uses the first word only. */
  readonly words: IpWords;
  /** Bits that count: 0 to 32, or 0 to 128. */
  readonly length: number;
}

export type IpWords = readonly [number, number, number, number];

const bitsOf = { 4: 32, 6: 128 } as const;
/** IPv4-mapped IPv6 (`::ffff:a.b.c.d`, RFC 4291 section 2.5.5.2) begins with this many fixed bits. */
const mappedBits = 96;

/**
 * Reads an IPv4 or IPv6 address or CIDR. IPv4-mapped IPv6 becomes IPv4, for it is the same peer.
 * @throws PhraseError that says what is wrong with the text and, where it can be told, what to write instead.
 */
export function parseIpRange(text: string): IpRange {
  return readRange(text, 'ip.not-ip-or-range');
}

/** `wanted`: what is said of a text that is nothing of the kind. */
function readRange(text: string, wanted: Wanted): IpRange {
  const slash = text.indexOf('/');
  const addressText = slash === -1 ? text : text.slice(0, slash);
  const address = parseAddress(addressText, text, wanted);
  const wholeLength = bitsOf[address.family];
  const length = slash === -1 ? wholeLength : parsePrefixLength(text.slice(slash + 1), text, wholeLength);
  const range = makeRange(address.family, address.words, length);
  if (!sameWords(range.words, address.words)) {
    const one = formatWords(address.family, address.words);
    throw new PhraseError(phrase('ip.host-bits', { text, length, network: range.text, address: one }));
  }
  return unmapped(range);
}

/**
 * The canonical form of one address.
 * @throws PhraseError when it is not one, or is a range.
 */
export function canonicalIp(text: string): string {
  const range = readRange(text, 'ip.not-ip');
  if (range.length !== bitsOf[range.family]) {
    throw new PhraseError(phrase('ip.is-range', { text }));
  }
  return range.text;
}

/** Whether all of a range, and less than the whole of the other one, lies in it. */
export function isInside(inner: IpRange, outer: IpRange): boolean {
  return (
    inner.family === outer.family &&
    inner.length > outer.length &&
    outer.words.every((word, index) => {
      const bits = outer.length - 32 * index;
      const different = word ^ (inner.words[index] ?? 0);
      return bits <= 0 || (bits >= 32 ? different === 0 : different >>> (32 - bits) === 0);
    })
  );
}

/** True for one address, false for a range of several. */
export function isSingleAddress(range: IpRange): boolean {
  return range.length === bitsOf[range.family];
}

/**
 * The quick way for lookups: fills `into` with the words of an address and returns its family, or 0 when the text is not
 * an address in a plain form. Allocates nothing.
 */
export function readAddressWords(text: string, into: Int32Array): 4 | 6 | 0 {
  return readIpv4Words(text, into) || readIpv6Words(text, into);
}

const scratch = new Int32Array(4);

type Wanted = 'ip.not-ip' | 'ip.not-ip-or-range';

interface ParsedAddress {
  readonly family: 4 | 6;
  readonly words: IpWords;
}

/** Long pastes are read at the quick reader's speed; what it does not take is read, or explained, at leisure. */
function parseAddress(addressText: string, text: string, wanted: Wanted): ParsedAddress {
  const family = readAddressWords(addressText, scratch);
  if (family !== 0) {
    // By index: taking a typed array apart goes by its iterator.
    return { family, words: [scratch[0] ?? 0, scratch[1] ?? 0, scratch[2] ?? 0, scratch[3] ?? 0] };
  }
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) {
    throw new PhraseError(phrase('ip.url', { text }));
  }
  if (addressText === '') {
    throw new PhraseError(phrase('ip.no-address', { text }));
  }
  if (!addressText.includes(':')) {
    throw new PhraseError(ipv4Fault(addressText, wanted));
  }
  if (addressText.includes('%')) {
    throw new PhraseError(phrase('ip.zone', { text: addressText }));
  }
  const lastPart = addressText.slice(addressText.lastIndexOf(':') + 1);
  if (lastPart.includes('.') && readIpv4Words(lastPart, scratch) === 0) {
    throw new PhraseError(ipv4Fault(lastPart, wanted));
  }
  if (!ipaddr.IPv6.isValid(addressText)) {
    throw new PhraseError(portFault(addressText) ?? phrase('ip.not-ipv6', { text: addressText }));
  }
  const { parts } = ipaddr.IPv6.parse(addressText);
  const word = (index: number): number => ((parts[index] ?? 0) << 16) | (parts[index + 1] ?? 0);
  return { family: 6, words: [word(0), word(2), word(4), word(6)] };
}

function ipv4Fault(text: string, wanted: Wanted): Phrase {
  if (!/^[\d.]+$/.test(text)) {
    return phrase(wanted, { text });
  }
  const parts = text.split('.');
  const zeroed = parts.find((part) => part.length > 1 && part.startsWith('0'));
  if (zeroed !== undefined) {
    return phrase('ip.leading-zero', { part: zeroed, text });
  }
  const large = parts.find((part) => Number(part) > 255);
  return large === undefined ? phrase('ip.not-ipv4', { text }) : phrase('ip.large-part', { part: large });
}

function portFault(text: string): Phrase | null {
  const [, ipv4, ipv6] = /^(?:([\d.]+)|\[([\da-f:.]+)\]):\d+$/i.exec(text) ?? [];
  const address = ipv4 ?? ipv6;
  return address === undefined ? null : phrase('ip.port', { text, address });
}

function parsePrefixLength(lengthText: string, text: string, wholeLength: number): number {
  if (!/^(0|[1-9]\d{0,2})$/.test(lengthText) || Number(lengthText) > wholeLength) {
    throw new PhraseError(phrase('ip.prefix-length', { length: lengthText, text, most: wholeLength }));
  }
  return Number(lengthText);
}

/** The range of `length` bits that `words` lies in. */
function makeRange(family: 4 | 6, words: IpWords, length: number): IpRange {
  if (length === bitsOf[family]) {
    return { text: formatWords(family, words), family, words, length };
  }
  const mask = (index: number): number => {
    const bits = length - index * 32;
    return bits <= 0 ? 0 : bits >= 32 ? -1 : -1 << (32 - bits);
  };
  const network: IpWords = [words[0] & mask(0), words[1] & mask(1), words[2] & mask(2), words[3] & mask(3)];
  const address = formatWords(family, network);
  return {
    text: `${address}/${length}`,
    family,
    words: network,
    length,
  };
}

function unmapped(range: IpRange): IpRange {
  const [first, second, third, last] = range.words;
  if (range.family === 6 && range.length >= mappedBits && first === 0 && second === 0 && third === 0xffff) {
    return makeRange(4, [last, 0, 0, 0], range.length - mappedBits);
  }
  return range;
}

function formatWords(family: 4 | 6, words: IpWords): string {
  if (family === 4) {
    const word = words[0];
    return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
  }
  return new ipaddr.IPv6(words.flatMap((word) => [word >>> 16, word & 0xffff])).toRFC5952String();
}

function sameWords(a: IpWords, b: IpWords): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
}

const zero = 0x30;
const nine = 0x39;
const dot = 0x2e;
const colon = 0x3a;

function readIpv4Words(text: string, into: Int32Array): 4 | 0 {
  let word = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) {
      if (digits > 0 && part === 0) {
        return 0;
      }
      part = part * 10 + (code - zero);
      digits += 1;
    } else if (code === dot && digits > 0) {
      word = (word << 8) | part;
      part = 0;
      digits = 0;
      dots += 1;
    } else {
      return 0;
    }
    if (part > 255) {
      return 0;
    }
  }
  if (dots !== 3 || digits === 0) {
    return 0;
  }
  into[0] = (word << 8) | part;
  into[1] = 0;
  into[2] = 0;
  into[3] = 0;
  return 4;
}

const groupCount = 8;
/** Of the address that is being read. */
const groups = new Uint16Array(groupCount);

/** What a character is worth as a hexadecimal digit, {@link notHex} for every other one. */
const notHex = -1;
const hexValues = Int8Array.from({ length: 128 }, (_, code) =>
  '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()),
);

function digitAt(text: string, at: number): number {
  return hexValues[text.charCodeAt(at)] ?? notHex;
}

/** Eight groups, or fewer and one `::`; no embedded IPv4. */
function readIpv6Words(text: string, into: Int32Array): 6 | 0 {
  const { length } = text;
  const beginsWithGap = text.startsWith('::');
  let filled = 0;
  let gapAt = -1;
  for (let at = beginsWithGap ? 1 : 0; at < length; at += 1) {
    // Here begins a group, or lies the second colon of a gap.
    let group = digitAt(text, at);
    if (group === notHex) {
      if (gapAt !== -1 || at === 0 || text.charCodeAt(at) !== colon) {
        return 0;
      }
      gapAt = filled;
      continue;
    }
    if (filled === groupCount) {
      return 0;
    }
    const end = Math.min(at + 4, length);
    for (at += 1; at < end; at += 1) {
      const digit = digitAt(text, at);
      if (digit === notHex) {
        break;
      }
      group = (group << 4) | digit;
    }
    groups[filled] = group;
    filled += 1;
    if (at < length && text.charCodeAt(at) !== colon) {
      return 0;
    }
  }
  if (gapAt !== filled && text.charCodeAt(length - 1) === colon) {
    return 0;
  }
  if (gapAt !== -1) {
    if (filled === groupCount) {
      return 0;
    }
    groups.copyWithin(groupCount - filled + gapAt, gapAt, filled);
    groups.fill(0, gapAt, groupCount - filled + gapAt);
  } else if (filled < groupCount) {
    return 0;
  }
  for (let index = 0; index < 4; index += 1) {
    into[index] = ((groups[2 * index] ?? 0) << 16) | (groups[2 * index + 1] ?? 0);
  }
  return 6;
}
