/** Every live connection, as it changes. */

import { useEffect, useMemo } from 'react';
import { longestKeptFilter } from '../../../core/contract/preferences.ts';
import { freezeConnections } from '../../actions/connection-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Button } from '../../parts/button/button.tsx';
import { SkeletonLines } from '../../parts/feedback/feedback.tsx';
import { readConnectionFilter } from '../../store/connection-filter.ts';
import { usePreferences } from '../../store/preferences.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { backToOwnFilter, changeFilter, useShownFilter } from '../../store/shown-filter.ts';
import { useConsole, useOrderedConnections } from '../../store/use-console.ts';
import { count } from '../../words/format.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { ConnectionGrid } from './connection-grid.tsx';
import styles from './connections.module.css';
import { ExportMenu } from './export-menu.tsx';
import { FilterBox } from './filter-box.tsx';
import { hasToken, withToken } from './filter-tokens.ts';
import { GroupMenu } from './group-menu.tsx';
import { LostRows } from './lost-rows.tsx';
import { NoneFit, NoneOpen } from './no-lines.tsx';
import { useChosen } from './row-acts.ts';
import { RowMenu, SelectionBar } from './row-menu.tsx';
import { ViewsMenu } from './views-menu.tsx';
import { words } from './words.ts';

function QuickFilters({ text }: { readonly text: string }) {
  const { connections } = useConsole();
  // Of the same moment as the rows that it leads to.
  const leased = useOrderedConnections((ordered) => (connections.loaded ? ordered.leased : undefined));
  const chips = [
    { token: 'state:leased', label: words.quickLeased, number: leased },
    { token: 'state:unhealthy', label: words.quickUnhealthy, number: undefined },
    { token: 'proto:h2', label: words.quickH2, number: undefined },
    { token: 'ip:v6', label: words.quickV6, number: undefined },
  ];
  return (
    <div className={styles.quick} role="toolbar" aria-label={words.quick}>
      <Button look="quiet" small pressed={text.trim() === ''} onClick={() => changeFilter('')}>
        {words.quickAll}
      </Button>
      {chips.map(({ token, label, number }) => (
        <Button
          key={token}
          look="quiet"
          small
          pressed={hasToken(text, token)}
          onClick={() => changeFilter(withToken(text, token))}
        >
          {number === undefined ? label : `${label} ${count(number)}`}
        </Button>
      ))}
    </div>
  );
}

/** The table, or where there is none the view, so that keys are the console's again. */
function enterTable(): void {
  (document.querySelector<HTMLElement>('[data-connections]') ?? document.getElementById('view'))?.focus();
}

/** Keeps the order in step with what the operator asks for, while the view is open. */
function useQuery() {
  const { connections, connectionOrder } = useConsole();
  const text = useShownFilter();
  const sort = usePreferences((state) => state.connectionSort);
  const by = usePreferences((state) => state.connectionGrouping);
  const collapsed = useScreen((state) => state.collapsedGroups);
  const frozen = useScreen((state) => state.frozen);
  const filter = useMemo(() => readConnectionFilter(text), [text]);
  useEffect(() => connections.retain(), [connections]);
  useEffect(() => connectionOrder.query(filter, sort), [connectionOrder, filter, sort]);
  useEffect(() => connectionOrder.gather({ by, collapsed }), [connectionOrder, by, collapsed]);
  useEffect(() => connectionOrder.freeze(frozen), [connectionOrder, frozen]);
  useEffect(() => connectionOrder.follow(), [connectionOrder]);
  return { text, filter };
}

/** The filter is a link's: one click, and the table is as the operator had it. */
function LinkedFilter() {
  const linked = useScreen((state) => state.linkedFilter);
  const own = usePreferences((state) => state.connectionFilter);
  return linked !== null ? (
    <span className={styles.linked}>
      {linked.length > longestKeptFilter ? words.notKept : words.linked}{' '}
      <Button look="link" title={own} onClick={backToOwnFilter}>
        {own.trim() === '' ? words.clearFilter : words.ownFilter}
      </Button>
    </span>
  ) : null;
}

/** What is asked for: of the view it is all that a key in the filter draws anew, beside what comes of it. */
function QueryTools() {
  const { text, filter } = useQuery();
  return (
    <>
      <FilterBox text={text} issues={filter.issues} onChange={changeFilter} onLeave={enterTable} />
      <LinkedFilter />
      <QuickFilters text={text} />
    </>
  );
}

/** How many fit, of how many, and whether the table stands still. */
function Tally() {
  const { matching, total, arrivals } = useOrderedConnections((ordered) => ordered);
  const frozen = useScreen((state) => state.frozen);
  return (
    <output className={styles.tally} aria-live="off">
      {words.shown(matching, total)}
      {frozen && ` · ${words.frozen}`}
      {arrivals > 0 && ` · ${words.arrivals(arrivals)}`}
    </output>
  );
}

type Content = 'not-loaded' | 'empty' | 'none-fit' | 'lines';

function useContent(): Content {
  const { connections } = useConsole();
  return useOrderedConnections(({ ids, total }) => {
    if (!connections.loaded) {
      return 'not-loaded';
    }
    return ids.length > 0 ? 'lines' : total > 0 ? 'none-fit' : 'empty';
  });
}

export function ConnectionsView() {
  const content = useContent();
  const frozen = useScreen((state) => state.frozen);
  const chosen = useChosen();

  return (
    <div className={styles.view}>
      <div className={styles.toolbar}>
        <QueryTools />
        <Tally />
        <ActionButton action={freezeConnections} input={undefined} showIcon pressed={frozen} />
        <GroupMenu />
        <ColumnsMenu />
        <ViewsMenu />
        <ExportMenu />
      </div>
      <LostRows />
      {chosen.ids.length > 0 && <SelectionBar chosen={chosen} onClear={() => changeScreen({ selected: new Set() })} />}
      {content === 'not-loaded' && (
        <div className={styles.loading}>
          <SkeletonLines count={12} />
        </div>
      )}
      {content === 'empty' && <NoneOpen />}
      {content === 'none-fit' && <NoneFit />}
      {content === 'lines' && (
        <RowMenu chosen={chosen}>
          <ConnectionGrid />
        </RowMenu>
      )}
    </div>
  );
}
