import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { givenAddresses, StaticResolver } from '../../../core/dns/static-resolver.ts';
import { SystemResolver } from '../../../core/dns/system-resolver.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const host = parseHostName('edge.example');

describe('system resolver', () => {
  it('retries three times, 1, 2 and 4 s apart, then says which host it was', async () => {
    const clock = new ManualClock();
    const askedAtMs: number[] = [];
    const resolver = new SystemResolver(clock, async () => {
      askedAtMs.push(clock.monotonicMs());
      throw Object.assign(new Error('no answer'), { code: 'EAI_AGAIN' });
    });
    const refused = expect(resolver.resolve(host)).rejects.toMatchObject({
      errorClass: 'dns',
      message: 'no address found for edge.example: no name server answered (EAI_AGAIN)',
    });
    await clock.advance(7_000);
    await refused;
    expect(askedAtMs).toEqual([0, 1_000, 3_000, 7_000]);
  });

  it('gives each address once, in one spelling, with the host’s port', async () => {
    const resolver = new SystemResolver(new ManualClock(), async () => ['2001:DB8:0::1', '2001:db8::1', '192.0.2.1']);
    expect(await resolver.resolve(parseHostName('edge.example:8443'))).toEqual([
      { ip: '2001:db8::1', port: 8443 },
      { ip: '192.0.2.1', port: 8443 },
    ]);
  });

  it('says at once that a name does not exist', async () => {
    const resolver = new SystemResolver(new ManualClock(), () =>
      Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })),
    );
    await expect(resolver.resolve(host)).rejects.toMatchObject({
      errorClass: 'dns',
      code: 'ENOTFOUND',
      message:
        'no address found for edge.example: DNS does not know the name, or has no A or AAAA record of it (ENOTFOUND)',
    });
  });

  it('is a failure of DNS when this machine could not ask, whatever the code', async () => {
    const clock = new ManualClock();
    const resolver = new SystemResolver(clock, () => Promise.reject(Object.assign(new Error(), { code: 'EMFILE' })));
    const refused = expect(resolver.resolve(host)).rejects.toMatchObject({ errorClass: 'dns', code: 'EMFILE' });
    await clock.advance(7_000);
    await refused;
  });

  it('gives up when its caller does, between two tries and within one', async () => {
    const clock = new ManualClock();
    const leaving = new AbortController();
    const waiting = expect(
      new SystemResolver(clock, () => Promise.reject(new Error('down'))).resolve(host, leaving.signal),
    ).rejects.toThrow('gone');
    const asking = expect(
      new SystemResolver(clock, () => new Promise(() => undefined)).resolve(host, leaving.signal),
    ).rejects.toThrow('gone');
    await clock.advance(500);
    leaving.abort(new Error('gone'));
    await Promise.all([waiting, asking]);
    expect(clock.timers).toBe(0);
  });

  it('does not ask about a host that is an address', async () => {
    const resolver = new SystemResolver(new ManualClock(), () => Promise.reject(new Error('asked')));
    expect(await resolver.resolve(parseHostName('[2001:db8::1]'))).toEqual([{ ip: '2001:db8::1', port: 443 }]);
  });
});

describe('given addresses', () => {
  const given = givenAddresses([
    { host: parseHostName('edge.example:8443'), path: '/', ips: ['192.0.2.1', '2001:DB8::1', '2001:db8:0::1'] },
    { host, path: '/', ips: null },
  ]);

  it('win over DNS, each once, in one spelling, with the host’s port', async () => {
    const resolver = new StaticResolver(given, { resolve: () => Promise.reject(new Error('asked')) });
    expect(await resolver.resolve(parseHostName('edge.example:8443'))).toEqual([
      { ip: '192.0.2.1', port: 8443 },
      { ip: '2001:db8::1', port: 8443 },
    ]);
  });

  it('leave a host without them to the other resolver', async () => {
    const other = [{ ip: '192.0.2.9', port: 443 }];
    expect(await new StaticResolver(given, { resolve: async () => other }).resolve(host)).toBe(other);
    await expect(new StaticResolver(given).resolve(host)).rejects.toMatchObject({ errorClass: 'dns' });
  });
});
