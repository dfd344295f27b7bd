import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';

describe('the name of a host', () => {
  it.each([
    ['Example.COM', { name: 'example.com', hostname: 'example.com', port: 443 }],
    ['example.com:443', { name: 'example.com', hostname: 'example.com', port: 443 }],
    [' example.com:8443 ', { name: 'example.com:8443', hostname: 'example.com', port: 8443 }],
    ['[2001:DB8::1]:8443', { name: '[2001:db8::1]:8443', hostname: '2001:db8::1', port: 8443 }],
  ])('%s is read', (text, host) => {
    expect(parseHostName(text)).toEqual(host);
  });

  it.each([
    ['https://example.com/', 'without scheme, path or spaces'],
    ['', 'without scheme, path or spaces'],
    ['example.com:70000', 'port 1 to 65535'],
    ['example.com:0', 'port from 1 to 65535'],
    ['2001:db8::1', 'write host or host:port'],
    ['.example.com', 'a part of its name is empty'],
    ['www..example.com', 'a part of its name is empty'],
  ])('%j is refused with a word of what to do', (text, word) => {
    expect(() => parseHostName(text)).toThrow(RangeError);
    expect(() => parseHostName(text)).toThrow(word);
  });
});
