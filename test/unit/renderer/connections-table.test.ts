/** What an operator makes of the connections table: its columns, its views, its files, and a filter that completes. */
import { describe, expect, it } from 'vitest';
import { columnsInOrder, shownColumns, withColumnAt, withColumnMoved } from '../../../renderer/store/column-layout.ts';
import { readConnectionFilter } from '../../../renderer/store/connection-filter.ts';
import { connectionColumns } from '../../../renderer/store/connection-order.ts';
import { completeFilter, type FilterSubject } from '../../../renderer/store/filter-completion.ts';
import { isShown, plainTableView, type SavedView, withView } from '../../../renderer/store/saved-views.ts';
import { printConnections } from '../../../renderer/views/connections/connection-export.ts';
import { row } from './fixtures.ts';

describe('a filter that is being typed', () => {
  const subjects = [
    { host: 'edge.test', profile: 'modern-h2', ip: '10.0.0.1' },
    { host: 'tiles.test', profile: 'modern-h2', ip: '10.0.0.2' },
    { host: 'edge.test', profile: 'modern-h2', ip: '2001:db8::1' },
  ];
  const complete = (text: string, caret = text.length) => completeFilter(text, caret, subjects);
  const labels = (text: string): readonly string[] => complete(text).map(({ label }) => label);

  it('goes on with the names of tokens, those that begin so first', () => {
    expect(labels('s')[0]).toBe('state:');
    expect(labels('id')).toEqual(['id:', 'idle>']);
    expect(labels('')).toHaveLength(15);
    expect(complete('host:edge -pro')[0]).toMatchObject({ text: 'host:edge -profile:', begins: 'profile' });
  });

  it('goes on with values that are there, each once', () => {
    expect(labels('host:')).toEqual(['edge.test', 'tiles.test']);
    expect(labels('host:les')).toEqual(['tiles.test']);
    expect(labels('ip:10.')).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(labels('proto:h')).toEqual(['h2', 'http/1.1']);
    expect(complete('state:idle,le')[0]).toMatchObject({ text: 'state:idle,leased ', begins: null });
    expect(labels('state:idle,')).not.toContain('idle');
  });

  it('has twelve values at most, and goes no further through the connections than these', () => {
    function* endless(): Iterable<FilterSubject> {
      for (let last = 1; ; last += 1) {
        yield { host: 'edge.test', profile: 'modern-h2', ip: `10.0.0.${last}` };
      }
    }
    const found = completeFilter('ip:10.0.0.1,10.0.0.', 19, endless()).map(({ label }) => label);
    expect([found.length, found[0], found.at(-1)]).toEqual([12, '10.0.0.2', '10.0.0.13']);
  });

  it('has nothing to say to figures, whole values and unknown tokens', () => {
    expect([labels('err>1'), labels('proto:h2'), labels('colour:re')]).toEqual([[], [], []]);
  });

  it('completes where the caret stands, and leaves the rest', () => {
    expect(complete('proto:h host:edge', 7)[0]?.text).toBe('proto:h2 host:edge');
    expect(complete('sta host:edge', 3)[0]?.text).toBe('state: host:edge');
  });

  it('makes filters that are understood', () => {
    for (const { text, begins } of ['state:', 'host:', 'proto:', 'ip:', 'profile:'].flatMap((begin) =>
      complete(begin),
    )) {
      expect([text, begins, readConnectionFilter(text).issues]).toEqual([text, null, []]);
    }
  });
});

describe('the columns', () => {
  const plain = { columnOrder: [], hiddenColumns: [], columnWidths: {} };

  it('stand in the operator’s order, each once, those he does not name behind', () => {
    expect(columnsInOrder([])).toEqual(connectionColumns);
    expect(columnsInOrder(['tls', 'ip', 'tls']).slice(0, 3)).toEqual(['tls', 'ip', 'state']);
    expect(columnsInOrder(['tls']).toSorted()).toEqual(connectionColumns.toSorted());
    expect(shownColumns({ ...plain, columnOrder: ['tls'], hiddenColumns: ['state'] }).slice(0, 2)).toEqual([
      'tls',
      'ip',
    ]);
  });

  it('move past each other, over hidden ones, and stay at the ends', () => {
    expect(withColumnMoved(plain, 'ip', -1).slice(0, 2)).toEqual(['ip', 'state']);
    expect(withColumnMoved(plain, 'state', -1)).toEqual([]);
    const hidden = { ...plain, hiddenColumns: ['host'] };
    expect(shownColumns({ ...hidden, columnOrder: withColumnMoved(hidden, 'ip', 1) }).slice(0, 3)).toEqual([
      'state',
      'protocol',
      'ip',
    ]);
    expect(withColumnAt([], 'response', 'state')[0]).toBe('response');
  });
});

describe('saved views', () => {
  const saved = (name: string, connectionFilter: string): SavedView => ({ ...plainTableView, name, connectionFilter });

  it('know whether they are what is shown', () => {
    expect(isShown(saved('a', 'state:idle'), { ...plainTableView, connectionFilter: 'state:idle' })).toBe(true);
    expect(isShown(saved('a', 'state:idle'), { ...plainTableView, connectionGrouping: 'ip' })).toBe(false);
  });

  it('replace another of their name, in its place', () => {
    const views = [saved('a', '1'), saved('b', '2')];
    expect(withView(views, saved('a', '3')).map((view) => view.connectionFilter)).toEqual(['3', '2']);
    expect(withView(views, saved('c', '3'))).toHaveLength(3);
  });
});

describe('the table as a file', () => {
  const rows = [
    row(7, { ip: '10.0.0.7', host: '=HYPERLINK("x")', createdAtMs: 1_000, tcpMs: null }),
    row(8, { healthy: false, createdAtMs: 2_000, tcpMs: 1.25 }),
  ];

  it('has just the columns that are shown, in their order, as CSV', () => {
    expect(printConnections(rows, ['state', 'host', 'age', 'tcp'], 'csv', 61_000)).toBe(
      'id,state,host,age_ms,tcp_ms\r\n7,idle,"\'=HYPERLINK(""x"")",60000,\r\n8,unhealthy,edge.demo.test,59000,1.25\r\n',
    );
  });

  it('has them as JSON too, what is not known as null', () => {
    expect(JSON.parse(printConnections(rows, ['ip', 'tcp'], 'json', 61_000))).toEqual([
      { id: 7, ip: '10.0.0.7', tcp_ms: null },
      { id: 8, ip: '127.0.0.8', tcp_ms: 1.25 },
    ]);
  });
});
