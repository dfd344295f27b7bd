import { beforeEach, describe, expect, it } from 'vitest';
import { type RequestAnswer, requestWishSchema } from '../../../core/contract/requests.ts';
import { cancelRequest, sendRequest } from '../../../renderer/actions/request-actions.ts';
import { MemoryBridge } from '../../../renderer/bridge/memory/memory-bridge.ts';
import { differenceOf } from '../../../renderer/parts/against/difference.ts';
import { createConsoleStores } from '../../../renderer/store/console-stores.ts';
import { curlOf } from '../../../renderer/store/curl.ts';
import { LoadStore } from '../../../renderer/store/load-store.ts';
import {
  beginRequest,
  endRequest,
  forgetRequests,
  isInFlight,
  keptRequests,
  type SentEntry,
  useSentRequests,
} from '../../../renderer/store/sent-requests.ts';
import { harmless, hexDump, mostDumpedBytes, prettyJson, textOf } from '../../../renderer/views/requests/body-text.ts';
import { draftOf, emptyForm, formOf, hostOf, withPath } from '../../../renderer/views/requests/form-state.ts';
import { jobOf } from '../../../renderer/views/requests/load-form-state.ts';
import { words as requestWords } from '../../../renderer/views/requests/words.ts';
import { sentRequestOf } from '../../support/request-fixtures.ts';

const watched = [
  { host: 'edge.demo.test', path: '/health' },
  { host: 'api.demo.test:8443', path: '/v1/ping' },
] as const;
const words = requestWords.form;
const visible = { visible: () => true, listen: () => () => undefined };

describe('the form of one request', () => {
  it('stands for the first host’s own path, and leaves the connection to the pool', () => {
    const host = hostOf({ host: 'gone.test' }, watched);
    expect(host).toBe(watched[0]);
    expect(draftOf(emptyForm, watched[0], words)).toEqual({
      draft: {
        method: 'GET',
        url: 'https://edge.demo.test/health',
        headers: [],
        body: null,
        priority: 'interactive',
        ip: null,
        timeoutMs: 10_000,
      },
      issues: {},
    });
  });

  it('takes a pasted URL apart where its host is watched, and keeps it as it is where not', () => {
    expect(withPath(' https://API.demo.test:8443/v1/items?a=b#c ', watched)).toEqual({
      host: 'api.demo.test:8443',
      path: '/v1/items?a=b',
      ip: '',
    });
    expect(withPath('https://example.com/', watched)).toEqual({ path: 'https://example.com/' });
    expect(draftOf({ ...emptyForm, path: 'https://example.com/' }, watched[0], words)).toEqual({
      draft: null,
      issues: { path: words.pathBegins },
    });
  });

  it('says on which line a header is wrong, whatever lines are empty before it', () => {
    const headers = 'Accept: text/plain\n\nX-Empty:\nContent-Length: 7';
    const { draft, issues } = draftOf({ ...emptyForm, headers }, watched[0], words);
    expect(draft).toBeNull();
    expect(issues.headers).toMatch(/^line 4: Content-Length belongs to the connection/);
    const fine = draftOf({ ...emptyForm, headers: 'Accept: text/plain\n\nX-Empty:\nX-Colon: a:b' }, watched[0], words);
    expect(fine.draft?.headers).toEqual([
      { name: 'Accept', value: 'text/plain' },
      { name: 'X-Empty', value: '' },
      { name: 'X-Colon', value: 'a:b' },
    ]);
  });

  it.each([
    ['two words: x', 'line 1: begins with a name of letters, digits and dashes, and a colon'],
    ['A: 1\nB: 连接', 'line 2: has a value that is no line of Latin-1'],
    ['A: 1\n'.repeat(65), 'at most 64 headers, 16 KiB together'],
    [`A: ${'x'.repeat(9_000)}\nB: ${'x'.repeat(9_000)}`, 'at most 64 headers, 16 KiB together'],
  ])('says in its own words what is wrong with headers: %#', (headers, issue) => {
    expect(draftOf({ ...emptyForm, headers }, watched[0], words).issues).toEqual({ headers: issue });
  });

  it('keeps a body that the method does not send', () => {
    const form = { ...emptyForm, body: 'kept' };
    expect(draftOf(form, watched[0], words).draft?.body).toBeNull();
    expect(draftOf({ ...form, method: 'POST' }, watched[0], words).draft?.body).toBe('kept');
  });

  it('says what is wrong with an IP', () => {
    expect(draftOf({ ...emptyForm, ip: '10.0.0.300' }, watched[0], words).issues).toEqual({ ip: words.noIp });
    expect(draftOf({ ...emptyForm, ip: ' 2001:db8::1 ' }, watched[0], words).draft?.ip).toBe('2001:db8::1');
    expect(draftOf({ ...emptyForm, ip: '[::1]' }, watched[0], words).draft?.ip).toBe('::1');
  });

  it('is filled again by what was sent, so that it stands for the same', () => {
    const form = {
      ...emptyForm,
      method: 'PUT' as const,
      headers: 'A: 1\nB: 2',
      body: 'x',
      ip: '10.0.0.1',
      timeoutS: 2.5,
    };
    const { draft } = draftOf({ ...form, path: '/a?b=c' }, watched[1], words);
    expect(draft && draftOf(formOf(draft), watched[1], words).draft).toEqual(draft);
  });
});

