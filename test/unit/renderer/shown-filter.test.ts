import { afterEach, describe, expect, it } from 'vitest';
import { showConnections } from '../../../renderer/actions/connection-actions.ts';
import { readConnectionFilter } from '../../../renderer/store/connection-filter.ts';
import type { ConsoleStores } from '../../../renderer/store/console-stores.ts';
import { changePreferences, initialPreferences, usePreferences } from '../../../renderer/store/preferences.ts';
import { plainTableView } from '../../../renderer/store/saved-views.ts';
import { changeScreen, useScreen } from '../../../renderer/store/screen.ts';
import { backToOwnFilter, changeFilter, shownTableView, showTableView } from '../../../renderer/store/shown-filter.ts';

const own = () => usePreferences.getState().connectionFilter;
const linked = () => useScreen.getState().linkedFilter;

afterEach(() => {
  changePreferences(initialPreferences);
  changeScreen({ linkedFilter: null });
});

describe('a filter that a link asks for', () => {
  it('leaves the operator’s own as it is, and goes with one step', async () => {
    globalThis.location = { hash: '' } as Location;
    changeFilter('host:edge');
    await showConnections.run({} as ConsoleStores, 'err>0');
    expect([own(), linked()]).toEqual(['host:edge', 'err>0']);
    backToOwnFilter();
    expect([own(), linked()]).toEqual(['host:edge', null]);
    await showConnections.run({} as ConsoleStores, 'host:edge');
    expect(linked(), 'the same as the own one is no link’s').toBeNull();
  });

  it('is the operator’s own once it is changed', () => {
    changeScreen({ linkedFilter: 'err>0' });
    changeFilter('err>0 host:edge');
    expect([own(), linked()]).toEqual(['err>0 host:edge', null]);
  });

  it('stands in for one that is too long to be kept: it holds, the kept one stays, and the filter says so', () => {
    changeFilter('host:edge');
    const long = `ip:${Array.from({ length: 200 }, (_, index) => `10.20.30.${index}`).join()}`;
    changeFilter(long);
    expect([own(), linked()]).toEqual(['host:edge', long]);
    expect(readConnectionFilter(long).issues).toEqual([{ token: '', message: expect.stringContaining('2,000') }]);
    changeFilter('');
    expect([own(), linked()]).toEqual(['', null]);
  });

  it('is part of the view that is looked at, and gives way to one that is chosen', () => {
    changeScreen({ linkedFilter: 'err>0' });
    expect(shownTableView(usePreferences.getState(), linked())).toEqual({
      ...plainTableView,
      connectionFilter: 'err>0',
    });
    showTableView({ ...plainTableView, connectionFilter: 'proto:h2' });
    expect([own(), linked()]).toEqual(['proto:h2', null]);
  });
});
