import { describe, expect, it } from 'vitest';
import { parseHostName } from '../../../core/dial/endpoint.ts';
import { NameLookup } from '../../../core/dns/name-lookup.ts';
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

describe('name servers of one’s own', () => {
  type Answer = readonly string[] | string;

  interface Answers {
    v4: Answer;
    v6: Answer;
  }

  /** Addresses, or a code to fail with. One server's answers after the other's. */
  function lookupOf(...servers: Answers[]) {
    const asked: string[] = [];
    const give = async (address: string, answer: Answer): Promise<string[]> => {
      asked.push(address);
      if (typeof answer === 'string') {
        throw Object.assign(new Error(answer), { code: answer });
      }
      return [...answer];
    };
    const addresses = servers.map((_, index) => `192.0.2.${index + 53}`);
    const lookup = new NameLookup(addresses, {
      system: async () => ['198.51.100.1'],
      server: (address) => {
        const answers = servers[addresses.indexOf(address)] ?? { v4: [], v6: [] };
        return { resolve4: () => give(address, answers.v4), resolve6: () => give(address, answers.v6) };
      },
    });
    return { lookup, asked };
  }

  it('are asked for A and AAAA in the order of the configuration, the next when one fails', async () => {
    const good = { v4: ['192.0.2.1', '192.0.2.2'], v6: ['2001:db8::1'] };
    const first = lookupOf(good, { v4: ['192.0.2.9'], v6: [] });
    expect(await first.lookup.all('edge.example')).toEqual(['2001:db8::1', '192.0.2.1', '192.0.2.2']);
    expect(new Set(first.asked)).toEqual(new Set(['192.0.2.53']));
    const second = lookupOf({ v4: 'ESERVFAIL', v6: 'ETIMEOUT' }, good);
    expect(await second.lookup.all('edge.example')).toEqual(['2001:db8::1', '192.0.2.1', '192.0.2.2']);
  });

  it('are not asked after one that knows that there is nothing', async () => {
    const { lookup, asked } = lookupOf({ v4: 'ENOTFOUND', v6: 'ENOTFOUND' }, { v4: ['192.0.2.9'], v6: [] });
    await expect(lookup.all('edge.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(new Set(asked)).toEqual(new Set(['192.0.2.53']));
  });

  it('leave a family out that has no address', async () => {
    const { lookup } = lookupOf({ v4: ['192.0.2.1'], v6: 'ENODATA' });
    expect(await lookup.all('edge.example')).toEqual(['192.0.2.1']);
  });

  it('keep the last answer of a family that could not be asked for', async () => {
    const answers: Answers = { v4: ['192.0.2.1'], v6: ['2001:db8::1'] };
    const { lookup } = lookupOf(answers);
    await lookup.all('edge.example');
    answers.v6 = 'ESERVFAIL';
    answers.v4 = ['192.0.2.2'];
    expect(await lookup.all('edge.example')).toEqual(['2001:db8::1', '192.0.2.2']);
  });

  it('say why: that one could not be asked comes before that there is no address', async () => {
    await expect(lookupOf({ v4: 'ENODATA', v6: 'ETIMEOUT' }).lookup.all('edge.example')).rejects.toMatchObject({
      code: 'ETIMEOUT',
    });
    await expect(lookupOf({ v4: 'ENOTFOUND', v6: 'ENODATA' }).lookup.all('edge.example')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
  });

  it('give way to the system when the configuration names none any more', async () => {
    const { lookup } = lookupOf({ v4: ['192.0.2.1'], v6: [] });
    lookup.use([]);
    expect(await lookup.all('edge.example')).toEqual(['198.51.100.1']);
  });
});