describe('requests that were sent', () => {
  const stores = (bridge: MemoryBridge) => createConsoleStores(bridge, visible);
  const draft = { method: 'GET', url: 'https://edge.demo.test/health' } as const;

  beforeEach(() => useSentRequests.setState({ entries: [], shown: null }));

  it('stand in the list from their beginning, and are told of at their end', async () => {
    const sending = sendRequest.run(stores(new MemoryBridge()), draft);
    expect(useSentRequests.getState().entries.map(isInFlight)).toEqual([true]);
    await sending;
    expect(useSentRequests.getState().entries).toMatchObject([
      { draft, refusal: null, result: { answer: { status: 200 }, failure: null } },
    ]);
  });

  it('that the engine refuses stay, with why', async () => {
    const sending = sendRequest.run(stores(new MemoryBridge()), { ...draft, url: 'https://example.com/' });
    await expect(sending).rejects.toMatchObject({ code: 'conflict' });
    expect(useSentRequests.getState().entries).toMatchObject([
      { result: null, refusal: { message: expect.stringContaining('not watched'), isLost: false } },
    ]);
  });

  it('of which nobody knows what came, since the engine was lost, are not called unsent', async () => {
    const bridge = new MemoryBridge();
    bridge.setLink({ phase: 'lost' });
    await expect(sendRequest.run(stores(bridge), draft)).rejects.toMatchObject({ code: 'disconnected' });
    expect(useSentRequests.getState().entries).toMatchObject([{ result: null, refusal: { isLost: true } }]);
  });

  it('are forgotten but for those in flight, and beyond fifty', () => {
    const first = beginRequest(draft);
    const second = beginRequest(draft);
    expect(first).not.toBe(second);
    expect(requestWishSchema.safeParse({ ...draft, ticket: first }).success).toBe(true);
    endRequest(first, { result: sentRequestOf() });
    forgetRequests();
    expect(useSentRequests.getState().entries.map(({ ticket }) => ticket)).toEqual([second]);
    Array.from({ length: keptRequests }, () => beginRequest(draft));
    expect(useSentRequests.getState().entries).toHaveLength(keptRequests);
  });

  it('are cancelled by their ticket', async () => {
    const asked: unknown[] = [];
    const bridge = new MemoryBridge();
    const request = bridge.request.bind(bridge);
    bridge.request = (name, input) => {
      asked.push([name, input]);
      return request(name, input);
    };
    await cancelRequest.run(stores(bridge), 'abc');
    expect(asked).toContainEqual(['requests.cancel', { ticket: 'abc' }]);
  });
});

