import { describe, expect, it } from 'vitest';
import { readConnectionFilter } from '../../../renderer/store/connection-filter.ts';
import { hasToken, withToken } from '../../../renderer/views/connections/filter-tokens.ts';
import { row } from './fixtures.ts';

const nowMs = 1_060_000;
const rows = [
  row(1, { ip: '10.1.2.3', host: 'edge.demo.test', requests: 10, errors: 4 }),
  row(2, {
    ip: '10.200.0.1',
    host: 'tiles.demo.test',
    protocol: 'http/1.1',
    state: 'leased',
    idleSinceMs: null,
    leasedSinceMs: 1_055_000,
  }),
  row(3, {
    ip: '2001:db8::1',
    host: 'api.demo.test:8443',
    healthy: false,
    profile: 'tls12-only',
    createdAtMs: 1_050_000,
  }),
  row(4, { ip: '192.168.0.1', host: 'edge.demo.test', state: 'dialing', healthy: false, protocol: null, tcpMs: null }),
];

const shown = (text: string): number[] => {
  const { test } = readConnectionFilter(text);
  return rows.filter((entry) => test(entry, nowMs)).map((entry) => entry.id);
};

describe('readConnectionFilter', () => {
  it.each([
    ['', [1, 2, 3, 4]],
    ['edge', [1, 4]],
    ['EDGE idle', [1]],
    ['host:edge,api', [1, 3, 4]],
    ['state:unhealthy', [3]],
    ['state:leased,dial', [2, 4]],
    ['-state:leased', [1, 3, 4]],
    ['ip:10.0.0.0/8', [1, 2]],
    ['ip:10.0.0.0/9', [1]],
    ['ip:2001:db8::/32', [3]],
    ['ip:10.', [1, 2]],
    ['ip:v6', [3]],
    ['ip:10.1.2.3', [1]],
    ['ip:10.1.2', [1]],
    ['ip:[2001:DB8:0::1]', [3]],
    ['ip:10.1.2.3,192.', [1, 4]],
    ['!host:edge', [2, 3]],
    ['ip:v4', [1, 2, 4]],
    ['proto:h1', [2]],
    ['profile:tls12', [3]],
    ['err>3', [1]],
    ['err>=4', [1]],
    ['req<10', [2, 3, 4]],
    ['age<=10', [3]],
    ['leased>4', [2]],
    ['age>0.5m', [1, 2, 4]],
    ['age>=1:00', [1, 2, 4]],
    ['age>0:00:59', [1, 2, 4]],
    ['tcp>0', [1, 2, 3]],
    ['id:2', [2]],
    ['2001:db8', [3]],
    ['8443', [3]],
    ['host:edge err>3', [1]],
  ])('%j shows %j', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it.each([
    ['err>x', 'err> needs a number'],
    ['foo>3', 'foo is not a figure'],
    ['state:idel', 'no state begins with idel'],
    ['ip:10.0.0.0/99', 'no CIDR'],
    ['proto:quic', 'h2 or http/1.1'],
    ['host:', 'needs a value'],
    ['host:,', 'needs a value'],
    ['ip:edge', 'is no IP address'],
    ['ip:999.1', 'is no IP address'],
    ['ip:10..2', 'is no IP address'],
    ['ip:1.2.3.4.5', 'is no IP address'],
    ['age>soon', 'needs a time'],
    ['err>1m', 'needs a number'],
    ['color:red', 'is not a token; there are state: host: profile: proto: ip: id: err>'],
  ])('%j is named and hides nothing', (text, message) => {
    expect(readConnectionFilter(text).issues).toMatchObject([
      { token: text, message: expect.stringContaining(message) },
    ]);
    expect(shown(text)).toEqual([1, 2, 3, 4]);
  });
});

describe('or', () => {
  it('between two tokens is no word to look for: it is said how several values are asked for', () => {
    const { issues } = readConnectionFilter('host:edge or host:api');
    expect(issues).toMatchObject([{ token: 'or', message: expect.stringContaining('state:idle,leased') }]);
    expect(readConnectionFilter('or').issues).toEqual([]);
  });
});

describe('ip:', () => {
  it('takes a whole address for that one alone, not for the beginning of others', () => {
    const { test } = readConnectionFilter('ip:127.0.0.1');
    const ips = ['127.0.0.1', '127.0.0.10', '127.0.0.100'];
    expect(ips.filter((ip) => test(row(1, { ip }), nowMs))).toEqual(['127.0.0.1']);
  });
});

describe('tokens in the filter’s text', () => {
  it('are switched on and off, one of a kind', () => {
    expect(withToken('edge', 'state:leased')).toBe('edge state:leased');
    expect(withToken('edge state:leased', 'state:leased')).toBe('edge');
    expect(withToken('state:leased edge', 'state:unhealthy')).toBe('edge state:unhealthy');
    expect(hasToken('a proto:h2', 'proto:h2')).toBe(true);
    expect(hasToken('proto:h22', 'proto:h2')).toBe(false);
  });
});