describe('curl', () => {
  const entry = (change: Partial<SentEntry['draft']> = {}, result = sentRequestOf()): SentEntry => ({
    ticket: 't',
    draft: { method: 'GET', url: 'https://tiles.demo.test/a?b=c', ...change },
    sentAtMs: 0,
    result,
    refusal: null,
  });
  const words = (command: string): string[] => command.replaceAll(' \\\n  ', '\n').split('\n');

  it('asks the IP that answered, in the protocol that it spoke', () => {
    expect(words(curlOf(entry(), null, false))).toEqual([
      'curl --include',
      '--http2',
      '--resolve tiles.demo.test:443:10.0.0.1',
      "'https://tiles.demo.test/a?b=c'",
    ]);
  });

  it('names an address that has a port of its own, and brackets IPv6', () => {
    const sent = sentRequestOf();
    const connection = sent.connection && { ...sent.connection, ip: '::1', port: 9_443, protocol: 'http/1.1' as const };
    const command = words(curlOf(entry({}, { ...sent, connection }), null, true));
    expect(command).toContain('--connect-to tiles.demo.test:443:[::1]:9443');
    expect(command).toContain('--http1.1');
    expect(command).toContain('--insecure');
  });

  it('says what curl would add or leave out by itself', () => {
    const headers = [
      { name: 'X-Empty', value: '' },
      { name: 'Accept', value: 'text/plain' },
    ];
    const command = words(curlOf(entry({ method: 'POST', headers, body: '@file', timeoutMs: 2_500 }), null, false));
    expect(command.slice(1)).toEqual([
      '--request POST',
      '--http2',
      '--resolve tiles.demo.test:443:10.0.0.1',
      '--max-time 2.5',
      "--header 'X-Empty;'",
      "--header 'Accept: text/plain'",
      '--header Content-Type:',
      '--data-raw @file',
      "'https://tiles.demo.test/a?b=c'",
    ]);
    expect(words(curlOf(entry({ method: 'HEAD' }), null, false))[0]).toBe('curl --head');
  });

  it('asks for the URL that the engine asked for', () => {
    const command = words(curlOf(entry({ url: 'https://tiles.demo.test/a b?ids[]={1}#part' }), null, false));
    expect(command.slice(-2)).toEqual(['--globoff', "'https://tiles.demo.test/a%20b?ids[]={1}'"]);
  });

  it('cannot be made to run anything else', () => {
    const command = curlOf(entry({ method: 'POST', body: "'; rm -rf / #$(id)`id`" }), null, false);
    expect(command).toContain("--data-raw ''\\''; rm -rf / #$(id)`id`'");
  });

  it('takes the files of the target, from the folder of the configuration', () => {
    const target = { host: 'tiles.demo.test', values: { ca_file: 'ca.pem', client_cert_file: '/etc/me.pem' } };
    const command = words(curlOf(entry(), { file: '/etc/hotpool/hotpool.toml', targets: [target] }, false));
    expect(command).toContain('--cacert /etc/hotpool/ca.pem');
    expect(command).toContain('--cert /etc/me.pem');
  });
});

describe('a body', () => {
  const answer = (bytes: Uint8Array | string, headers: RequestAnswer['headers'] = [], more = 0): RequestAnswer => {
    const content = Buffer.from(bytes);
    return {
      status: 200,
      verdict: 'good',
      headers,
      body: {
        base64: content.toString('base64'),
        keptBytes: content.length,
        bytes: content.length + more,
        complete: true,
      },
    };
  };
  const type = (value: string): RequestAnswer['headers'] => [{ name: 'content-type', value }];

  it('is text by its bytes, in the charset that its server names', () => {
    expect(textOf(answer('grüß 连接'))).toBe('grüß 连接');
    expect(textOf(answer(Buffer.from([0x67, 0xfc]), type('text/plain; charset="iso-8859-1"')))).toBe('gü');
    expect(textOf(answer(Buffer.from([0x89, 0x50, 0x4e, 0x47]), type('text/plain')))).toBeNull();
    expect(textOf(answer('a\u0000b'))).toBeNull();
    expect(textOf(answer('a', type('text/plain; charset=no-such')))).toBeNull();
    expect(textOf(answer('a', [{ name: 'content-encoding', value: 'gzip' }]))).toBeNull();
  });

  it('that was cut within a letter is text all the same', () => {
    const cut = Buffer.from('grüß').subarray(0, 3);
    expect(textOf(answer(cut, [], 3))).toBe('gr');
    expect(textOf(answer(cut))).toBeNull();
  });

  it('shows what controls a terminal or turns a text around, and does nothing of it', () => {
    expect(harmless('a\u001b[31mb\tc\r\nd\re')).toBe('a␛[31mb\tc\nd␍e');
    expect(harmless('user\u202egpj.exe')).toBe('user‹U+202E›gpj.exe');
    expect(harmless('<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
  });

  it('is indented when all of it is JSON', () => {
    expect(prettyJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(prettyJson('{"a":[1')).toBeNull();
    expect(prettyJson('7')).toBeNull();
  });

  it('is dumped sixteen bytes a line, to a bound', () => {
    expect(hexDump(Buffer.from('0123456789abcdefA\n'))).toBe(
      '00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef\n' +
        '00000010  41 0a                                             A.',
    );
    expect(hexDump(new Uint8Array(mostDumpedBytes + 100)).split('\n')).toHaveLength(mostDumpedBytes / 16);
  });
});

describe('a load', () => {
  const form = { urls: null, method: 'GET' as const, durationS: 10, concurrency: 8, timeoutS: 10 };
  const said = {
    none: 'none',
    noUrl: 'no url',
    notHttps: 'not https',
    notWatched: 'not watched',
    tooMany: (most: number) => `most ${most}`,
    onLine: words.onLine,
  };

  it('asks for the first host’s own URL, or for each of its lines', () => {
    expect(jobOf(form, watched, said).job).toMatchObject({
      urls: ['https://edge.demo.test/health'],
      durationMs: 10_000,
    });
    const urls = ' https://edge.demo.test/a \n\nhttps://API.demo.test:8443/b';
    expect(jobOf({ ...form, urls }, watched, said).job?.urls).toEqual([
      'https://edge.demo.test/a',
      'https://API.demo.test:8443/b',
    ]);
  });

  it.each([
    ['\n', 'none'],
    ['https://edge.demo.test/\nnonsense', 'line 2: no url'],
    ['http://edge.demo.test/', 'line 1: not https'],
    ['\n\nhttps://example.com/', 'line 3: not watched'],
    ['https://edge.demo.test/\n'.repeat(21), 'most 20'],
  ])('says what is wrong with %j', (urls, issue) => {
    expect(jobOf({ ...form, urls }, watched, said)).toEqual({ job: null, issue });
  });

  it('is better or worse than another by what is wanted more or less of; two per cent are nothing', () => {
    expect(differenceOf(50, 100, 'less')).toEqual({ share: -0.5, isBetter: true });
    expect(differenceOf(50, 100, 'more')).toEqual({ share: -0.5, isBetter: false });
    expect(differenceOf(101, 100, 'more')?.isBetter).toBeNull();
    expect(differenceOf(null, 100, 'more')).toBeNull();
    expect(differenceOf(1, 0, 'more')).toBeNull();
  });

  it('that is run appears, goes on and ends; what is remembered of before stays below it', async () => {
    const bridge = new MemoryBridge();
    bridge.loads.seed(['https://edge.demo.test/health'], [4]);
    const store = new LoadStore(bridge, visible);
    expect(store.runs()).toBeNull();
    store.retain();
    await Promise.resolve();
    expect(store.runs()?.map(({ id, state }) => [id, state])).toEqual([[1, 'finished']]);
    const { runId } = await bridge.request('load.start', {
      urls: ['https://edge.demo.test/health'],
      durationMs: 1_000,
    });
    bridge.run(5);
    expect(store.runs()?.map(({ id, state }) => [id, state])).toEqual([
      [runId, 'running'],
      [1, 'finished'],
    ]);
    bridge.run(10);
    expect(store.runs()?.[0]).toMatchObject({ id: runId, state: 'finished', elapsedMs: 1_000 });
  });
});
